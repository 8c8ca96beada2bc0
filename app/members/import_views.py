from typing import Any

from flask import Blueprint, current_app, flash, render_template, url_for
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from app.auth.permissions import Permission
from app.core import clock
from app.core.errors import DomainError
from app.core.identity import mask_nik
from app.members import importing, spreadsheet
from app.members.forms import LIST_COLUMNS, EnterForm, UploadForm
from app.members.importing import Columns
from app.members.spreadsheet import Rows
from app.web.access import require
from app.web.once import done, once
from tenants.scope import current_tenant

bp = Blueprint("imports", __name__, url_prefix="/anggota/impor", template_folder="templates")

_A_DAY = 24 * 60 * 60
_SAMPLE = 3


@bp.get("/")
@require(Permission.MEMBERS_IMPORT)
def new() -> str:
    return render_template("members/import.html", form=UploadForm(), most=spreadsheet.most_rows())


@bp.post("/")
@require(Permission.MEMBERS_IMPORT)
def examine():  # type: ignore[no-untyped-def]
    """What the list holds, row by row. Nothing is recorded yet, so sending it again is free."""
    form = UploadForm()
    if form.validate():
        content = form.file.data.read()
        try:
            return _examined(spreadsheet.read(content, form.file.data.filename), content)
        except DomainError as error:
            form.refuse(form.file, str(error))
    most = spreadsheet.most_rows()
    return render_template("members/import.html", form=form, most=most), 422


@bp.post("/masukkan")
@require(Permission.MEMBERS_IMPORT)
@once
def enter():  # type: ignore[no-untyped-def]
    """Take over what is good. It is examined anew: people may have registered meanwhile."""
    kept = _kept(EnterForm().list.data or "")
    rows: Rows = kept["rows"]
    found = importing.examine(rows, importing.guess(rows))
    importing.enter(found.good, on=clock.today(), source=kept["digest"])
    flash(
        _(
            "%(good)s people were taken over, %(bad)s rows were not.",
            good=len(found.good),
            bad=len(found.bad),
        )
    )
    return done(url_for("members.index"))


def _examined(rows: Rows, content: bytes) -> str:
    columns = importing.guess(rows)
    form = EnterForm(formdata=None)
    form.list.data = _signer().dumps({"rows": rows, "digest": importing.digest(content)})
    return render_template(
        "members/examined.html",
        form=form,
        columns=_sample(rows, columns),
        found=importing.examine(rows, columns),
    )


def _sample(rows: Rows, columns: Columns) -> list[tuple[Any, str, list[str]]]:
    """Each column that is taken over: what it is, its header, and its first cells."""
    first = rows[columns.header + 1 :][:_SAMPLE]
    header = rows[columns.header]
    return [
        (
            LIST_COLUMNS[field],
            header[place],
            [_sampled(field, columns.cell(row, field)) for row in first],
        )
        for field, place in columns.of.items()
        if field in LIST_COLUMNS
    ]


def _sampled(field: str, text: str) -> str:
    return mask_nik(text) if field == "nik" and text else text


def _kept(signed: str) -> Any:
    try:
        return _signer().loads(signed, max_age=_A_DAY)
    except BadData:
        raise DomainError(_("This page is too old. Send the list again.")) from None


def _signer() -> URLSafeTimedSerializer:
    """A list examined for one cooperative is of no use in another."""
    salt = f"members.import.{current_tenant().id}"
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=salt)
