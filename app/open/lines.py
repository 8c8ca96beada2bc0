"""The open data: one line for the city, each district and each cooperative, in each month."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.core.period import Period
from app.open import disclosure
from app.open.disclosure import HIDDEN, Figure, Sum
from app.open.reading import QUANTITIES, Month, latest_of
from app.supervision.glance import STEPS
from app.supervision.measures import Row

CITY_CODE, CITY_NAME = "33.75", "Kota Pekalongan"
# By figure: that of each district, and of all together.
Shown = dict[str, tuple[dict[str, Figure], Figure]]
_DISTRICT_CODE = 8  # signs of a ward's code that name its district


@dataclass(frozen=True)
class Line:
    """The figures of an area or a cooperative in a month."""

    period: Period
    level: str  # kota, kecamatan, koperasi
    code: str
    name: str
    district: str
    figures: Mapping[str, Figure]
    stages: Mapping[str, int] = field(default_factory=dict)  # how many have reached each step
    reported: int | None = None
    status: str | None = None
    documents: int | None = None

    @property
    def short_name(self) -> str:
        """A district without the name of the city: Barat."""
        return self.name.removeprefix("Pekalongan ")

    @property
    def hidden(self) -> list[str]:
        return [column for column, figure in self.figures.items() if figure.hidden]


def every(months: Sequence[Month], *, fewest: int) -> list[list[Line]]:
    """Of each month the city, its districts, and those cooperatives that publish anything.

    Months come and go the latest first; what is left out is chosen from the earliest on, so that
    a month to come does not change what was left out of those before.
    """
    found: list[list[Line]] = []
    before: set[str] = set()
    for month in reversed(months):
        shown = _shown(month, fewest, before)
        before = {name for areas, _all in shown.values() for name in areas if areas[name].hidden}
        found.append(list(_lines(month, shown)))
    return found[::-1]


def _shown(month: Month, fewest: int, before: Collection[str]) -> Shown:
    """Each figure of the districts and of all together, what tells too much left out."""
    found: Shown = {}
    rather = set(before)
    for quantity in QUANTITIES:
        sums = {row.district: _sum(row, quantity.column) for row in month.districts}
        areas, together = disclosure.shown(sums, fewest=fewest, rather=rather)
        rather |= {name for name, figure in areas.items() if figure.hidden}
        found[quantity.column] = areas, together
    return found


def _lines(month: Month, shown: Shown) -> Iterator[Line]:
    everything = {column: figure for column, (_areas, figure) in shown.items()}
    yield _area(month.period, "kota", CITY_CODE, CITY_NAME, month.districts, everything)
    for row in month.districts:
        figures = {column: areas[row.district] for column, (areas, _all) in shown.items()}
        code = row.ward_code[:_DISTRICT_CODE]
        yield _area(month.period, "kecamatan", code, row.district, [row], figures)
    for row in month.cooperatives:
        yield _cooperative(month.period, row)


def published(tenant_id: int) -> Line | None:
    """What everybody may see of one cooperative, latest month; None where it publishes nothing."""
    row = latest_of(tenant_id)
    return _cooperative(Period.of(row.period), row) if row is not None else None


def _sum(row: Row, column: str) -> Sum:
    return Sum(
        getattr(row, column), getattr(row, f"{column}_secret"), getattr(row, f"{column}_people")
    )


def _area(
    period: Period,
    level: str,
    code: str,
    name: str,
    rows: Sequence[Row],
    figures: Mapping[str, Figure],
) -> Line:
    stages = {
        key: sum(getattr(row, f"step_{step}") for row in rows)
        for step, (key, _label) in enumerate(STEPS)
    }
    reported = sum(row.reported for row in rows)
    district = name if level == "kecamatan" else ""
    return Line(period, level, code, name, district, figures, stages, reported)


def _cooperative(period: Period, row: Row) -> Line:
    figures = {
        quantity.column: HIDDEN
        if getattr(row, f"{quantity.column}_hidden")
        else Figure(getattr(row, quantity.column))
        for quantity in QUANTITIES
    }
    return Line(
        period,
        "koperasi",
        row.ward_code,
        row.ward,
        row.district,
        figures,
        status=row.status,
        documents=row.documents,
    )
