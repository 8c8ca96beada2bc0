"""The notes and the book of a year: read, written, and as one document."""

from typing import Any

from flask import Blueprint, Response, abort, flash, render_template, request, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.core.period import Period
from app.ledger.forms import LedgerForm
from app.statements import book, notes, words
from app.statements.downloads import answer, dated
from app.statements.forms import NoteForm
from app.statements.notes import Section
from app.web.access import require
from app.web.once import done, once
from tenants.scope import current_tenant

bp = Blueprint("notes", __name__, url_prefix="/laporan/catatan", template_folder="templates")


@bp.get("/<int:year>")
@require(Permission.LEDGER_VIEW)
def show(year: int) -> str:
    """The notes of a year with their figures."""
    _check(year)
    this_year = clock.today().year
    years = [(str(y), url_for("notes.show", year=y), y == year, None) for y in _years(this_year)]
    return render_template(
        "statements/notes.html", year=year, years=years, notes=book.notes_of(year)
    )


@bp.get("/<int:year>.pdf")
@require(Permission.LEDGER_VIEW)
@dated
def pdf(year: int) -> Response:
    """The statements and the notes as one book."""
    _check(year)
    return answer(book.book_pdf(year, _known_at()), "pdf", "laporan-keuangan", _last_day(year))


@bp.get("/<int:year>.xlsx")
@require(Permission.LEDGER_VIEW)
@dated
def workbook(year: int) -> Response:
    _check(year)
    made = book.book_workbook(year, _known_at())
    return answer(made, "xlsx", "laporan-keuangan", _last_day(year))


@bp.get("/<int:year>/<section>")
@require(Permission.LEDGER_POST)
def edit(year: int, section: str) -> str:
    found = _section(year, section)
    return _page(year, found, NoteForm(formdata=None, text=notes.text_of(year, found)))


@bp.post("/<int:year>/<section>")
@require(Permission.LEDGER_POST)
@once
def write(year: int, section: str) -> Any:
    """Keep a new version of a note; the earlier ones stay."""
    found, form = _section(year, section), NoteForm()
    if not form.validate():
        return _page(year, found, form), 422
    notes.write(year, found, form.text.data or "")
    flash(_("The note has been kept. Earlier versions stay."))
    return done(url_for("notes.show", year=year, _anchor=found.key))


def _page(year: int, section: Section, form: NoteForm) -> str:
    return render_template(
        "statements/note.html",
        year=year,
        section=section,
        form=form,
        particulars=words.particulars(current_tenant()),
        figures=words.figures(book.statements_of(book.asked_of(year))),
        versions=notes.versions(year, section),
    )


def _section(year: int, key: str) -> Section:
    _check(year)
    return notes.find_section(key) or abort(404)


def _check(year: int) -> None:
    if not 2000 <= year <= clock.today().year:
        abort(404)


def _years(this: int) -> list[int]:
    return [this, this - 1, this - 2]


def _last_day(year: int) -> Any:
    return min(Period(year, 12).last_day, clock.today())


def _known_at() -> Any:
    form = LedgerForm(request.args, meta={"csrf": False})
    if not form.validate():
        abort(422)
    return form.diketahui.data
