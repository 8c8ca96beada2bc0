"""The city's pages: the cooperatives beside each other, the week's list, one of them."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, render_template, request

from app.auth.permissions import Permission
from app.core import clock
from app.core.period import Period
from app.printing.workbooks import MIME
from app.supervision import attention, charts, overview, tables
from app.supervision.forms import ChoiceForm
from app.supervision.measures import MEASURES
from app.web.access import require

bp = Blueprint("city", __name__, url_prefix="/kota", template_folder="templates")


@bp.get("/")
@require(Permission.CITY_VIEW)
def index() -> Any:
    """The map, the ranking and the way of each cooperative, in a month one chooses."""
    form = _form()
    if request.args and not form.validate():
        return render_template("supervision/wrong.html", form=form), 422
    found = overview.standings(form.bulan.data, form.kecamatan.data or "")
    measure = MEASURES[form.ukuran.data]
    return render_template(
        "supervision/index.html",
        form=form,
        measure=measure,
        tiles=overview.tiles(found),
        ranking=overview.ranked(found, measure),
        together={m: m.over([s.now for s in found]) for m in MEASURES.values()},
        stages=overview.funnel(found),
        reported=sum(s.now is not None for s in found),
        total=len(found),
        spark=charts.sparkline,
        highest=max((measure.of(r) or 0 for s in found for r in s.history), default=0),
        span=dict(request.args),
    )


@bp.get("/laporan.xlsx")
@require(Permission.CITY_VIEW)
def as_workbook() -> Response:
    """The month's figures of every cooperative, to add up again."""
    found, period = _chosen()
    response = Response(tables.workbook_of(found, period), mimetype=MIME)
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"laporan-kkmp-{period}.xlsx"
    )
    return response


@bp.get("/laporan.pdf")
@require(Permission.CITY_VIEW)
def as_pdf() -> Response:
    """The monthly report, ready to sign."""
    found, period = _chosen()
    response = Response(tables.report(found, period, at=clock.now()), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"laporan-kkmp-{period}.pdf")
    return response


@bp.get("/pekan-ini")
@require(Permission.CITY_VIEW)
def week() -> str:
    """What needs a person this week, and why."""
    today = clock.today()
    raised = attention.alerts(overview.standings(Period.of(today)), today)
    text = attention.as_text(raised, today)
    return render_template(
        "supervision/week.html",
        raised=raised,
        text=text,
        whatsapp=f"https://wa.me/?text={quote(text)}",
        explanations=attention.explanations(today),
    )


@bp.get("/koperasi/<name>")
@require(Permission.CITY_VIEW)
def show(name: str) -> str:
    """One cooperative beside its district and the city; figures only."""
    today = clock.today()
    everybody = overview.standings(Period.of(today))
    standing = next((s for s in everybody if s.slug == name), None) or abort(404)
    near = [s.now for s in everybody if s.district == standing.district]
    return render_template(
        "supervision/show.html",
        standing=standing,
        measures=[
            (m, m.of(standing.now), m.over(near), m.over([s.now for s in everybody]))
            for m in MEASURES.values()
        ],
        spark=charts.sparkline,
        raised=attention.alerts([standing], today),
        seals=overview.seals_of(standing),
    )


def _form() -> ChoiceForm:
    asked = request.args.copy()
    if asked:  # what is not asked for is as usual
        usual = {"bulan": str(Period.current()), "ukuran": next(iter(MEASURES)), "kecamatan": ""}
        for name, value in usual.items():
            asked.setdefault(name, value)
    form = ChoiceForm(asked or None, meta={"csrf": False})
    form.offer(overview.districts())
    return form


def _chosen() -> tuple[list[overview.Standing], Period]:
    form = _form()
    if request.args and not form.validate():
        abort(404)
    period: Period = form.bulan.data
    return overview.standings(period, form.kecamatan.data or ""), period
