"""Opening savings of members from a list in Excel: sent, looked at, brought into the books."""

import base64
import json
import zlib
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, current_app, flash, render_template, url_for
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from app.auth.permissions import Permission
from app.core.errors import DomainError
from app.core.period import Period
from app.extensions import db
from app.members import services as members
from app.members import spreadsheet
from app.printing import workbooks
from app.printing.workbooks import Sheet
from app.savings import opening_entry, opening_list
from app.savings.forms import OpeningForm, OpeningListForm
from app.savings.opening_list import Row, Verdict
from app.web.access import require
from app.web.once import done, once
from tenants.scope import current_tenant

bp = Blueprint(
    "opening_savings", __name__, url_prefix="/buku/saldo-awal/unggah", template_folder="templates"
)

_A_DAY = 24 * 60 * 60
_EVERYBODY = 1_000_000
SHOWN = 200


@bp.get("/")
@require(Permission.LEDGER_POST)
def new() -> str:
    return _new_page(OpeningListForm(formdata=None))


@bp.post("/")
@require(Permission.LEDGER_POST)
def examine() -> Any:
    """Say of each row what would become of it. Nothing is recorded yet."""
    form = OpeningListForm()
    if form.validate():
        upload = form.file.data
        try:
            rows = opening_list.examine(spreadsheet.read(upload.read(), upload.filename))
            kept = OpeningForm(formdata=None, on=_last_month_end())
            kept.rows.data = _signer().dumps(_packed(rows))
            return _verdict_page(rows, kept)
        except DomainError as error:
            form.refuse(form.file, str(error))
    return _new_page(form), 422


@bp.post("/masukkan")
@require(Permission.LEDGER_POST)
@once
def enter() -> Any:
    form = OpeningForm()
    rows = _kept(form.rows.data or "")
    if not form.validate():
        return _verdict_page(rows, form), 422
    try:
        posted = opening_entry.enter(rows, on=form.on.data)
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.on, str(error))
        return _verdict_page(rows, form), 422
    if posted is None:
        flash(_("Nothing was left to enter: all of it is in the books already."))
        return done(url_for("opening.show"))
    flash(_("The opening savings are in the books."))
    return done(
        url_for("ledger.journal", kind=posted.kind.value, year=posted.year, number=posted.number)
    )


@bp.get("/daftar.xlsx")
@require(Permission.LEDGER_POST)
def blank() -> Response:
    """The members, with empty columns to fill in."""
    head = ["Nomor anggota", "Nama", "Simpanan pokok", "Simpanan wajib", "Simpanan sukarela"]
    rows = [[m.code, m.name, None, None, None] for m in members.numbered_after(0, limit=_EVERYBODY)]
    sheet = Sheet("Saldo awal", (), head, rows, (16, 34, 18, 18, 18))
    response = Response(workbooks.workbook([sheet]), mimetype=workbooks.MIME)
    name = f"saldo-awal-simpanan-{current_tenant().slug}.xlsx"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _new_page(form: OpeningListForm) -> str:
    most = spreadsheet.most_rows()
    return render_template("savings/opening_list.html", form=form, most=most)


def _verdict_page(rows: list[Row], form: OpeningForm) -> str:
    by = {verdict: [row for row in rows if row.verdict is verdict] for verdict in Verdict}
    good = by[Verdict.GOOD]
    return render_template(
        "savings/opening_verdict.html",
        form=form,
        good=good,
        known=by[Verdict.KNOWN],
        bad=by[Verdict.BAD],
        sums=[sum(row.saved[n] for row in good) for n in range(3)],
        shown=SHOWN,
    )


def _packed(rows: list[Row]) -> str:
    plain = json.dumps([asdict(row) for row in rows]).encode()
    return base64.b64encode(zlib.compress(plain)).decode()


def _kept(signed: str) -> list[Row]:
    try:
        packed = _signer().loads(signed, max_age=_A_DAY)
    except BadData:
        raise DomainError(_("This page is too old. Send the list again.")) from None
    rows = json.loads(zlib.decompress(base64.b64decode(packed)))
    return [
        Row(**row | {"verdict": Verdict(row["verdict"]), "saved": tuple(row["saved"])})
        for row in rows
    ]


def _signer() -> URLSafeTimedSerializer:
    """A list read for one cooperative is of no use in another."""
    return URLSafeTimedSerializer(str(current_app.secret_key), f"opening.{current_tenant().id}")


def _last_month_end() -> Any:
    return Period.current().first_day - timedelta(days=1)
