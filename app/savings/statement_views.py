"""Savings statements: one member's on the screen and on paper, and all members' at once."""

from contextlib import suppress
from datetime import date
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    g,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask_babel import gettext as _
from kombu.exceptions import OperationalError as NoBroker

from app.audit import services as audit
from app.auth.permissions import Permission
from app.core import clock
from app.downloads import services as downloads
from app.downloads.models import Download
from app.extensions import db
from app.jobs import services as jobs
from app.jobs.models import Job
from app.ledger.forms import RangeForm
from app.members import services as members
from app.members.models import Member
from app.savings import statement_paper, statements
from app.savings.forms import YearForm
from app.web.access import require
from app.web.once import done, once
from app.web.words import JOB_STATES
from tasks.jobs import run as work
from tenants.scope import current_tenant

bp = Blueprint(
    "savings_statements", __name__, url_prefix="/laporan-simpanan", template_folder="templates"
)

KIND = "savings.statements"


@bp.get("/<int:number>/")
@require(Permission.MEMBERS_VIEW)
def show(number: int) -> tuple[str, int]:
    """A member's savings over a time, this year unless asked otherwise."""
    member, (form, first, last, fine) = _member(number), _range()
    page = render_template(
        "savings/statement.html",
        member=member,
        form=form,
        statement=statements.statement(member, first, last),
        chips=_chips(member, first, last),
        pdf=_address("savings_statements.sheet", member, first, last),
    )
    return page, 200 if fine else 422


@bp.get("/<int:number>/laporan.pdf")
@require(Permission.MEMBERS_VIEW)
def sheet(number: int) -> Response:
    member, (_form, first, last, fine) = _member(number), _range()
    if not fine:
        abort(404)
    content = statement_paper.sheet(statements.statement(member, first, last))
    response = Response(content, mimetype="application/pdf")
    name = f"laporan-simpanan-{member.code}.pdf"
    response.headers.set("Content-Disposition", "inline", filename=name)
    return response


@bp.get("/")
@require(Permission.MEMBERS_MANAGE)
def index() -> str:
    """All members' statements of a year, and those that were made before."""
    return _index(YearForm(formdata=None))


@bp.post("/")
@require(Permission.MEMBERS_MANAGE)
@once
def start() -> Any:
    """Write the work down, then tell the queue; were the queue away, the sweep takes it up."""
    form = YearForm()
    if not form.validate():
        return _index(form), 422
    year = form.year.data
    job = jobs.ask(KIND, str(g.form_key), tenant_id=current_tenant().id, year=year)
    job_id = job.id
    response = done(url_for("savings_statements.run", id=job_id))
    with suppress(NoBroker):
        work.delay(job_id)
    return response


@bp.get("/proses/<int:id>")
@require(Permission.MEMBERS_MANAGE)
def run(id: int) -> str:
    """How far it is; the page asks again by itself until the file can be fetched."""
    job = _job(id)
    return render_template(
        "savings/statements_run.html", job=job, kept=_kept(job), states=JOB_STATES
    )


@bp.get("/proses/<int:id>/unduh")
@require(Permission.MEMBERS_MANAGE)
def fetch(id: int) -> Response:
    """The file. Who fetched it is noted, since it holds what everybody has saved."""
    kept = _kept(_job(id)) or abort(404)
    audit.note("fetched", "downloads", kept.id, name=kept.name)
    db.session.commit()
    content = stream_with_context(downloads.pieces(kept.id))
    response = Response(content, mimetype=kept.mime)
    response.headers.set("Content-Disposition", "attachment", filename=kept.name)
    response.content_length = kept.size
    return response


def _member(number: int) -> Member:
    return members.find(number) or abort(404)


def _job(id: int) -> Job:
    job = jobs.find(id)
    return job if job is not None and job.kind == KIND else abort(404)


def _kept(job: Job) -> Download | None:
    return downloads.find(int(job.result["download"])) if "download" in job.result else None


def _index(form: YearForm) -> str:
    runs = jobs.runs(KIND, limit=20)
    return render_template("savings/statements.html", form=form, runs=runs, states=JOB_STATES)


def _range() -> tuple[RangeForm, date, date, bool]:
    """The days asked for in the address: this year unless others are."""
    form = RangeForm(request.args, meta={"csrf": False})
    fine = form.validate()
    first = form.dari.data or date(clock.today().year, 1, 1)
    last = form.sampai.data or clock.today()
    if not form.dari.typed:
        form.dari.data = first
    if not form.sampai.typed:
        form.sampai.data = last
    if fine and first > last:
        form.refuse(form.dari, _("The first day is after the last."))
        fine = False
    return form, min(first, last), last, fine


def _chips(member: Member, first: date, last: date) -> list[tuple[int, str, bool, None]]:
    """A button for each of the last years: its number, its address, whether it is shown."""
    shown = []
    for year in statements.years()[:4]:
        days = statements.days_of(year)
        address = _address("savings_statements.show", member, *days)
        shown.append((year, address, days == (first, last), None))
    return shown


def _address(endpoint: str, member: Member, first: date, last: date) -> str:
    dari, sampai = first.strftime("%d-%m-%Y"), last.strftime("%d-%m-%Y")
    return url_for(endpoint, number=member.number, dari=dari, sampai=sampai)
