"""The city's side: the ministry's statistics taken over, and beside our own figures."""

from typing import Any

from flask import Blueprint, Response, abort, flash, render_template, request, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core.errors import DomainError
from app.extensions import db
from app.printing.workbooks import MIME
from app.simkopdes import comparison, services, statistics, tables
from app.simkopdes.comparison import COMPARED, Line
from app.simkopdes.forms import ChoiceForm, StatisticsForm
from app.supervision import overview
from app.web.access import require
from app.web.once import done, once
from app.web.paging import page_of

PAGE = 50

bp = Blueprint("ministry", __name__, url_prefix="/kota/simkopdes", template_folder="templates")


@bp.get("/")
@require(Permission.CITY_VIEW)
def index() -> str:
    """Every cooperative with both sets of figures, of the latest statistics unless asked."""
    days = comparison.days()
    if not days:
        return render_template("simkopdes/nothing.html")
    form, found = _chosen()
    shown = [line for line in found if line.departs] if form.tampil.data == "beda" else found
    page = page_of(len(shown), PAGE, lambda n: _address(hal=n))
    return render_template(
        "simkopdes/index.html",
        form=form,
        page=page,
        lines=shown[page.first : page.shown],
        all=found,
        on=form.on,
        heads=[(_("Ward"), ""), *((compared.label, "") for compared in COMPARED)],
    )


@bp.get("/perbandingan.xlsx")
@require(Permission.CITY_VIEW)
def as_workbook() -> Response:
    form, found = _chosen()
    response = Response(tables.workbook_of(found, form.on), mimetype=MIME)
    name = f"perbandingan-simkopdes-{form.on.isoformat()}.xlsx"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@bp.get("/koperasi/<name>")
@require(Permission.CITY_VIEW)
def show(name: str) -> str:
    """One cooperative: what differs by how much, and the ministry's other columns."""
    tenant = overview.find(name) or abort(404)
    days = comparison.days()
    if not days:
        return render_template("simkopdes/nothing.html")
    history = [(on, comparison.lines(on, slug=tenant.slug)[0]) for on in days[:12]]
    return render_template("simkopdes/show.html", tenant=tenant, history=history)


@bp.get("/berkas/")
@require(Permission.CITY_RECORD)
def files() -> str:
    return _files_page(StatisticsForm(formdata=None))


@bp.post("/berkas/")
@require(Permission.CITY_RECORD)
@once
def take_over() -> Any:
    form = StatisticsForm()
    if form.validate():
        upload = form.file.data
        try:
            kept = services.take_over(upload.read(), upload.filename, form.on.data)
            flash(_("The statistics are taken over."))
            return done(url_for("ministry.file", id=kept.id))
        except DomainError as error:
            db.session.rollback()
            form.refuse(form.file, str(error))
    return _files_page(form), 422


@bp.get("/berkas/<int:id>")
@require(Permission.CITY_RECORD)
def file(id: int) -> str:
    """A file that was taken over: what was objected to, and its rows as they were sent."""
    kept = services.find(id) or abort(404)
    objections = list(statistics.in_words(kept.objections))
    return render_template("simkopdes/file.html", kept=kept, objections=objections)


def _address(hal: int) -> str:
    asked: dict[str, Any] = {**request.args, "hal": hal if hal > 1 else None}
    return url_for("ministry.index", **asked)


def _chosen() -> tuple[ChoiceForm, list[Line]]:
    """What is asked for; what is no choice is not found."""
    days = comparison.days() or abort(404)
    asked = request.args.copy()
    asked.setdefault("hari", days[0].isoformat())
    asked.setdefault("kecamatan", "")
    asked.setdefault("tampil", "")
    form = ChoiceForm(asked, meta={"csrf": False})
    form.offer(days, overview.districts())
    if not form.validate():
        abort(404)
    return form, comparison.lines(form.on, district=form.kecamatan.data)


def _files_page(form: StatisticsForm) -> str:
    return render_template("simkopdes/files.html", form=form, files=services.files())
