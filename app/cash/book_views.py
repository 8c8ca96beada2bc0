"""The cash book of each till: on the screen, on paper, as a workbook."""

from datetime import date, timedelta

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.cash import books, shifts, tills
from app.cash.books import BookLine, CashBook
from app.cash.forms import CashBookForm
from app.cash.models import Till
from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.ledger.account_book import PAGE
from app.printing.workbooks import Cell
from app.statements import paper
from app.statements.asked import long
from app.statements.downloads import answer, carried, dated
from app.statements.paper import Table
from app.web.access import may, require
from app.web.paging import Page, page_of

bp = Blueprint("cash_books", __name__, url_prefix="/kas/buku", template_folder="templates")


@bp.get("/<int:id>")
@require(Permission.CASH_VIEW)
def show(id: int) -> tuple[str, int]:
    till, form = _found(id), CashBookForm(request.args, meta={"csrf": False})
    fine = _days(form)
    page, book = _page(till, form) if fine else (None, None)
    shown = render_template(
        "cash/book.html",
        till=till,
        form=form,
        book=book,
        page=page,
        spans=_spans(till, form),
        carried=carried(),
    )
    return shown, 200 if fine else 422


@bp.get("/<int:id>.pdf")
@require(Permission.CASH_VIEW)
@dated
def pdf(id: int) -> Response:
    return _file(id, "pdf")


@bp.get("/<int:id>.xlsx")
@require(Permission.CASH_VIEW)
@dated
def workbook(id: int) -> Response:
    return _file(id, "xlsx")


def _file(id: int, kind: str) -> Response:
    till, form = _found(id), CashBookForm(request.args, meta={"csrf": False})
    _days(form) or abort(422)
    make = paper.table_pdf if kind == "pdf" else paper.table_workbook
    content = make(_table(_book(till, form)), form.diketahui.data)
    return answer(content, kind, f"buku-kas-{till.id}", form.sampai.data)


def _book(till: Till, form: CashBookForm) -> CashBook:
    return books.cash_book(till, form.dari.data, form.sampai.data, known_at=form.diketahui.data)


def _page(till: Till, form: CashBookForm) -> tuple[Page, CashBook]:
    """The part of the book that fits a screen; paper has all of it."""
    days = (form.dari.data, form.sampai.data)
    known = {"known_at": form.diketahui.data}
    total = books.lines(till, *days, **known)
    page = page_of(total, PAGE, lambda n: url_for("cash_books.show", id=till.id, **carried(hal=n)))
    return page, books.cash_book(till, *days, **known, skip=page.first, limit=PAGE)


def _table(book: CashBook) -> Table:
    """As such a book has always looked: number, day, words, voucher, in, out, balance."""
    rows = _rows(book)
    return Table(
        book.title,
        f"{long(book.first)} s.d. {long(book.last)}",
        ("No", "Tanggal", "Uraian", "Bukti", "Masuk", "Keluar", "Saldo"),
        rows,
        (6, 12, 48, 16, 16, 16, 18),
        frozenset({4, 5, 6}),
        frozenset({0, len(rows) - 1}),
    )


def _rows(book: CashBook) -> list[list[Cell]]:
    """The lines, between the balance before them and the one they lead to."""
    return [
        ["", book.first, "Saldo sebelumnya", "", None, None, book.opening],
        *(_row(number, line) for number, line in enumerate(book.lines, 1)),
        ["", book.last, "Jumlah dan saldo akhir", "", book.taken_in, book.paid_out, book.closing],
    ]


def _row(number: int, line: BookLine) -> list[Cell]:
    entry = line.entry
    return [
        str(number),
        entry.on,
        line.words,
        entry.voucher,
        entry.debit,
        entry.credit,
        entry.balance,
    ]


def _days(form: CashBookForm) -> bool:
    """This month unless days were asked for; False, said beside the field, for wrong ones."""
    fine = bool(form.validate())
    if not form.sampai.typed:
        form.sampai.data = clock.today()
    if not form.dari.typed and form.sampai.data:
        form.dari.data = form.sampai.data.replace(day=1)
    if fine and form.dari.data > form.sampai.data:
        form.refuse(form.dari, _("The first day is after the last."))
        return False
    return fine


def _spans(till: Till, form: CashBookForm) -> list[tuple[str, str, bool, None]]:
    """The days that are asked for most often, each a tap away."""
    today = clock.today()
    last_month = Period.current().previous()
    spans = (
        (_("Today"), today, today),
        (_("Yesterday"), *[today - timedelta(days=1)] * 2),
        (_("This month"), Period.current().first_day, today),
        (_("Last month"), last_month.first_day, last_month.last_day),
    )
    shown = (form.dari.data, form.sampai.data)
    return [
        (label, _address(till, first, last), shown == (first, last), None)
        for label, first, last in spans
    ]


def _address(till: Till, first: date, last: date) -> str:
    dari, sampai = f"{first:%d-%m-%Y}", f"{last:%d-%m-%Y}"
    return url_for("cash_books.show", id=till.id, dari=dari, sampai=sampai)


def _found(id: int) -> Till:
    """A till whose book may be read: a cashier counts the drawer in their hand before that."""
    till, mine = tills.find(id) or abort(404), shifts.mine()
    if mine is not None and mine.till.id == till.id and not may(Permission.LEDGER_VIEW):
        raise DomainError(_("Count the drawer first: what should be there is shown after that."))
    return till
