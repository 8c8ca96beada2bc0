"""What is answered. Names are those of the reports; they do not change."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields
from sqlalchemy import Date

from app.supervision.models import Figures, IndicatorMonth

_ABOUT = _l(
    "Stocks as of the end of the month (or the day), flows of the month up to it, amounts in"
    " rupiah. What is not known is null, never 0; and so is an amount that would tell of fewer"
    " than five people."
)


class Cooperative(Schema):
    """A cooperative as the city has registered it."""

    slug = fields.String(required=True)
    ward = fields.String(required=True)
    ward_code = fields.String(
        required=True, metadata={"description": _l("Code of the ministry of home affairs.")}
    )
    district = fields.String(required=True)
    legal_name = fields.String(required=True)
    founded_on = fields.Date(required=True, allow_none=True)
    status = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": _l("formed, legal, soft_launched, grand_launched, suspended or merged."),
        },
    )
    merged_into = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": _l("The slug of the cooperative that it went into; it counts there."),
        },
    )


class Documents(Schema):
    """How many of the five legal documents a cooperative has, by its last report."""

    cooperative = fields.String(required=True)
    documents = fields.Integer(required=True, allow_none=True)
    of = fields.Integer(required=True)
    complete = fields.Boolean(required=True, allow_none=True)
    reported_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")


def _figure(column: Any) -> fields.Field[Any]:
    kind = fields.Date if isinstance(column.type, Date) else fields.Integer
    return kind(required=True, allow_none=True)


IndicatorFigures = Schema.from_dict(
    {name: _figure(IndicatorMonth.__table__.columns[name]) for name in Figures.__annotations__},
    name="Figures",
)


class _Indicators(Schema):
    cooperative = fields.String(required=True)
    ward_code = fields.String(required=True)
    reported_at = fields.AwareDateTime(required=True, format="iso")
    figures = fields.Nested(
        IndicatorFigures, required=True, attribute="_mapping", metadata={"description": _ABOUT}
    )
    withheld = fields.List(
        fields.String(),
        required=True,
        metadata={
            "description": _l("Figures left out because they would tell of fewer than five people.")
        },
    )


class MonthIndicators(_Indicators):
    """What a cooperative reported for a month."""

    month = fields.String(required=True, metadata={"description": _l("Such as 2026-11.")})


class DayIndicators(_Indicators):
    """What a cooperative reported for a day."""

    day = fields.Date(required=True, attribute="on")


class Mistake(Schema):
    parameter = fields.String(required=True)
    detail = fields.String(required=True)


class Problem(Schema):
    """RFC 9457, in Indonesian or, by Accept-Language, in English."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    reference = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": _l("By which the operator finds the request in the log.")},
    )
    errors = fields.List(fields.Nested(Mistake))
