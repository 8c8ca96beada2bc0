"""The city's pages: the cooperatives beside each other, the week's list, one of them."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, render_template, request, url_for

from app.auth.permissions import Permission
from app.companions import access
from app.core import clock
from app.core.period import Period
from app.printing.workbooks import MIME
from app.supervision import attention, charts, glance, overview, tables
from app.supervision.forms import ChoiceForm
from app.supervision.measures import MEASURES
from app.web.access import require
from app.web.paging import page_of
from app.web.words import FINDING_STATES, OFFICES

bp = Blueprint("city", __name__, url_prefix="/kota", template_folder="templates")


@bp.get("/")
@require(Permission.CITY_VIEW)
def index() -> Any:
    """The map, the ranking and the way of each cooperative, in a month one chooses."""
    form = _form()
    if request.args and not form.validate():
        return render_template("supervision/wrong.html", form=form), 422
    measure = MEASURES[form.ukuran.data]
    where = (form.bulan.data, form.kecamatan.data or "")
    together = glance.sums(*where)
    page = page_of(together.total, glance.PAGE, lambda n: _index_url(hal=n))
    ranking = glance.ranking(measure, *where, order=form.urut.data, first=page.first)
    return render_template(
        "supervision/index.html",
        form=form,
        measure=measure,
        page=page,
        tiles=glance.tiles(ranking) if together.total <= glance.PAGE else [],
        ranking=ranking,
        together={m: m.of(together.row) for m in MEASURES.values()},
        stages=glance.funnel(*where),
        sums=together,
        spark=charts.sparkline,
        highest=max((value or 0 for place in ranking for value in place.history), default=0),
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
    raised = attention.alerts(overview.standings(Period.of(today), months=2), today)
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
    period = Period.of(today)
    tenant = overview.find(name) or abort(404)
    (standing,) = overview.standings(period, months=24, tenant_id=tenant.id)
    near, everybody = glance.sums(period, standing.district), glance.sums(period)
    return render_template(
        "supervision/show.html",
        standing=standing,
        measures=[
            (m, m.of(standing.now), m.of(near.row), m.of(everybody.row)) for m in MEASURES.values()
        ],
        spark=charts.sparkline,
        raised=attention.alerts([standing], today),
        seals=overview.seals_of(standing),
        visits=overview.visits_to(standing),
        findings=overview.findings_at(standing),
        states=FINDING_STATES,
        seats=OFFICES,
        may_visit=access.concerns(tenant.id),
    )


def _index_url(hal: int) -> str:
    asked: dict[str, Any] = {**request.args, "hal": hal if hal > 1 else None}
    return url_for("city.index", **asked)


def _form() -> ChoiceForm:
    asked = request.args.copy()
    if asked:  # what is not asked for is as usual
        usual = {
            "bulan": str(Period.current()),
            "ukuran": next(iter(MEASURES)),
            "kecamatan": "",
            "urut": next(iter(glance.ORDERS)),
        }
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
    return overview.standings(period, form.kecamatan.data or "", months=1), period
