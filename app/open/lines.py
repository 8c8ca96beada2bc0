"""The open data: one line for the city, each district and each cooperative, in each month."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.core.period import Period
from app.open import disclosure
from app.open.disclosure import HIDDEN, Figure, Sum
from app.open.reading import QUANTITIES, Month, latest_of
from app.supervision.glance import STEPS
from app.supervision.measures import Row

CITY_CODE, CITY_NAME = "33.75", "Kota Pekalongan"
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


def lines(month: Month, *, fewest: int) -> Iterator[Line]:
    """The city, its districts, and those cooperatives that publish anything."""
    shown = {
        quantity.column: disclosure.shown(
            {row.district: _sum(row, quantity.column) for row in month.districts}, fewest=fewest
        )
        for quantity in QUANTITIES
    }
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
