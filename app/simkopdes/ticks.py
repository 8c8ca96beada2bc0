"""What a cooperative has entered in SIMKOPDES, and what has changed since."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import g
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from app.auth.models import User
from app.core import clock
from app.extensions import db
from app.simkopdes.models import SimkopdesTick
from app.simkopdes.sheet import Field, Section


@dataclass(frozen=True)
class Entered:
    """The last tick of a field."""

    value: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Line:
    """A field, and what was entered of it last (None: nothing yet)."""

    field: Field
    entered: Entered | None

    @property
    def changed(self) -> bool:
        """Whether something else was entered than stands here now."""
        return self.entered is not None and self.entered.value != self.field.value

    @property
    def waits(self) -> bool:
        """Whether there is something to enter."""
        return self.changed or (self.entered is None and self.field.value != "")


@dataclass(frozen=True)
class Part:
    title: str
    lines: Sequence[Line]

    @property
    def waiting(self) -> int:
        return sum(line.waits for line in self.lines)


def beside(sections: Sequence[Section]) -> list[Part]:
    """The sections with the last tick of each field. One question."""
    last = _last()
    return [
        Part(section.title, [Line(field, last.get(field.key)) for field in section.fields])
        for section in sections
    ]


def tick(values: Mapping[str, str]) -> int:
    """Note that these values were entered; what stands noted already is not noted again.

    Returns how many were noted. The caller commits.
    """
    last = _last()
    new = {
        field: value
        for field, value in values.items()
        if field not in last or last[field].value != value
    }
    for field, value in new.items():
        db.session.add(SimkopdesTick(field=field, value=value, by=g.get("actor_id")))
    db.session.flush()
    return len(new)


def as_csv(parts: Sequence[Part]) -> bytes:
    """The list for Excel as it is set up here: semicolons, and a mark of its encoding."""
    buffer = io.StringIO(newline="")
    rows = csv.writer(buffer, delimiter=";")
    rows.writerow(["bagian", "isian", "nilai", "diinput", "oleh", "nilai saat diinput"])
    for part in parts:
        for line in part.lines:
            cells = [part.title, line.field.label, line.field.value, *_noted(line.entered)]
            rows.writerow([_harmless(cell) for cell in cells])
    return buffer.getvalue().encode("utf-8-sig")


def _noted(entered: Entered | None) -> list[str]:
    if entered is None:
        return ["", "", ""]
    day = clock.day_of(entered.at).strftime("%d-%m-%Y")
    return [day, entered.by, entered.value]


def _harmless(cell: str) -> str:
    """Text that Excel would take for a formula stays text; negative figures are figures."""
    looks = cell[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{cell}" if looks and not cell.lstrip("-").isdigit() else cell


def _last() -> dict[str, Entered]:
    query = (
        select(SimkopdesTick, User.name)
        .outerjoin(User, User.id == SimkopdesTick.by)
        .ext(distinct_on(SimkopdesTick.field))
        .order_by(SimkopdesTick.field, SimkopdesTick.id.desc())
    )
    return {
        tick.field: Entered(tick.value, tick.at, name or "")
        for tick, name in db.session.execute(query)
    }
