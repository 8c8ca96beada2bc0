"""The bank beside the books, for one account at a time."""

import base64
import json
import zlib
from typing import Any

from flask import Blueprint, abort, current_app, flash, render_template, url_for
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from app.auth.permissions import Permission
from app.banking import entering, matching, signing, statements
from app.banking.forms import (
    LayoutForm,
    MatchForm,
    RecordForm,
    SignForm,
    StatementForm,
    SuggestedForm,
)
from app.banking.statements import FIELDS, Columns
from app.cash import categories, tills
from app.cash.models import Direction, Till, TillKind
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.members import spreadsheet
from app.members.spreadsheet import Rows
from app.web.access import require
from app.web.forms import Form
from app.web.once import done, once
from tenants.scope import current_tenant

bp = Blueprint("banking", __name__, url_prefix="/bank", template_folder="templates")

_A_DAY = 24 * 60 * 60


@bp.get("/")
@require(Permission.CASH_VIEW)
def index() -> str:
    """Each account at a bank: what the books say, and up to when bank and books agree."""
    banks = tills.tills(TillKind.BANK, TillKind.FLOAT)
    shown = [(till, matching.last_signed(till), _open_count(till)) for till in banks]
    return render_template("banking/index.html", banks=shown)


@bp.get("/<int:id>")
@require(Permission.CASH_VIEW)
def show(id: int) -> str:
    return _page(_till(id))


@bp.post("/<int:id>/daftar")
@require(Permission.BANK_RECONCILE)
@once
def bring_in(id: int) -> Any:
    """Read a statement; where its columns are not known, ask for them once."""
    till, form = _till(id), StatementForm()
    if not form.validate():
        return _page(till, statement=form), 422
    content, name = form.file.data.read(), form.file.data.filename
    try:
        rows = spreadsheet.read(content, name)
        columns = statements.guess(rows, entering.layout(till))
        if not statements.is_complete(columns):
            return _layout_page(till, rows, name, LayoutForm(formdata=None))
        return _entered(till, rows, columns, name)
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.file, str(error))
        return _page(till, statement=form), 422


@bp.post("/<int:id>/kolom")
@require(Permission.BANK_RECONCILE)
@once
def map_columns(id: int) -> Any:
    """Read it by the columns that were named, and remember them for the next file."""
    till, form = _till(id), LayoutForm()
    kept = _kept(form.rows.data or "")
    rows, header = kept["rows"], statements.guess(kept["rows"]).header
    chosen = {n: int(v) for n in FIELDS if (v := form._fields[n].data) and v.isdigit()}
    columns = Columns(header, chosen)
    try:
        if not statements.is_complete(columns):
            raise DomainError(_("Name the day, the text, and the amount or debit and credit."))
        return _entered(till, rows, columns, kept["name"])
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.key, str(error))
        return _layout_page(till, rows, kept["name"], form), 422


@bp.post("/<int:id>/cocokkan")
@require(Permission.BANK_RECONCILE)
@once
def accept(id: int) -> Any:
    """Take over the pairs that were proposed and left ticked."""
    till, form = _till(id), SuggestedForm()
    for pair in form.pairs.data or ():
        line, _dash, journal = pair.partition("-")
        if line.isdigit() and journal.isdigit():
            matching.match(till, int(line), [int(journal)])
    flash(_("%(count)s lines are matched.", count=len(form.pairs.data or ())))
    return done(url_for("banking.show", id=id))


@bp.get("/<int:id>/baris/<int:line>")
@require(Permission.BANK_RECONCILE)
def line(id: int, line: int) -> str:
    """One line of the bank: choose its journals, or record what is missing."""
    return _line_page(_till(id), line, RecordForm(formdata=None))


@bp.post("/<int:id>/baris/<int:line>/cocok")
@require(Permission.BANK_RECONCILE)
@once
def match(id: int, line: int) -> Any:
    matching.match(_till(id), line, MatchForm().journals.data or [])
    flash(_("The line is matched."))
    return done(url_for("banking.show", id=id))


@bp.post("/<int:id>/baris/<int:line>/lepas")
@require(Permission.BANK_RECONCILE)
@once
def unmatch(id: int, line: int) -> Any:
    matching.unmatch(_till(id), line)
    flash(_("The match is taken back."))
    return done(url_for("banking.show", id=id))


