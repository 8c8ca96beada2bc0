"""Journals written by hand, those that come back every month, and the lines of business."""

from typing import Any

from flask import Blueprint, abort, flash, g, render_template, request, url_for
from flask_babel import gettext as _

from app.approvals.models import Approval
from app.auth.permissions import Permission
from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.extensions import db
from app.ledger import journal_entry, recurring, reports, services, units
from app.ledger.drafts import JournalTemplate
from app.ledger.entry_forms import (
    LINES_MORE,
    EntryForm,
    MakeForm,
    TemplateForm,
    UnitForm,
    account_choices,
    unit_choices,
)
from app.ledger.journal_entry import Entry
from app.ledger.models import Unit
from app.ledger.services import Line, Posted, Source
from app.members import services as members
from app.web.access import require
from app.web.once import done, once
from app.web.words import ACCOUNT_TYPES

bp = Blueprint("entries", __name__, url_prefix="/buku", template_folder="templates")


@bp.get("/jurnal/baru")
@require(Permission.LEDGER_POST)
def new() -> str:
    return _entry_page(_offered(EntryForm(formdata=None, on=clock.today())))


@bp.post("/jurnal/baru")
@require(Permission.LEDGER_POST)
@once
def record() -> Any:
    form = _offered(EntryForm())
    if "more" in request.form:
        return _entry_page(_longer(form))
    lines = _lines(form) if form.validate() else None
    if lines is None or not _balances(form, lines):
        return _entry_page(form), 422
    try:
        made = journal_entry.record(
            Entry(form.on.data, form.memo.data or "", lines),
            source=Source("ledger.entry", str(g.form_key)),
        )
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.balance, str(error))
        return _entry_page(form), 422
    return _led_to(made)


@bp.get("/berulang")
@require(Permission.LEDGER_VIEW)
def templates() -> str:
    """The entries that come back, with what became of each in a month."""
    period = _asked_month()
    return render_template(
        "ledger/recurring.html", period=period, due=recurring.due(period), form=MakeForm()
    )


@bp.get("/berulang/baru")
@require(Permission.LEDGER_POST)
def new_template() -> str:
    return _template_page(_offered(TemplateForm(formdata=None)))


@bp.post("/berulang/baru")
@require(Permission.LEDGER_POST)
@once
def keep_template() -> Any:
    form = _offered(TemplateForm())
    if "more" in request.form:
        return _template_page(_longer(form))
    lines = _lines(form) if form.validate() else None
    if lines is None or not _balances(form, lines):
        return _template_page(form), 422
    recurring.keep(
        form.name.data or "",
        form.memo.data or "",
        lines,
        due_day=form.due_day.data,
        since=form.since.data,
    )
    flash(_("Kept. Each month it waits here until you make it."))
    return done(url_for("entries.templates"))


@bp.post("/berulang/<int:id>/buat")
@require(Permission.LEDGER_POST)
@once
def make(id: int) -> Any:
    return _led_to(recurring.make(_template(id), _asked_month()))


@bp.post("/berulang/<int:id>/henti")
@require(Permission.LEDGER_POST)
@once
def stop(id: int) -> Any:
    recurring.stop(_template(id))
    flash(_("It comes back no more. What it made stays in the books."))
    return done(url_for("entries.templates"))


@bp.get("/gerai")
@require(Permission.LEDGER_VIEW)
def unit_list() -> str:
    return _units_page(UnitForm(formdata=None))


@bp.post("/gerai")
@require(Permission.LEDGER_POST)
@once
def add_unit() -> Any:
    form = UnitForm()
    if not form.validate() or _refused(form, lambda: units.open_unit(form.name.data or "")):
        return _units_page(form), 422
    flash(_("The line of business has been entered."))
    return done(url_for("entries.unit_list"))


@bp.get("/gerai/<unit>")
@require(Permission.LEDGER_POST)
def unit(unit: str) -> str:
    found = _unit(unit)
    return _unit_page(found, UnitForm(formdata=None, name=found.name))


