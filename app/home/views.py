"""The first page of a cooperative: what to set up, what to do today, how much there is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.auth.permissions import Permission
from app.cash import shifts
from app.companions import findings as city_findings
from app.core import clock
from app.core.money import rupiah
from app.core.period import Period
from app.dues import arrears
from app.dues import views as dues
from app.home.figures import figures
from app.home.setup import NEEDED, Setup, setup_of
from app.inspection import reading as inspections
from app.jobs import services as jobs
from app.members.models import MemberState
from app.platform import announcements
from app.web.access import may, require
from app.web.forms import Form
from app.web.templating import day, month, number

Figures = Mapping[str, Any]

bp = Blueprint("home", __name__, template_folder="templates")


@dataclass(frozen=True)
class Task:
    """One step of setting up; without `href` it is another office's."""

    title: str
    done: bool
    text: str
    href: str | None
    hint: str | None = None


@dataclass(frozen=True)
class Todo:
    """Something that waits: what, a second line, how much of it, and where it is done."""

    title: str
    note: str
    figure: str
    href: str | None


@bp.get("/")
@require(Permission.COOP_VIEW)
def show() -> str:
    """An office without money sees no sums; the steps show to whoever can take one."""
    setup = setup_of(g.tenant, clock.today())
    steps = [] if setup.finished else _steps(setup)
    known = figures(g.permissions)
    return render_template(
        "home/show.html",
        known=known,
        steps=steps if any(step.href for step in steps) else [],
        starting=not setup.paid,
        todo=_todo(known),
        announced=announcements.for_reader(current_user.id) if known["announced"] else [],
        put_away=Form(formdata=None),
    )


def _todo(known: Figures) -> list[Todo]:
    """What waits for somebody, only for the office that can do something about it."""
    return [*_urgent(known), *_watched(known), *_waiting(known), *_outstanding(known)]


def _urgent(known: Figures) -> Iterator[Todo]:
    for job in jobs.failures() if known.get("failures") else ():
        href = url_for("dues.run", id=job.id) if job.kind == dues.KIND else None
        yield Todo(_("The last run stopped with an error"), day(job.created_at), _("look"), href)
    if may(Permission.CASH_HANDLE) and not may(Permission.CASH_MANAGE) and not known["shifts"]:
        title, why = (
            _("You have not opened your drawer yet"),
            _("count it before you take money in"),
        )
        yield Todo(title, why, _("open it"), url_for("shifts.opening"))
    if known.get("forgotten") and (held := shifts.mine()):
        since = _("%(till)s, since %(day)s", till=held.till.name, day=day(held.shift.opened_at))
        href = url_for("shifts.show", id=held.shift.id)
        yield Todo(_("Your shift is still open"), since, _("close it"), href)


def _watched(known: Figures) -> Iterator[Todo]:
    """The city looks inside at this moment, or asks to."""
    href = url_for("inspected.index")
    for going in inspections.going_on(g.tenant) if known["looks"] else ():
        until = _("until %(day)s", day=day(going.expires_at)) if going.expires_at else ""
        yield Todo(_("The agency looks inside at present"), until, _("look"), href)
    if asked := known.get("inspections"):
        yield Todo(_("The agency asks to look inside"), _("your answer"), number(asked), href)


def _waiting(known: Figures) -> Iterator[Todo]:
    """Acts of others that want an answer."""
    if asked := known.get("approvals"):
        title = _("Requests that wait for your answer")
        yield Todo(title, "", number(asked), url_for("approvals.index"))
    if found := known.get("findings"):
        title, note = _("Findings of the supervisors"), _("not settled yet")
        yield Todo(title, note, number(found), url_for("findings.index"))
    if seen := known.get("city_findings"):
        title, first = _("Findings of the city's visits"), city_findings.unsettled()[0]
        until = _("the next one by %(day)s", day=day(first.finding.due_on))
        yield Todo(title, until, number(seen), url_for("visits_here.index"))
    if wanted := known.get("corrections"):
        title = _("Corrections that members ask for")
        yield Todo(title, "", number(wanted), url_for("privacy.index"))


