"""The columns of the open data: their names do not change, and each says what it holds."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app.open.lines import Line
from app.open.reading import QUANTITIES
from app.supervision.glance import STEPS

Value = str | int | None
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
SOURCE = "Dindagkop-UKM Kota Pekalongan"


@dataclass(frozen=True)
class Column:
    """A column: its name, its unit, what it holds in words, and how it is read off a line."""

    name: str
    unit: Any
    text: Any
    of: Callable[[Line], Value]


_COUNT, _RUPIAH, _TEXT = _l("number"), _l("rupiah"), _l("text")
_WORDS = {
    "anggota_aktif": (_COUNT, _l("Active members at the end of the month.")),
    "simpanan": (
        _RUPIAH,
        _l(
            "Principal, mandatory and voluntary savings of all members,"
            " but for a kind that fewer than five in a cooperative have."
        ),
    ),
    "iuran_ditagih": (
        _RUPIAH,
        _l("Mandatory savings billed for the month, where five members or more are billed."),
    ),
    "iuran_diterima": (_RUPIAH, _l("What of that has been received.")),
    "penjualan": (_RUPIAH, _l("Sales and fees of the month, to members and others.")),
}


def _step(key: str) -> Callable[[Line], Value]:
    return lambda line: line.stages.get(key)


def _figure(column: str) -> Callable[[Line], Value]:
    return lambda line: line.figures[column].value


COLUMNS: tuple[Column, ...] = (
    Column("bulan", _l("year-month"), _l("The month, such as 2026-11."), lambda n: str(n.period)),
    Column(
        "tingkat",
        _TEXT,
        _l("Whose line it is: kota (the city), kecamatan (a district) or koperasi."),
        lambda line: line.level,
    ),
    Column(
        "kode_wilayah",
        _TEXT,
        _l("Code of the ministry of home affairs for the city, the district or the ward."),
        lambda line: line.code,
    ),
    Column("nama", _TEXT, _l("Name of the city, district or ward."), lambda line: line.name),
    Column("kecamatan", _TEXT, _l("The district; empty for the city."), lambda n: n.district),
    Column(
        "melapor",
        _COUNT,
        _l("Cooperatives that have reported this month; only for the city and districts."),
        lambda line: line.reported,
    ),
    *(
        Column(
            f"tahap_{key}",
            _COUNT,
            _l("Cooperatives that have come this far: %(step)s.", step=label),
            _step(key),
        )
        for key, label in STEPS
    ),
    *(Column(q.column, *_WORDS[q.column], _figure(q.column)) for q in QUANTITIES),
    Column(
        "status",
        _TEXT,
        _l(
            "formed, legal, soft_launched, grand_launched or suspended;"
            " only for a cooperative that publishes it."
        ),
        lambda line: line.status,
    ),
    Column(
        "dokumen",
        _COUNT,
        _l("Legal documents, of five; only for a cooperative that publishes it."),
        lambda line: line.documents,
    ),
    Column(
        "disembunyikan",
        _TEXT,
        _l("Columns left out of this line because they would tell of too few, with a | between."),
        lambda line: "|".join(line.hidden),
    ),
)


def as_csv(lines: Iterable[Line]) -> str:
    """RFC 4180, in UTF-8; what is not known or hidden is empty."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows([column.of(line) for column in COLUMNS] for line in lines)
    return sheet.getvalue()


def as_document(
    lines: Iterable[Line], *, schema: str, reported_at: datetime | None
) -> dict[str, Any]:
    """The same for machines, with licence, source and where the columns are described."""
    return {
        "lisensi": LICENCE,
        "lisensi_url": LICENCE_URL,
        "sumber": SOURCE,
        "skema": schema,
        "diperbarui": reported_at.isoformat() if reported_at else None,
        "data": [{column.name: column.of(line) for column in COLUMNS} for line in lines],
    }