@bp.post("/gerai/<unit>")
@require(Permission.LEDGER_POST)
@once
def rename_unit(unit: str) -> Any:
    found, form = _unit(unit), UnitForm()
    if not form.validate() or _refused(form, lambda: units.rename(found, form.name.data or "")):
        return _unit_page(found, form), 422
    flash(_("Saved."))
    return done(url_for("entries.unit_list"))


def _asked_month() -> Period:
    """The month in the address, or this one; nothing is made ahead of time."""
    try:
        period = Period.parse(request.args.get("bulan", str(Period.current())))
    except ValueError:
        abort(404)
    return min(period, Period.current())


def _offered(form: Any) -> Any:
    accounts = account_choices(reports.chart(), ACCOUNT_TYPES)
    form.offer(accounts, unit_choices(services.units()))
    return form


def _longer(form: Any) -> Any:
    """The same form with more lines; nothing of it is judged yet."""
    for _line in range(min(LINES_MORE, form.lines.max_entries - len(form.lines))):
        form.lines.append_entry()
    return _offered(form)


def _lines(form: Any) -> list[Line] | None:
    """The lines that were filled in; None where one was refused, with the reason beside it."""
    found = [_line(line.form) for line in form.filled]
    complete = [line for line in found if line is not None]
    return complete if len(complete) == len(found) else None


def _line(form: Any) -> Line | None:
    chosen = {account.id: account for account in reports.chart()}.get(form.account.data or 0)
    member = _member(form.member.data or "")
    wrong = False
    if chosen is None:
        wrong = _refuse(form.account, _("Choose an account."))
    if (form.debit.data is None) == (form.credit.data is None):
        wrong = _refuse(form.debit, _("Write an amount on one side: debit or credit."))
    if form.member.data and member is None:
        wrong = _refuse(form.member, _("There is no member with this number."))
    if chosen and journal_entry.needs_party(chosen) and not form.member.data:
        wrong = _refuse(form.member, _("Say whose savings these are, by member number."))
    if wrong or chosen is None:
        return None
    return Line(
        chosen.id,
        debit=form.debit.data or 0,
        credit=form.credit.data or 0,
        party_id=member.id if member else None,
        unit_id=form.unit.data or None,
    )


def _refuse(field: Any, message: str) -> bool:
    field.errors = [*field.errors, message]
    return True


def _member(written: str) -> Any:
    """The member whose number somebody wrote: 12, 0012 or A0012."""
    digits = written.upper().removeprefix("A").strip()
    if not digits.isdecimal() or len(digits) > 9:
        return None
    return members.find(int(digits))


def _balances(form: Any, lines: list[Line]) -> bool:
    if not lines:
        form.refuse(form.balance, _("Fill in at least two lines."))
        return False
    if sum(line.debit - line.credit for line in lines):
        form.refuse(form.balance, _("Debit and credit must be equal."))
        return False
    return True


def _led_to(made: Posted | Approval) -> Any:
    if isinstance(made, Approval):
        flash(_("This pays out much: it waits for a second person."))
        return done(url_for("approvals.show", id=made.id))
    flash(_("Recorded."))
    return done(url_for("ledger.journal", kind=made.kind.value, year=made.year, number=made.number))


def _entry_page(form: Any) -> str:
    return render_template("ledger/entry.html", form=form)


def _template_page(form: Any) -> str:
    return render_template("ledger/template.html", form=form)


def _template(id: int) -> JournalTemplate:
    return recurring.find(id) or abort(404)


def _unit(code: str) -> Unit:
    return units.find(code) or abort(404)


def _units_page(form: UnitForm) -> str:
    return render_template("ledger/units.html", units=services.units(), form=form)


def _unit_page(found: Unit, form: UnitForm) -> str:
    return render_template("ledger/unit.html", unit=found, form=form)


def _refused(form: UnitForm, act: Any) -> bool:
    try:
        act()
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.name, str(error))
        return True
    return False
