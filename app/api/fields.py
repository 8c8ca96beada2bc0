"""What may be asked, each told so strictly that the document and the check are the same."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import RAISE, Schema, fields, validate

from app.core.period import Period

SLUG = r"^[a-z0-9]{1,20}(-[a-z0-9]{1,20}){0,4}$"
_MONTH = r"^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])$"
_CURSOR = r"^[1-9][0-9]{0,5}\.[0-9]{1,12}$"
_NAME = r"^[A-Za-z][A-Za-z ]{0,79}$"

Position = tuple[int, int]


class Whole(fields.Integer):
    """A whole number in digits and nothing else."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if not re.fullmatch(r"[0-9]{1,9}", str(value)):
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **more)


class Day(fields.Date):
    """A day as 2026-11-24."""

    default_error_messages = {"invalid": _l("Write the day as 2026-11-24.")}

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return super()._deserialize(value, attr, data, **more)


class Month(fields.String):
    """A month as 2026-11; given on as its first day."""

    def __init__(self, **more: Any) -> None:
        error = _l("Write the month as 2026-11.")
        super().__init__(validate=validate.Regexp(_MONTH, error=error), **more)

    def deserialize(self, value: Any, *rest: Any, **more: Any) -> Any:
        found = super().deserialize(value, *rest, **more)
        return Period.parse(found).first_day if isinstance(found, str) else found


class Cursor(fields.String):
    """Where the page before has ended: a day or nothing by number, and a cooperative's."""

    def __init__(self, **more: Any) -> None:
        error = _l("Take the cursor from the address under next.")
        super().__init__(validate=validate.Regexp(_CURSOR, error=error), **more)

    def deserialize(self, value: Any, *rest: Any, **more: Any) -> Any:
        found = super().deserialize(value, *rest, **more)
        if not isinstance(found, str):
            return found
        number, _dot, tenant_id = found.partition(".")
        return int(number), int(tenant_id)


class Query(Schema):
    """What every list can be asked: how many, and from where on."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": _l("This parameter is not known.")}

    limit = Whole(
        load_default=100,
        validate=validate.Range(1, 200, error=_l("Ask for 1 to 200 rows.")),
        error_messages={"invalid": _l("Write a number in digits.")},
        metadata={"description": _l("How many rows at most.")},
    )
    after = Cursor(
        data_key="cursor",
        metadata={"description": _l("As given in the address under next of the page before.")},
    )

    @staticmethod
    def position(row: Any) -> Position:
        """Where a row stands in the order of the list."""
        return 1, row.tenant_id


class CooperativeQuery(Query):
    district = fields.String(
        validate=validate.Regexp(_NAME, error=_l("Write the name of a district.")),
        metadata={"description": _l("Only those of this district (kecamatan).")},
    )


class _IndicatorQuery(Query):
    cooperative = fields.String(
        validate=validate.Regexp(SLUG, error=_l("Write the short name of a cooperative.")),
        metadata={"description": _l("Only this cooperative, by its slug.")},
    )


def _from(field: type[Any], text: Any) -> Any:
    return field(data_key="from", metadata={"description": text})


def _until(field: type[Any], text: Any) -> Any:
    return field(data_key="until", metadata={"description": text})


class MonthQuery(_IndicatorQuery):
    since = _from(Month, _l("The first month that is given."))
    until = _until(Month, _l("The last month that is given."))

    @staticmethod
    def position(row: Any) -> Position:
        return row.period.toordinal(), row.tenant_id


class DayQuery(_IndicatorQuery):
    since = _from(Day, _l("The first day that is given."))
    until = _until(Day, _l("The last day that is given."))

    @staticmethod
    def position(row: Any) -> Position:
        return row.on.toordinal(), row.tenant_id


def mistakes(found: Any) -> list[dict[str, str]]:
    """What is wrong, parameter by parameter, as the library tells it."""
    return [
        {"parameter": str(name), "detail": " ".join(str(message) for message in messages)}
        for name, messages in found.items()
    ]