@bp.post("/<int:id>/baris/<int:line>/catat")
@require(Permission.BANK_RECONCILE)
@once
def record(id: int, line: int) -> Any:
    till, form = _till(id), RecordForm()
    _offer(form, till, line)
    if not form.validate():
        return _line_page(till, line, form), 422
    category = categories.find(form.category.data) or abort(404)
    try:
        posted = matching.record(till, line, category, form.note.data or "")
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.category, str(error))
        return _line_page(_till(id), line, form), 422
    flash(_("Recorded as %(number)s.", number=f"{posted.kind}-{posted.year}-{posted.number:04d}"))
    return done(url_for("banking.show", id=id))


@bp.get("/<int:id>/rekonsiliasi/<int:number>")
@require(Permission.CASH_VIEW)
def signed(id: int, number: int) -> str:
    """A signed reconciliation as it was that day, to be printed for the file."""
    till = _till(id)
    found = signing.find(till, number) or abort(404)
    return render_template("banking/signed.html", till=till, found=found, kept=found.kept)


@bp.post("/<int:id>/tanda-tangan")
@require(Permission.BANK_RECONCILE)
@once
def sign(id: int) -> Any:
    till, form = _till(id), SignForm()
    if not form.validate():
        return _page(till, signature=form), 422
    try:
        kept = signing.sign(till, form.until.data, note=form.note.data or "")
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.until, str(error))
        return _page(till, signature=form), 422
    flash(_("Signed: bank and books agree."))
    return done(url_for("banking.signed", id=id, number=kept.id))


def _entered(till: Till, rows: Rows, columns: Columns, name: str) -> Any:
    # The rows and not the bytes tell a statement: it may come again as another kind of file.
    content = repr(rows).encode()
    lines = statements.lines(rows, columns)
    brought = entering.bring_in(till, lines, file_name=name, content=content)
    entering.remember_layout(till, rows, columns)
    flash(
        _(
            "%(new)s lines brought in; %(known)s were known already.",
            new=brought.new,
            known=brought.known,
        )
    )
    return done(url_for("banking.show", id=till.id))


def _till(id: int) -> Till:
    found = tills.find(id)
    if found is None or found.kind is TillKind.CASH:
        abort(404)
    return found


def _open_count(till: Till) -> int:
    return len(matching.open_lines(till, clock.today()))


def _page(
    till: Till, statement: StatementForm | None = None, signature: SignForm | None = None
) -> str:
    today, brought = clock.today(), entering.statements(till)
    if signature is None:
        signature = SignForm(formdata=None)
        signature.until.data = brought[0].last_day if brought else today
    return render_template(
        "banking/show.html",
        till=till,
        now=signing.compare(till, today),
        matched=matching.lines_until(till, today),
        suggested=matching.suggestions(till, today),
        statements=brought,
        signed=signing.signed(till),
        statement_form=statement or StatementForm(formdata=None),
        suggested_form=SuggestedForm(formdata=None),
        sign_form=signature,
    )


def _line_page(till: Till, line_id: int, form: Form) -> str:
    found = matching.find_line(till, line_id) or abort(404)
    if isinstance(form, RecordForm):
        _offer(form, till, line_id)
    return render_template(
        "banking/line.html",
        till=till,
        line=found,
        matched=matching.matched_journals(till, found),
        journals=matching.open_journals(till, clock.today()),
        match_form=MatchForm(formdata=None),
        form=form,
    )


def _offer(form: RecordForm, till: Till, line_id: int) -> None:
    found = matching.find_line(till, line_id) or abort(404)
    direction = Direction.IN if found.amount > 0 else Direction.OUT
    words = categories.categories(direction)
    form.category.offer((each.id, each.name) for each in words)
    likely = matching.likely(found, words)
    if form.category.data is None and likely is not None:
        form.category.data = likely.id


def _layout_page(till: Till, rows: Rows, name: str, form: LayoutForm) -> str:
    header = statements.guess(rows).header
    form.offer(rows[header] if rows else [])
    form.rows.data = _signer().dumps(_packed({"rows": rows, "name": name}))
    return render_template(
        "banking/layout.html", till=till, form=form, rows=rows[header : header + 6], fields=FIELDS
    )


def _packed(value: Any) -> str:
    return base64.b64encode(zlib.compress(json.dumps(value).encode())).decode()


def _kept(signed: str) -> Any:
    try:
        packed = _signer().loads(signed, max_age=_A_DAY)
    except BadData:
        raise DomainError(_("This page is too old. Send the statement again.")) from None
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def _signer() -> URLSafeTimedSerializer:
    """A file read for one cooperative is of no use in another."""
    return URLSafeTimedSerializer(str(current_app.secret_key), f"banking.{current_tenant().id}")
