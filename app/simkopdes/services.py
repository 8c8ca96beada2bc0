"""Taking over the ministry's statistics, per day of statistics."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from app.core.errors import DomainError
from app.core.identity import holds_personal_number
from app.extensions import db
from app.members import spreadsheet
from app.members.spreadsheet import Rows
from app.simkopdes import statistics
from app.simkopdes.models import MinistryFigures, MinistryFile
from tenants.queries import all_tenants

_KEY = ["tenant_id", "on"]


def take_over(content: bytes, file_name: str, on: date) -> MinistryFile:
    """Keep a file and the figures in it; the same file of the same day, nothing is done again.

    Another file of the same day replaces the figures of the wards that it names. The caller
    commits.
    """
    digest = hashlib.sha256(content).hexdigest()
    same = (MinistryFile.on == on, MinistryFile.digest == digest)
    if earlier := db.session.scalar(select(MinistryFile).where(*same)):
        return earlier
    rows = _read(content, file_name)
    read = statistics.examine(rows, all_tenants())
    kept = MinistryFile(
        on=on,
        file_name=file_name[-200:],
        digest=digest,
        rows=rows,
        objections=read.objections,
        cooperatives=len(read.found),
        created_by=g.get("actor_id"),
    )
    db.session.add(kept)
    db.session.flush()
    for tenant_id, found in read.found.items():
        _keep(tenant_id, kept, {**found.figures, "others": found.others})
    return kept


def find(file_id: int) -> MinistryFile | None:
    return db.session.get(MinistryFile, file_id)


def files(*, limit: int = 20) -> Sequence[MinistryFile]:
    """The files taken over, the latest statistics first."""
    query = select(MinistryFile).order_by(MinistryFile.on.desc(), MinistryFile.id.desc())
    return db.session.scalars(query.limit(limit)).all()


def _read(content: bytes, file_name: str) -> Rows:
    """The rows of a file; `DomainError` where somebody's number stands in it."""
    rows = spreadsheet.read(content, file_name)
    if holds_personal_number("\n".join([file_name, *(cell for row in rows for cell in row)])):
        raise DomainError(
            _("A NIK or telephone number stands in this file: it is no statistics of cooperatives.")
        )
    return rows


def _keep(tenant_id: int, kept: MinistryFile, figures: dict[str, Any]) -> None:
    row = {"file_id": kept.id, **figures}
    db.session.execute(
        postgresql.insert(MinistryFigures)
        .values(tenant_id=tenant_id, on=kept.on, **row)
        .on_conflict_do_update(index_elements=_KEY, set_=row)
    )
