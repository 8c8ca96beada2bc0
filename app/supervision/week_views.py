"""The week's list of the city: what needs a person, and what is left alone for some days."""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any
from urllib.parse import quote

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.auth.permissions import Permission
from app.companions import assignments
from app.core import clock
from app.core.errors import Invalid
from app.core.period import Period
from app.supervision import attention, overview, snoozes
from app.supervision.attention import Alert
from app.supervision.forms import SnoozeForm, TakeUpForm, WeekForm
from app.supervision.overview import Standing
from app.web.access import require
from app.web.once import done, once
from app.web.paging import page_of

PAGE = 20  # cooperatives

bp = Blueprint("week", __name__, url_prefix="/kota/pekan-ini", template_folder="templates")


@bp.get("/")
@require(Permission.CITY_VIEW)
def index() -> str:
    """What needs a person this week, and why; a page of cooperatives."""
    today, form = clock.today(), _choice()
    mine = {tenant.id for tenant in assignments.cooperatives_of(current_user.id)}
    raised, left = _raised(form, mine, today)
    groups = _by_cooperative(raised)
    page = page_of(len(groups), PAGE, lambda n: _address(hal=n))
    text = attention.as_text(raised, today)
    return render_template(
        "supervision/week.html",
        form=form,
        mine=mine,
        page=page,
        raised=raised,
        groups=groups[page.first : page.shown],
        left=left,
        again=TakeUpForm(formdata=None),
        text=text,
        whatsapp=f"https://wa.me/?text={quote(text)}",
        explanations=attention.explanations(today),
    )


@bp.get("/<name>/<rule>/tunda")
@require(Permission.ALERTS_SNOOZE)
def snooze(name: str, rule: str) -> str:
    return _page(_alert(name, rule), SnoozeForm(formdata=None))


@bp.post("/<name>/<rule>/tunda")
@require(Permission.ALERTS_SNOOZE)
@once
def put_off(name: str, rule: str) -> Any:
    alert, form = _alert(name, rule), SnoozeForm()
    if not form.validate():
        return _page(alert, form), 422
    try:
        snoozes.put_off(alert, until=form.until.data, reason=form.reason.data or "")
    except Invalid as error:
        form.refuse(form.until, str(error))
        return _page(alert, form), 422
    flash(_("It is left alone until that day, and comes back by itself."))
    return done(url_for("week.index"))


@bp.post("/<name>/<rule>/lanjutkan")
@require(Permission.ALERTS_SNOOZE)
@once
def take_up(name: str, rule: str) -> Any:
    snoozes.take_up(_alert(name, rule).standing.id, rule)
    flash(_("It stands in the list again."))
    return done(url_for("week.index"))


def _raised(
    form: WeekForm, mine: Collection[int], today: date
) -> tuple[list[Alert], list[snoozes.Snoozed]]:
    """What needs a person of what is asked for, and what is left alone."""
    found = overview.standings(Period.of(today), form.kecamatan.data, months=2)
    if form.milik.data:
        found = [standing for standing in found if standing.id in mine]
    raised, left = snoozes.sort_out(attention.alerts(found, today), today)
    return [alert for alert in raised if form.aturan.data in ("", alert.rule)], left


def _alert(name: str, rule: str) -> Alert:
    """What a rule objects to at a cooperative; 404 when it does not (any more)."""
    today = clock.today()
    tenant = overview.find(name) or abort(404)
    found = overview.standings(Period.of(today), months=2, tenant_id=tenant.id)
    raised = attention.alerts(found, today)
    return next((alert for alert in raised if alert.rule == rule), None) or abort(404)


def _choice() -> WeekForm:
    """What is asked for; what is no choice is not found."""
    asked = request.args.copy()
    for name in ("aturan", "kecamatan", "milik"):
        asked.setdefault(name, "")
    form = WeekForm(asked, meta={"csrf": False}).offer(overview.districts())
    return form if form.validate() else abort(404)


def _address(hal: int) -> str:
    asked: dict[str, Any] = {**request.args, "hal": hal if hal > 1 else None}
    return url_for("week.index", **asked)


def _by_cooperative(raised: Sequence[Alert]) -> list[tuple[Standing, list[Alert]]]:
    """Matters of one cooperative together, in the order of the list: the gravest first."""
    return [(standing, list(of)) for standing, of in groupby(raised, attrgetter("standing"))]


def _page(alert: Alert, form: SnoozeForm) -> str:
    return render_template(
        "supervision/snooze.html", matter=alert, form=form, longest=snoozes.longest()
    )