def _outstanding(known: Figures) -> Iterator[Todo]:
    """What members owe, what is owed to them, and the books."""
    if refunds := known.get("refunds"):
        title = _("Members who left and are still owed their savings")
        yield Todo(title, "", number(refunds), url_for("departures.index"))
    if candidates := known["candidates"]:
        title = _("Candidates who have not paid the principal savings")
        href = url_for("members.index", status=MemberState.CANDIDATE.value)
        yield Todo(title, "", number(candidates), href)
    if may(Permission.DUES_VIEW) and (owing := arrears.totals()).members:
        who = ngettext("%(num)s member", "%(num)s members", owing.members)
        yield Todo(_("Arrears"), who, rupiah(owing.amount), url_for("dues.owing"))
    if refused := known.get("refused_month"):
        title, href = _("The chair does not agree to the month"), _closing(refused)
        yield Todo(title, month(refused), _("mend it"), href)
    if months := _unclosed(known.get("first_open")):
        title = ngettext("%(num)s month to close", "%(num)s months to close", len(months))
        since = _("from %(month)s on", month=month(months[0]))
        yield Todo(title, since, "", url_for("ledger.index"))


def _closing(first_day: date) -> str:
    return url_for("closing.show", period=str(Period.of(first_day)))


def _unclosed(booked_on: date | None) -> list[Period]:
    """Months that are over and whose books are open, from the first such day booked."""
    first = booked_on and Period.of(booked_on)
    return list(first.through(Period.current().previous())) if first else []


def _steps(setup: Setup) -> list[Task]:
    """Setting up, in the order in which one thing needs the other."""
    return [*_to_found(setup), *_to_bring_in(setup), *_to_begin(setup)]


def _to_found(setup: Setup) -> Iterator[Task]:
    """What the cooperative is, who leads it, and what it asks of members."""
    yield _step(
        _("Fill in the data of the cooperative"),
        setup.particulars,
        _("address and day of foundation"),
        (Permission.PARTICULARS_MANAGE, "particulars.edit"),
    )
    yield _step(
        _("Fill the offices"),
        setup.staffed,
        _("the board and the chair of the supervisors"),
        (Permission.OFFICES_MANAGE, "offices.index"),
        _("%(held)s of %(all)s", held=setup.offices, all=len(NEEDED)),
    )
    yield _step(
        _("Set principal savings and monthly dues"),
        setup.rates,
        _("as your statutes say, even if they equal the city's"),
        (Permission.SETTINGS_MANAGE, "settings.index"),
    )


def _to_bring_in(setup: Setup) -> Iterator[Task]:
    """The members, and what stood in the books before."""
    yield _step(
        _("Enter the members"),
        setup.members,
        _("from the KTP, or the list you keep in Excel"),
        (Permission.MEMBERS_IMPORT, "imports.new"),
    )
    yield _step(
        _("Bring in the balances so far"),
        setup.opening,
        _("cash, banks and savings; nothing to do for a cooperative that starts anew"),
        (Permission.LEDGER_POST, "opening.show"),
    )


def _to_begin(setup: Setup) -> Iterator[Task]:
    """The first month: billed, paid and closed."""
    yield _step(
        _("Bill the first dues"),
        setup.billed,
        _("by itself every night, or by hand"),
        (Permission.DUES_ACCRUE, "dues.preview"),
    )
    yield _step(
        _("Receive the first payment"),
        setup.paid,
        _("a member pays; the receipt appears"),
        (Permission.SAVINGS_RECEIVE, "payments.find"),
    )
    yield _step(
        _("Close the first month"),
        setup.closed,
        _("when the month is over and everything is recorded"),
        (Permission.LEDGER_CLOSE, "ledger.index"),
    )


def _step(
    title: str, done: bool, hint: str, where: tuple[Permission, str], state: str = ""
) -> Task:
    permission, endpoint = where
    href = url_for(endpoint) if may(permission) else None
    if done:
        return Task(title, True, _("done"), None)
    return Task(title, False, state or _("to be done"), href, hint)
