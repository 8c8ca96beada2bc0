"""The city's board: every cooperative by every item, as each has reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import text

from app.core import clock
from app.supervision import city
from app.supervision.checklist import ITEMS, Item, State
from tenants.queries import standing_by_itself


class Outlook(StrEnum):
    """Whether a cooperative would be ready on a day."""

    LAUNCHED = "sudah"
    READY = "siap"
    PLANNED = "rencana"  # not ready, but planned for that day or before
    NOT_YET = "belum"


@dataclass(frozen=True)
class Mark:
    """How an item was reported, and until when it counts."""

    state: State
    valid_until: date | None
    held_since: date | None = None

    def on(self, day: date) -> State:
        ended = self.valid_until is not None and self.valid_until < day
        return State.EXPIRED if ended and self.state is State.HELD else self.state


@dataclass(frozen=True)
class Projection:
    """What was got done in the last weeks, what is missing, and when that would be done."""

    today: date
    weeks: int
    done: int
    missing: Sequence[Item]

    @property
    def on(self) -> date | None:
        """The day on which the last item would be there; None without a pace."""
        if not self.missing:
            return self.today
        if not self.done:
            return None
        return self.today + timedelta(days=-(-len(self.missing) * self.weeks * 7 // self.done))


_NOTHING = Mark(State.NOT_YET, None)


@dataclass(frozen=True)
class Place:
    """A cooperative on the board: its items, when it was launched, when it means to be."""

    id: int
    slug: str
    ward: str
    district: str
    marks: Mapping[str, Mark]
    soft_launched_on: date | None
    grand_launched_on: date | None
    soft_planned_on: date | None
    grand_planned_on: date | None
    meeting_on: date | None
    met_on: date | None  # the meeting held last

    def state(self, item: Item, day: date) -> State:
        return self.marks.get(item.key, _NOTHING).on(day)

    def missing(self, day: date) -> list[Item]:
        """What would not be there on a day."""
        return [item for item in ITEMS.values() if self.state(item, day) is not State.HELD]

    def done(self, day: date) -> int:
        return len(ITEMS) - len(self.missing(day))

    def projection(self, today: date, weeks: int) -> "Projection":
        """When everything would be there at the pace of the last weeks."""
        since = today - timedelta(weeks=weeks)
        won = [
            mark
            for mark in self.marks.values()
            if mark.held_since is not None
            and since < mark.held_since <= today
            and mark.on(today) is State.HELD
        ]
        return Projection(today, weeks, done=len(won), missing=self.missing(today))

    def outlook(self, day: date) -> Outlook:
        if self.grand_launched_on and self.grand_launched_on <= day:
            return Outlook.LAUNCHED
        if not self.missing(day):
            return Outlook.READY
        planned = self.grand_planned_on and self.grand_planned_on <= day
        return Outlook.PLANNED if planned else Outlook.NOT_YET


_PLACES = text(f"""
    SELECT t.id, t.slug, t.ward, t.district, p.soft_on AS soft_planned_on,
           p.grand_on AS grand_planned_on, p.meeting_on,
           (SELECT max(held_on) FROM member_meetings held WHERE held.tenant_id = t.id) AS met_on,
           (SELECT min(from_date) FROM tenant_statuses s
            WHERE s.tenant_id = t.id AND s.status = 'soft_launched') AS soft_launched_on,
           (SELECT min(from_date) FROM tenant_statuses s
            WHERE s.tenant_id = t.id AND s.status = 'grand_launched') AS grand_launched_on
    FROM tenants t LEFT JOIN launch_plans p ON p.tenant_id = t.id
    WHERE (:district = '' OR t.district = :district)
      AND CASE WHEN :slug = '' THEN {standing_by_itself("t.id", ":today")}
               ELSE t.slug = :slug END
    ORDER BY t.district, t.ward LIMIT :size OFFSET :first
""")  # noqa: S608 (constants)
_COUNT = text(f"""
    SELECT count(*) AS total FROM tenants t
    WHERE (:district = '' OR t.district = :district) AND {standing_by_itself("t.id", ":today")}
""")  # noqa: S608 (constants)
_MARKS = text(
    "SELECT tenant_id, item, state, valid_until, held_since FROM readiness"
    " WHERE CAST(:tenants AS bigint[]) IS NULL OR tenant_id = ANY(:tenants)"
)


def count(*, district: str = "") -> int:
    """How many cooperatives stand on the board."""
    (row,) = city.ask(_COUNT, district=district, today=clock.today())
    return int(row.total)


def places(
    *, district: str = "", slug: str = "", first: int = 0, size: int | None = None
) -> list[Place]:
    """Every cooperative (of a district, or one; of a page) with its items. Two questions."""
    asked = {"district": district, "slug": slug, "first": first, "size": size}
    rows = city.ask(_PLACES, **asked, today=clock.today())
    marks = _marks(None if size is None else [row.id for row in rows])
    return [Place(**row._mapping, marks=marks.get(row.id, {})) for row in rows]


def _marks(tenants: list[int] | None) -> dict[int, dict[str, Mark]]:
    """How each item stands, of these cooperatives or of all."""
    marks: dict[int, dict[str, Mark]] = {}
    for row in city.ask(_MARKS, tenants=tenants):
        mark = Mark(State(row.state), row.valid_until, row.held_since)
        marks.setdefault(row.tenant_id, {})[row.item] = mark
    return marks
