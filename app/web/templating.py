"""What every template can use: formats of figures and days, and where one is."""

from datetime import date, datetime
from functools import cache, lru_cache, partial
from typing import Any
from uuid import uuid4

from babel.dates import format_date
from flask import Flask, g
from flask_babel import get_locale, get_translations
from markupsafe import Markup

from app.auth.permissions import Permission
from app.core import clock, money, rates
from app.core.period import Period
from app.web.navigation import navigation
from app.web.words import member_state, office_name, status_name
from tenants.queries import find_tenant_by_id, present_step


def init_app(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(_FILTERS)
    app.jinja_env.globals.update(_GLOBALS)
    app.context_processor(lambda: _surroundings(demo=app.config["DEMO"]))
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda s: _catalogue(_language()).ugettext(s),
        ngettext=lambda s, p, n: _catalogue(_language()).ungettext(s, p, n),
        newstyle=True,
    )
    app.jinja_env.globals.update(_=_gettext, gettext=_gettext)


# A page has a hundred strings and dozens of days, mostly those of the page before: what Jinja and
# Babel do for each of them would be a tenth of its time.
def _gettext(string: str, /, **variables: Any) -> str:
    """As Jinja's own: a format, also without variables, whose values are escaped."""
    return _say(_language(), string, **variables)


def _say(language: str, string: str, /, **variables: Any) -> str:
    said = _said(language, str(string))
    return said % variables if variables or "%" in said else said


@lru_cache(maxsize=4096)
def _said(language: str, string: str) -> Markup:
    return Markup(_catalogue(language).ugettext(string))  # noqa: S704 - our own words, as a template


def _language() -> str:
    return str(get_locale().language)


@cache
def _catalogue(_language: str) -> Any:
    return get_translations()  # of the current language, which is this one


def day(value: date | datetime) -> str:
    """24 Nov 2026"""
    return _dated(_day(value), "d MMM y", _language())


def long_day(value: date | datetime) -> str:
    """Selasa, 24 November 2026"""
    return _dated(_day(value), "full", _language())


@lru_cache(maxsize=4096)
def _dated(value: date, form: str, language: str) -> str:
    return str(format_date(value, form, locale=language))


def time_of_day(value: datetime) -> str:
    """14.05, in the city's zone"""
    return value.astimezone(clock.CITY_TIMEZONE).strftime("%H.%M")


def month(value: date | Period) -> str:
    """Nov 2026"""
    first = value.first_day if isinstance(value, Period) else value
    return _dated(first, "MMM y", _language())


def short_month(value: Period) -> str:
    """Nov"""
    return _dated(value.first_day, "MMM", _language())


def number(value: int) -> str:
    """1.234"""
    return f"{value:,}".replace(",", ".")


def percent(part: int, whole: int) -> str:
    """71,9 %; a dash where there is nothing to divide by."""
    if not whole:
        return "–"
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10},{tenths % 10} %"


def _day(value: date | datetime) -> date:
    return clock.day_of(value) if isinstance(value, datetime) else value


def _surroundings(*, demo: bool) -> dict[str, Any]:
    tenant = g.get("tenant")
    return {
        "_": partial(_say, _language()),  # asked once a page, and not at each of its words
        "coop": tenant,
        "demo": demo,
        "today": clock.today(),
        "navigation": navigation(),
        "office_label": _office_label(tenant),
    }


def _office_label(tenant: Any) -> str:
    """The office by which somebody is here, for the head of the page."""
    where = tenant.id if tenant else None
    here = [office for office in g.get("offices", ()) if office.tenant_id == where]
    return office_name(here[0].role) if here else ""


_FILTERS = {
    "rupiah": money.rupiah,
    "terbilang": money.terbilang,
    "day": day,
    "long_day": long_day,
    "clock": time_of_day,
    "month": month,
    "number": number,
    "percent": percent,
    "rate": rates.rate,
    "iso_day": date.fromisoformat,
}
_GLOBALS = {
    "Permission": Permission,
    "get_locale": get_locale,
    "office_name": office_name,
    "status_name": status_name,
    "member_state": member_state,
    "new_key": uuid4,
    "present_step": present_step,
    "find_tenant_by_id": find_tenant_by_id,
}
