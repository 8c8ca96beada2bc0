"""Lists of members: sent, corrected, entered while one watches, and kept with their result."""

from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, abort, flash, g, render_template, request, url_for
from flask_babel import gettext as _
from kombu.exceptions import OperationalError as NoBroker

from app.audit import services as audit
from app.auth.permissions import Permission
from app.core.errors import DomainError
from app.extensions import db
from app.members import imports, spreadsheet
from app.members.columns import Columns
from app.members.import_forms import ColumnsForm, OrderForm, UploadForm, columns_form
from app.members.models import ImportMode, ImportState, MemberImport
from app.printing import workbooks
from app.printing.workbooks import Sheet
from app.web.access import require
from app.web.once import done, once
from app.web.paging import page_of
from tasks.jobs import run as work

bp = Blueprint("imports", __name__, url_prefix="/anggota/impor", template_folder="templates")

PAGE = 25


@bp.get("/")
@require(Permission.MEMBERS_IMPORT)
def new() -> str:
    return _new_page(UploadForm())


@bp.post("/")
@require(Permission.MEMBERS_IMPORT)
@once
def send() -> Any:
    """Keep a list and examine it. Nobody is registered yet."""
    form = UploadForm()
    if form.validate():
        upload = form.file.data
        try:
            kept = imports.keep(upload.read(), upload.filename)
            return done(url_for("imports.show", id=kept.id))
        except DomainError as error:
            form.refuse(form.file, str(error))
    return _new_page(form), 422


@bp.get("/<int:id>/")
@require(Permission.MEMBERS_IMPORT)
def show(id: int) -> str:
    """How a list stands: the verdict on its rows, how far it is entered, or what came of it."""
    kept = _list(id)
    if imports.is_at_work(kept):
        return render_template("members/import_work.html", kept=kept, job=imports.job_of(kept))
    if kept.state is ImportState.ENTERED:
        return _result_page(kept)
    return _verdict_page(kept)


@bp.post("/<int:id>/kolom")
@require(Permission.MEMBERS_IMPORT)
@once
def correct(id: int) -> Any:
    """Take the columns as they were chosen, and examine the list by them."""
    kept = _list(id)
    form = _columns_form(kept, request.form)
    if not form.validate():
        return _verdict_page(kept, form), 422
    imports.examine_by(kept, form.chosen)
    flash(_("The list has been examined again."))
    return done(url_for("imports.show", id=id))


@bp.post("/<int:id>/masukkan")
@require(Permission.MEMBERS_IMPORT)
@once
def enter(id: int) -> Any:
    """Write the order down, then tell the queue; were the queue away, the sweep takes it up."""
    kept, form = _list(id), OrderForm()
    if not form.validate():
        return _verdict_page(kept, order=form), 422
    try:
        job_id = imports.order(kept, ImportMode(form.mode.data), key=str(g.form_key)).id
    except DomainError as error:
        form.refuse(form.mode, str(error))
        return _verdict_page(kept, order=form), 422
    response = done(url_for("imports.show", id=id))
    with suppress(NoBroker):
        work.delay(job_id)
    return response


@bp.get("/<int:id>/belum-masuk.xlsx")
@require(Permission.MEMBERS_IMPORT)
def left_out(id: int) -> Response:
    """The rows that cannot be taken over, as they were sent, each with the reason."""
    kept = _list(id)
    if not kept.bad or not kept.is_kept:
        abort(404)
    audit.note("downloaded", "member_imports", kept.id)
    db.session.commit()
    head = [*imports.header_of(kept), _("Reason")]
    sheet = Sheet(_("Not taken over"), (), head, imports.bad_rows(kept), widths=_widths(head))
    return Response(
        workbooks.workbook([sheet]),
        mimetype=workbooks.MIME,
        headers={"Content-Disposition": f'attachment; filename="belum-masuk-{kept.id}.xlsx"'},
    )


def _list(id: int) -> MemberImport:
    return (imports.find(id) if id < 2**31 else None) or abort(404)


def _widths(head: list[str]) -> list[int]:
    return [*(max(len(label) + 2, 14) for label in head[:-1]), 60]


def _new_page(form: UploadForm) -> str:
    return render_template(
        "members/import.html",
        form=form,
        most=spreadsheet.most_rows(),
        sent=imports.recent(),
        days=imports.days_kept(),
    )


def _columns_form(kept: MemberImport, formdata: Any = None) -> ColumnsForm:
    return columns_form(kept.rows, Columns.from_json(kept.columns), formdata)


def _verdict_page(
    kept: MemberImport, form: ColumnsForm | None = None, order: OrderForm | None = None
) -> str:
    form = form or _columns_form(kept)
    job = imports.job_of(kept)
    return render_template(
        "members/import_verdict.html",
        kept=kept,
        form=form,
        columns=form.columns(kept.rows),
        enough=Columns.from_json(kept.columns).are_enough,
        order=order or OrderForm(formdata=None),
        stopped=kept.state is ImportState.ORDERED and job is not None,
        earlier=imports.entered_before(kept),
        **_rows_shown(kept),
    )


def _result_page(kept: MemberImport) -> str:
    return render_template(
        "members/import_result.html",
        kept=kept,
        by=imports.entered_by(kept),
        earlier=imports.entered_before(kept),
        days=imports.days_kept(),
        **_rows_shown(kept),
    )


def _rows_shown(kept: MemberImport) -> dict[str, Any]:
    """The part of the verdict that `?baris=` and `?hal=` ask for; the bad rows come first."""
    which = request.args.get("baris", "")
    which = which if which in ("baik", "salah") else "salah" if kept.bad else "baik"
    rows = kept.verdict.get("bad" if which == "salah" else "good", [])
    page = page_of(len(rows), PAGE, lambda number: _rows_href(kept, which, number))
    return {"rows": rows[page.first : page.first + PAGE], "page": page, "which": which}


def _rows_href(kept: MemberImport, which: str, number: int) -> str:
    hal = number if number > 1 else None
    return url_for("imports.show", id=kept.id, baris=which, hal=hal, _anchor="baris")
