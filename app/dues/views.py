"""The monthly dues as a whole: billing them, watching it happen, and who owes."""

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from flask import Blueprint, abort, flash, g, render_template, request, url_for
from flask_babel import gettext as _
from kombu.exceptions import OperationalError as NoBroker

from app.auth.permissions import Permission
from app.core.errors import DomainError
from app.core.period import Period
from app.dues import accrual, arrears, waivers
from app.dues.arrears import BUCKETS, Debtor
from app.dues.forms import RunForm, WaiverForm
from app.extensions import db
from app.jobs import services as jobs
from app.jobs.models import Job
from app.members import services as members
from app.members.models import Member
from app.web.access import require
from app.web.forms import Form
from app.web.once import done, once
from app.web.paging import page_of
from app.web.words import JOB_STATES
from tasks.jobs import run as work
from tenants.scope import current_tenant

bp = Blueprint("dues", __name__, url_prefix="/tagihan", template_folder="templates")

KIND = "dues.accrual"
PAGE = 50


@bp.get("/")
@require(Permission.DUES_VIEW)
def index() -> str:
    """This month at a glance, and every run that billed or found nothing to bill."""
    period = Period.current()
    return render_template(
        "dues/index.html",
        month_billed=accrual.preview(period),
        this_month=period,
        sums=arrears.sums_of(period),
        runs=jobs.runs(KIND, limit=20),
        states=JOB_STATES,
    )


@bp.get("/jalankan")
@require(Permission.DUES_ACCRUE)
def preview() -> tuple[str, int]:
    """What a run would bill, before anybody is billed."""
    if "period" not in request.args:
        return _preview_page(RunForm(formdata=None, period=Period.current()), True), 200
    form = RunForm(request.args, meta={"csrf": False})
    fine = _fine(form)
    return _preview_page(form, fine), 200 if fine else 422


@bp.post("/jalankan")
@require(Permission.DUES_ACCRUE)
@once
def start() -> Any:
    """Write the run down, then tell the queue; were the queue away, the sweep takes it up."""
    form = RunForm()
    if not _fine(form):
        return _preview_page(form, False), 422
    job = jobs.ask(
        KIND, str(g.form_key), tenant_id=current_tenant().id, period=str(form.period.data)
    )
    job_id = job.id
    response = done(url_for("dues.run", id=job_id))
    with suppress(NoBroker):
        work.delay(job_id)
    return response


@bp.get("/proses/<int:id>")
@require(Permission.DUES_VIEW)
def run(id: int) -> str:
    """How far a run is; the page asks again by itself until it is done."""
    job = jobs.find(id)
    if job is None or job.kind != KIND:
        abort(404)
    return render_template(
        "dues/run.html", job=job, states=JOB_STATES, again=Form(formdata=None), why=_in_words(job)
    )


@bp.post("/proses/<int:id>/ulangi")
@require(Permission.DUES_ACCRUE)
@once
def retry(id: int) -> Any:
    """Let a run that failed be done again: what it billed already is not billed twice."""
    job = jobs.find(id)
    if job is None or job.kind != KIND:
        abort(404)
    jobs.retry(job)
    response = done(url_for("dues.run", id=id))
    with suppress(NoBroker):
        work.delay(id)
    return response


@bp.get("/tunggakan")
@require(Permission.DUES_VIEW)
def owing() -> str:
    """Who owes months that have fallen due, by age; to be narrowed by age, RT and group."""
    everybody = arrears.debtors()
    age, place, group = (request.args.get(name, "") for name in ("umur", "rt", "kelompok"))
    here = [d for d in everybody if place in ("", d.neighbourhood) and group in ("", d.group)]
    found = [d for d in here if age in ("", d.oldest)]
    page = page_of(
        len(found), PAGE, lambda n: _owing_url(umur=age, rt=place, kelompok=group, hal=n)
    )
    return render_template(
        "dues/arrears.html",
        shown=found[page.first : page.shown],
        page=page,
        months=sum(d.months for d in found),
        sums=[sum(bucket) for bucket in zip(*(d.buckets for d in found), strict=True)],
        age=age,
        ages=_by_age(here),
        place=place,
        places=sorted({d.neighbourhood for d in everybody if d.neighbourhood}),
        group=group,
        groups=sorted({d.group for d in everybody if d.group}),
        url=_owing_url,
    )


def _by_age(debtors: Sequence[Debtor]) -> list[tuple[str | None, int]]:
    """How many there are in all, and of each age."""
    counted = Counter(debtor.oldest for debtor in debtors)
    return [(None, len(debtors)), *((bucket, counted[bucket]) for bucket in BUCKETS)]


def _owing_url(**narrowed: Any) -> str:
    """The list, narrowed; what does not narrow is left out of the address."""
    kept = {name: value for name, value in narrowed.items() if value and value != 1}
    return url_for("dues.owing", **kept)


@bp.get("/<int:number>/bebas")
@require(Permission.DUES_WAIVE)
def waive(number: int) -> str:
    member = members.find(number) or abort(404)
    return _waive_page(member, WaiverForm(formdata=None, period=Period.current()))


@bp.post("/<int:number>/bebas")
@require(Permission.DUES_WAIVE)
@once
def let_off(number: int) -> Any:
    member = members.find(number) or abort(404)
    form = WaiverForm()
    if not form.validate():
        return _waive_page(member, form), 422
    try:
        waivers.waive(member, form.period.data, form.reason.data or "")
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.period, str(error))
        return _waive_page(member, form), 422
    flash(_("The month has been let off."))
    return done(url_for("dues.waive", number=number))


def _in_words(job: Job) -> str:
    """Why a run failed, where the reason is one that people can mend."""
    technical = re.match(r"\w+(Error|Exception|Timeout)\b", job.error)
    return "" if technical else job.error


def _fine(form: RunForm) -> bool:
    if not form.validate():
        return False
    if form.period.data > Period.current():
        form.refuse(form.period, _("This month is still to come."))
        return False
    return True


def _preview_page(form: RunForm, fine: bool) -> str:
    would = accrual.preview(form.period.data) if fine else None
    send = RunForm(formdata=None, period=form.period.data) if fine else None
    return render_template("dues/preview.html", form=form, would=would, send=send)


def _waive_page(member: Member, form: WaiverForm) -> str:
    return render_template("dues/waive.html", member=member, form=form)
