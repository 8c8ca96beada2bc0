"""Reading and writing the books that are kept by hand."""

from typing import Any

from flask import Blueprint, abort, flash, g, render_template, request, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.core.period import Period
from app.registers import entries
from app.registers.entries import Written
from app.registers.forms import EntryAnswerForm, EntryForm
from app.registers.models import Register, RegisterEntry
from app.registers.words import REGISTERS
from app.web.access import require
from app.web.once import done, once
from app.web.paging import page_of

bp = Blueprint(
    "register_entries",
    __name__,
    url_prefix="/buku-organisasi/catatan",
    template_folder="templates",
)


@bp.get("/<register>")
@require(Permission.OFFICES_VIEW)
def show(register: str) -> str:
    return _page(_register(register), EntryForm(formdata=None))


@bp.post("/<register>")
@require(Permission.REGISTERS_WRITE)
@once
def write(register: str) -> Any:
    book, form = _register(register), EntryForm()
    if not form.validate():
        return _page(book, form), 422
    what = Written(
        on=form.on.data,
        who=form.who.data or "",
        office=form.office.data or "",
        text=form.text.data or "",
        answer=form.answer.data or "",
    )
    entries.write(book, what, key=g.form_key)
    flash(_("Written down."))
    return done(url_for("register_entries.show", register=register))


@bp.get("/<register>/<int:number>")
@require(Permission.OFFICES_VIEW)
def entry(register: str, number: int) -> str:
    book, found = _found(register, number)
    return _entry_page(book, found, EntryAnswerForm(formdata=None, answer=found.answer))


@bp.post("/<register>/<int:number>")
@require(Permission.REGISTERS_WRITE)
@once
def answer(register: str, number: int) -> Any:
    """Write down what was answered or done since."""
    book, found = _found(register, number)
    form = EntryAnswerForm()
    if not form.validate():
        return _entry_page(book, found, form), 422
    entries.answer(found, form.answer.data or "")
    flash(_("Written down."))
    return done(url_for("register_entries.entry", register=register, number=number))


def _register(name: str) -> Register:
    return Register(name) if name in list(Register) else abort(404)


def _found(name: str, number: int) -> tuple[Register, RegisterEntry]:
    book = _register(name)
    return book, (entries.find(book, number) if number < 2**31 else None) or abort(404)


def _page(book: Register, form: EntryForm) -> str:
    words = REGISTERS[book]
    form.call(words)
    total = entries.counts()[book]
    page = page_of(
        total, entries.PAGE, lambda n: url_for(request.endpoint or "", register=book, hal=n)
    )
    first = Period(clock.today().year, 1).first_day
    return render_template(
        "registers/entries.html",
        register=book.value,
        words=words,
        form=form,
        entries=entries.latest(book, skip=page.first),
        page=page,
        span={"dari": first.isoformat(), "sampai": clock.today().isoformat()},
    )


def _entry_page(book: Register, found: RegisterEntry, form: EntryAnswerForm) -> str:
    form.answer.label.text = REGISTERS[book].answer
    return render_template(
        "registers/entry.html",
        register=book.value,
        words=REGISTERS[book],
        entry=found,
        form=form,
    )
