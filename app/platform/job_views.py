"""What ran for the cooperatives, how it went, and whether the platform is alive."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask_babel import gettext as _
from kombu.exceptions import OperationalError as NoBroker

from app.auth.permissions import Permission
from app.backups.standing import standing
from app.core import clock
from app.jobs import everywhere
from app.jobs import services as jobs
from app.jobs.models import JobState
from app.platform import health
from app.web.access import require
from app.web.forms import Form
from app.web.health import checks
from app.web.once import done, once
from app.web.paging import page_of
from app.web.words import JOB_KINDS, JOB_STATES
from tasks.jobs import run as work

bp = Blueprint("runs", __name__, url_prefix="/operator/pekerjaan", template_folder="templates")

Chip = tuple[Any, str, bool, int | None]

PAGE = 25
SINCE = timedelta(days=7)


@bp.get("/")
@require(Permission.CITY_OPERATE)
def index() -> str:
    """The page asks again by itself, so that a worker that died is seen within a minute."""
    kind, state = request.args.get("jenis", ""), _state(request.args.get("keadaan", ""))
    total = everywhere.count(kind=kind, state=state)
    page = page_of(total, PAGE, lambda number: _url(kind, state, hal=number))
    return render_template(
        "runs/index.html",
        **_alive(),
        tallies=everywhere.tallies(SINCE),
        runs=everywhere.runs(kind=kind, state=state, first=page.first, limit=PAGE),
        page=page,
        by_kind=_by_kind(kind, state),
        by_state=_by_state(kind, state),
        by_command=jobs.BY_COMMAND,
        url=_url,
        kinds=JOB_KINDS,
        states=JOB_STATES,
        again=Form(formdata=None),
    )


@bp.post("/<int:id>/ulangi")
@require(Permission.CITY_OPERATE)
@once
def retry(id: int) -> Any:
    """Have a run that stopped done again; what it did already is not done twice."""
    job = everywhere.find(id) or abort(404)
    jobs.retry(job)
    flash(_("The run is put back and will be taken up at once."))
    response = done(url_for("runs.index"))
    with suppress(NoBroker):
        work.delay(id)
    return response


def _alive() -> dict[str, Any]:
    """How the parts of the platform are, and its backups."""
    return {
        "health": checks(),
        "worker": health.worker(),
        "waiting_since": everywhere.oldest_waiting(),
        "backups": standing(),
        "now": clock.now(),
    }


def _state(asked: str) -> JobState | None:
    return JobState(asked) if asked in list(JobState) else None


def _by_kind(kind: str, state: JobState | None) -> list[Chip]:
    chips: list[Chip] = [(_("All kinds"), _url("", state), not kind, None)]
    return chips + [(n, _url(k, state), k == kind, None) for k, n in JOB_KINDS.items()]


def _by_state(kind: str, state: JobState | None) -> list[Chip]:
    chips: list[Chip] = [(_("All states"), _url(kind, None), state is None, None)]
    return chips + [
        (name, _url(kind, one), one is state, everywhere.count(kind=kind, state=one))
        for one, name in JOB_STATES.items()
    ]


def _url(kind: str, state: JobState | None, **more: Any) -> str:
    """The list, narrowed; what does not narrow is left out of the address."""
    narrowed = {"jenis": kind, "keadaan": state.value if state else ""} | more
    kept = {name: value for name, value in narrowed.items() if value and value != 1}
    return url_for("runs.index", **kept)
