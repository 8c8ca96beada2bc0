"""A list of members from its upload to its lasting result.

It is kept when it is sent, examined as often as its columns are corrected, and entered by a
job in one transaction: whatever happens to the worker, all of it is entered or nothing is.
`verdict` holds, for the good and the bad rows, lists of {"row", "name", "reasons"}; of a list in
several sheets also "place", the row and the sheet. `columns` is `Columns` as JSON, with "unread",
the names of the sheets that hold people and were left aside, and "hidden", the rows of people that
the file does not show.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from app.auth.models import User
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.jobs import services as jobs
from app.jobs.models import Job
from app.members import entering, spreadsheet
from app.members.columns import SAVED, Columns
from app.members.entering import Report
from app.members.errors import no_headers
from app.members.examining import Bad, Examined, Good, examine
from app.members.gathering import gather
from app.members.models import ImportMode, ImportState, MemberImport
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import setting

JOB = "members.import"
_NAMED = 100  # hidden rows that are told


def keep(content: bytes, file_name: str) -> MemberImport:
    """Read a list, guess its columns, examine it and keep all that. The caller commits."""
    found = gather(spreadsheet.sheets(content, file_name))
    kept = MemberImport(
        file_name=file_name[-200:],
        digest=hashlib.sha256(content).hexdigest(),
        rows=found.rows,
        columns={"unread": list(found.unread), "hidden": list(found.hidden[:_NAMED])},
        created_by=g.get("actor_id"),
    )
    examine_by(kept, found.columns)
    db.session.add(kept)
    db.session.flush()
    return kept


def examine_by(kept: MemberImport, columns: Columns) -> None:
    """Examine a list by these columns; without a name and a NIK there is nothing to say yet."""
    if kept.state is ImportState.ENTERED or is_at_work(kept):
        raise DomainError(_("This list is being entered already."))
    kept.columns = {**kept.columns, **columns.as_json()}
    kept.state, kept.refusal = ImportState.EXAMINED, ""
    found = examine(kept.rows, columns) if columns.are_enough else Examined((), ())
    _note(kept, found)
    db.session.flush()


def require_columns(kept: MemberImport) -> None:
    """Refuse a list in which no name and no NIK was found."""
    if not Columns.from_json(kept.columns).are_enough:
        raise no_headers()


def order(kept: MemberImport, mode: ImportMode, *, key: str) -> Job:
    """Write down that a list is to be entered. The caller commits, then tells the queue."""
    db.session.refresh(kept, ["state", "bad", "job_id"], with_for_update=True)
    if kept.state is ImportState.ENTERED or is_at_work(kept):
        raise DomainError(_("This list is being entered already."))
    require_columns(kept)
    if not kept.good:
        raise DomainError(_("There is nobody in this list who can be taken over."))
    if mode is ImportMode.ALL and kept.bad:
        raise DomainError(_("Some rows cannot be taken over, so nothing would be entered."))
    job = jobs.ask(JOB, key, tenant_id=current_tenant().id, list=kept.id)
    kept.state, kept.mode, kept.job_id, kept.refusal = ImportState.ORDERED, mode, job.id, ""
    db.session.flush()
    return job


def carry_out(list_id: int, report: Report) -> dict[str, Any]:
    """Enter an ordered list, or say why not; done already, nothing happens. The caller commits.

    It is examined anew while nobody else can register: people may have come meanwhile.
    """
    kept = db.session.scalar(
        select(MemberImport).where(MemberImport.id == list_id).with_for_update()
    )
    if kept is None:
        raise DomainError(_("This list has been deleted."))
    if kept.state is not ImportState.ENTERED:
        try:
            with db.session.begin_nested():
                _enter(kept, report)
        except DomainError as error:
            kept.state, kept.refusal = ImportState.REFUSED, str(error)[:300]
        db.session.flush()
    return {"good": kept.good, "bad": kept.bad, "state": kept.state.value}


def is_at_work(kept: MemberImport) -> bool:
    """Whether a job is still to enter the list, or entering it now."""
    job = job_of(kept)
    return kept.state is ImportState.ORDERED and job is not None and job.is_open


def job_of(kept: MemberImport) -> Job | None:
    return db.session.get(Job, kept.job_id, populate_existing=True) if kept.job_id else None


def find(list_id: int) -> MemberImport | None:
    return db.session.scalar(select(MemberImport).where(MemberImport.id == list_id))


@dataclass(frozen=True)
class Sent:
    """A list with the name of who sent it (empty: from the command line)."""

    kept: MemberImport
    by: str


def recent(*, limit: int = 20) -> Sequence[Sent]:
    """The latest lists of the cooperative."""
    query = (
        select(MemberImport, User.name)
        .outerjoin(User, User.id == MemberImport.created_by)
        .order_by(MemberImport.id.desc())
        .limit(limit)
    )
    return [Sent(kept, name or "") for kept, name in db.session.execute(query)]


def entered_before(kept: MemberImport) -> MemberImport | None:
    """The same file, where it was entered at an earlier time."""
    return db.session.scalar(
        select(MemberImport)
        .where(
            MemberImport.digest == kept.digest,
            MemberImport.id != kept.id,
            MemberImport.state == ImportState.ENTERED,
            MemberImport.entered_at < kept.created_at,
        )
        .order_by(MemberImport.id.desc())
        .limit(1)
    )


def entered_by(kept: MemberImport) -> str:
    """The name of who had a list entered; empty for the command line."""
    user = db.session.get(User, kept.entered_by) if kept.entered_by else None
    return user.name if user else ""


def days_kept() -> int:
    """For how many days the rows of a list are kept."""
    return int(setting(Key.IMPORT_DAYS, clock.today()))


def bad_rows(kept: MemberImport) -> list[list[str]]:
    """The rows that cannot be taken over, in their own form, each with the reason at its end."""
    width = _own_width(kept)
    return [
        [*_widened(kept.rows[bad["row"] - 1], width), " ".join(bad["reasons"])]
        for bad in kept.verdict.get("bad", ())
    ]


def header_of(kept: MemberImport) -> list[str]:
    return _widened(_labels(kept), _own_width(kept))


def forget_old() -> int:
    """Delete what is no longer needed of people in old lists; return how many lists changed.

    A list that was never entered goes as a whole; of an entered one the figures stay.
    """
    old = MemberImport.created_at < clock.now() - timedelta(days=days_kept())
    entered = MemberImport.state == ImportState.ENTERED
    emptied = db.session.scalars(
        update(MemberImport)
        .where(old, entered, MemberImport.verdict != {})
        .values(rows=[], verdict={})
        .returning(MemberImport.id)
    ).all()
    deleted = db.session.scalars(
        delete(MemberImport).where(old, ~entered).returning(MemberImport.id)
    ).all()
    return len(emptied) + len(deleted)


def _enter(kept: MemberImport, report: Report) -> None:
    entering.hold_register()
    found = examine(kept.rows, Columns.from_json(kept.columns))
    _note(kept, found)
    if kept.mode is ImportMode.ALL and found.bad:
        raise DomainError(
            _("Meanwhile some rows can no longer be taken over, so nothing was entered.")
        )
    entering.enter(found.good, on=clock.today(), source=str(kept.id), report=report)
    kept.state, kept.entered_at = ImportState.ENTERED, clock.now()
    kept.entered_by = g.get("actor_id")
    _forget_good(kept)


def _note(kept: MemberImport, found: Examined) -> None:
    columns = Columns.from_json(kept.columns)
    kept.good, kept.bad = len(found.good), len(found.bad)
    kept.saved = {kind: sum(getattr(row, kind) for row in found.good) for kind in SAVED}
    kept.verdict = {
        "good": [_told(columns, row, ()) for row in found.good],
        "bad": [_told(columns, row, row.reasons) for row in found.bad],
    }


def _told(columns: Columns, row: Good | Bad, reasons: Sequence[str]) -> dict[str, Any]:
    told = {"row": row.row, "name": row.name, "reasons": list(reasons)}
    return {**told, "place": columns.place(row.row)} if columns.sheets else told


def _forget_good(kept: MemberImport) -> None:
    """Who was entered stands in the register; the list need not keep a second copy."""
    wanted = {bad["row"] - 1 for bad in kept.verdict["bad"]}
    wanted |= {kept.columns["header"], kept.columns["header"] - kept.columns.get("over", 0)}
    kept.rows = [row if place in wanted else [] for place, row in enumerate(kept.rows)]
    kept.verdict = {"good": [], "bad": kept.verdict["bad"]}


def _labels(kept: MemberImport) -> list[str]:
    return Columns.from_json(kept.columns).labels(kept.rows)


def _own_width(kept: MemberImport) -> int:
    """How many columns the list has; the reasons of an earlier time are none of them."""
    width, labels = max((len(row) for row in kept.rows), default=0), _labels(kept)
    return width - (len(labels) == width and labels[-1:] == [_("Reason")])


def _widened(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))][:width]
