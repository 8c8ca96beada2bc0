"""The city's pages: the cooperatives beside each other, and one of them."""

from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, abort, flash, g, render_template, request, url_for
from flask_babel import gettext as _
from kombu.exceptions import OperationalError as NoBroker

from app.auth.permissions import Permission
from app.companions import access
from app.core import clock
from app.core.period import Period
from app.jobs import services as jobs
from app.launch import board
from app.open import lines
from app.printing.workbooks import MIME
from app.supervision import attention, charts, glance, mergers, overview, profile, snoozes, tables
from app.supervision.checklist import ITEMS, Proof
from app.supervision.forms import ChoiceForm
from app.supervision.measures import MEASURES, Measure
from app.supervision.overview import Standing
from app.web.access import require
from app.web.forms import Form
from app.web.once import done, once
from app.web.paging import page_of
from app.web.words import FINDING_STATES, ITEM_STATES, TENANT_STATUSES
from tasks.jobs import run as work

Value = int | None

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
    sums, stages = glance.together(*where)
    page = page_of(sums.total, glance.PAGE, lambda n: _index_url(hal=n))
    ranking = glance.ranking(measure, *where, order=form.urut.data, first=page.first)
    return render_template(
        "supervision/index.html",
        form=form,
        measure=measure,
        page=page,
        ranking=ranking,
        together={m: m.of(sums.row) for m in MEASURES.values()},
        few={m: count for m in MEASURES.values() if (count := m.left_out([sums.row]))},
        stages=stages,
        sums=sums,
        span=dict(request.args),
        **_drawn(ranking, sums.total),
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


@bp.get("/koperasi/<name>")
@require(Permission.CITY_VIEW)
def show(name: str) -> str:
    """One cooperative beside its district and the city; figures only."""
    today = clock.today()
    tenant = overview.find(name) or abort(404)
    (standing,) = overview.standings(Period.of(today), months=24, tenant_id=tenant.id)
    gone, came = mergers.concerning(tenant.id)
    return render_template(
        "supervision/show.html",
        standing=standing,
        gone=gone,
        came=came,
        measures=_beside(standing, Period.of(today)),
        spark=charts.sparkline,
        raised=snoozes.sort_out(attention.alerts([standing], today), today)[0],
        again=Form(formdata=None),
        may_visit=access.concerns(tenant.id),
        **_said_of(standing),
    )


@bp.post("/koperasi/<name>/hitung")
@require(Permission.CITY_VIEW)
@once
def ask(name: str) -> Any:
    """Have the cooperative's figures of today computed now, in its own scope."""
    tenant = overview.find(name) or abort(404)
    job = jobs.ask("supervision.report", str(g.form_key), tenant_id=tenant.id)
    job_id = job.id
    flash(_("The figures are being computed. Look again in a minute."))
    response = done(url_for("city.show", name=name))
    with suppress(NoBroker):
        work.delay(job_id)
    return response


def _drawn(ranking: list[glance.Place], total: int) -> dict[str, Any]:
    """The map, where all are on one page, and the lines of months on one scale."""
    values = (value or 0 for place in ranking for value in place.history)
    return {
        "tiles": glance.tiles(ranking) if total <= glance.PAGE else [],
        "spark": charts.sparkline,
        "highest": max(values, default=0),
    }


def _beside(standing: Standing, period: Period) -> list[tuple[Measure, Value, Value, Value]]:
    """Each measure of a cooperative, of its district and of the city."""
    near, everybody = glance.sums(period, standing.district), glance.sums(period)
    return [(m, m.of(standing.now), m.of(near.row), m.of(everybody.row)) for m in MEASURES.values()]


def _said_of(standing: Standing) -> dict[str, Any]:
    """What the city knows of a cooperative besides its figures, with the words for it."""
    return {
        "about": profile.particulars(standing.id),
        "seats": profile.seats(standing.id),
        "steps": profile.steps(standing.id),
        "papers": board.places(slug=standing.slug)[0],
        "legal": [item for item in ITEMS.values() if item.proof is Proof.DOCUMENT],
        "item_states": ITEM_STATES,
        "seals": overview.seals_of(standing),
        "visits": overview.visits_to(standing),
        "findings": overview.findings_at(standing),
        "finding_states": FINDING_STATES,
        "published": lines.published(standing.id),
        "statuses": {status.value: name for status, name in TENANT_STATUSES.items()},
    }


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
