from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask_babel import gettext as _

from app.approvals.views import ACTS
from app.auth.permissions import Permission
from app.cash import photos
from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.ledger import account_book, closing, months, reports, reversals, seals, services
from app.ledger.forms import LedgerForm, RangeForm, ReversalForm
from app.ledger.models import Account, Journal, VoucherKind
from app.receipts import services as receipts
from app.web.access import require
from app.web.once import done, once
from app.web.paging import page_of

bp = Blueprint("ledger", __name__, url_prefix="/buku", template_folder="templates")

# What the address of a ledger may say: its days, and the line of a statement one came from.
_CARRIED = ("dari", "sampai", "gerai", "diketahui", "hal", "banding", "laporan", "baris")

ACTS[reversals.KIND] = reversals.carry_out


@bp.get("/")
@require(Permission.LEDGER_VIEW)
def index() -> str:
    """The books at a glance: what can be read, and which month is to be closed next."""
    next_month = months.first_open()
    closable = next_month if next_month and next_month < Period.current() else None
    return render_template(
        "ledger/index.html",
        closable=closable,
        standings=closing.standings(),
        seal=seals.head(),
    )


@bp.get("/jurnal")
@require(Permission.LEDGER_VIEW)
def journals() -> str | tuple[str, int]:
    form, first, last, status = _range(_month_of)
    before = _position(request.args.get("sebelum", ""))
    found = reports.journals(first, last, before=before)
    more = found[-1] if len(found) == reports.PAGE else None
    page = render_template(
        "ledger/journals.html",
        form=form,
        journals=found,
        void=reversals.taken_back(found),
        more=more,
        first=first,
        last=last,
    )
    return page, status


@bp.get("/jurnal/<kind>/<int:year>/<int:number>")
@require(Permission.LEDGER_VIEW)
def journal(kind: str, year: int, number: int) -> str:
    return _journal_page(_journal(kind, year, number), ReversalForm())


@bp.post("/jurnal/<kind>/<int:year>/<int:number>/balik")
@require(Permission.LEDGER_REVERSE)
@once
def reverse(kind: str, year: int, number: int):  # type: ignore[no-untyped-def]
    """Ask that a journal be taken back; a second person answers."""
    found = _journal(kind, year, number)
    form = ReversalForm()
    if not form.validate():
        return _journal_page(found, form), 422
    if receipts.of(found) is not None:
        raise DomainError(_("This is a receipt: ask on its own page that it be cancelled."))
    page = url_for("ledger.journal", kind=kind, year=year, number=number)
    reversals.ask(
        found,
        title=_("Take back %(number)s: %(memo)s", number=found.voucher, memo=found.memo),
        amount=sum(line.debit for line in found.postings),
        reason=form.reason.data or "",
        page=page,
    )
    flash(_("Asked. It is done when another person agrees."))
    return done(page)


@bp.get("/akun/<code>")
@require(Permission.LEDGER_VIEW)
def account(code: str) -> tuple[str, int]:
    """The ledger of an account (buku besar), perhaps as it was known on a day."""
    found = reports.find_account(code) or abort(404)
    form = LedgerForm(request.args, meta={"csrf": False})
    first, last, status = _days(form, _month_of)
    asked = {"unit_id": form.unit.id if form.unit else None, "known_at": form.diketahui.data}
    book = _book(found, first, last, asked)
    page = render_template(
        "ledger/account.html",
        account=found,
        form=form,
        first=first,
        last=last,
        **book,
        carried=_given(),
        back=_before_account(),
    )
    return page, status


@bp.get("/neraca-saldo")
@require(Permission.LEDGER_VIEW)
def trial_balance() -> tuple[str, int]:
    form, first, last, status = _range(_year_of)
    balance = reports.trial_balance(first, last)
    return render_template("ledger/trial_balance.html", form=form, balance=balance), status


def _book(account: Account, first: date, last: date, asked: dict[str, Any]) -> dict[str, Any]:
    """What stood in an account before, what moved it, and the entries of the page asked for."""
    moved = account_book.moved(account, first, last, **asked)
    part = page_of(moved.lines, account_book.PAGE, lambda n: _page_href(account.code, n))
    shown: dict[str, Any] = {"skip": part.first, "limit": account_book.PAGE}
    return {
        "opening": reports.balance_before(account, first, **asked),
        "moved": moved,
        "part": part,
        "entries": account_book.entries(account, first, last, **asked, **shown),
    }


def _page_href(code: str, number: int) -> str:
    return url_for("ledger.account", code=code, **_given() | {"hal": number})


def _given() -> dict[str, Any]:
    """What the address asks for; it goes along from a figure to its journals and back."""
    return {name: request.args[name] for name in _CARRIED if request.args.get(name)}


def _before_account() -> str:
    """The line of a statement from which one came to a ledger, or the list of all accounts."""
    given = _given()
    name, line = given.pop("laporan", None), given.pop("baris", None)
    given.pop("hal", None)
    if not (name and line):
        return url_for("ledger.trial_balance")
    return url_for("statements.accounts", name=name, line=line, **given)


def _before_journal() -> str:
    """The ledger from which one came to a journal, or the list of all journals."""
    code = request.args.get("akun")
    return url_for("ledger.account", code=code, **_given()) if code else url_for("ledger.journals")


def _journal(kind: str, year: int, number: int) -> Journal:
    if kind not in list(VoucherKind):
        abort(404)
    return services.find_journal(VoucherKind(kind), year, number) or abort(404)


def _journal_page(found: Journal, form: ReversalForm) -> str:
    return render_template(
        "ledger/journal.html",
        journal=found,
        lines=reports.lines_of(found),
        by=reports.recorded_by(found),
        reversal=services.reversal_of(found),
        taken_back=services.taken_back_by(found),
        is_receipt=receipts.of(found) is not None,
        asked=reversals.asked(found),
        photo=photos.key_of(found.source_key),
        back=_before_journal(),
        form=form,
    )


def _range(begins: Callable[[date], date]) -> tuple[RangeForm, date, date, int]:
    """The days asked for in the address; a bad one is said beside its field, with 422."""
    form = RangeForm(request.args, meta={"csrf": False})
    return form, *_days(form, begins)


def _days(form: RangeForm, begins: Callable[[date], date]) -> tuple[date, date, int]:
    """`begins` says from when, where only the last day was given."""
    fine = form.validate()
    last = form.sampai.data or clock.today()
    first = form.dari.data or begins(last)
    if not form.dari.typed:
        form.dari.data = first
    if not form.sampai.typed:
        form.sampai.data = last
    if fine and first > last:
        form.refuse(form.dari, _("The first day is after the last."))
        fine = False
    return min(first, last), last, 200 if fine else 422


def _month_of(day: date) -> date:
    return Period.of(day).first_day


def _year_of(day: date) -> date:
    return day.replace(month=1, day=1)


def _position(text: str) -> tuple[date, int] | None:
    """Where a list goes on: "2026-11-24/17"."""
    day, separator, number = text.partition("/")
    try:
        return (date.fromisoformat(day), int(number)) if separator else None
    except ValueError:
        return None
