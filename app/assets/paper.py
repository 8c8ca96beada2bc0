"""The registers of assets on paper and for Excel. Always Indonesian, as the books of paper are."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from app.assets import borrowed, register
from app.assets.models import AssetGroup, BorrowedAsset, Condition
from app.assets.register import Worth
from app.core import clock
from app.printing.days import in_short, written
from app.printing.pdf import pdf
from app.printing.workbooks import Sheet, workbook
from tenants.scope import current_tenant

Cell = str | int

_GROUPS = {
    AssetGroup.BUILDINGS: "Gedung",
    AssetGroup.EQUIPMENT: "Peralatan",
    AssetGroup.VEHICLES: "Kendaraan",
    AssetGroup.SOFTWARE: "Software",
}
_CONDITIONS = {
    Condition.GOOD: "Baik",
    Condition.WORN: "Rusak ringan",
    Condition.BROKEN: "Rusak berat",
}


@dataclass(frozen=True)
class Register:
    """A register as a table; whole numbers are figures, the widths are typst's."""

    title: str
    head: Sequence[str]
    widths: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    sums: Sequence[Cell]


def owned() -> Register:
    """Daftar aset tetap: what is in use, with what it has lost by now."""
    head = (
        "Kode", "Nama", "Merek/tipe", "Kelompok", "Jml", "Diperoleh", "Umur (bln)", "Harga",
        "Nilai sisa", "Akumulasi", "Nilai buku", "Kondisi", "Lokasi",
    )  # fmt: skip
    widths = (
        "18mm", "1.6fr", "1.1fr", "20mm", "9mm", "20mm", "12mm", "22mm", "19mm", "21mm", "22mm",
        "20mm", "1fr",
    )  # fmt: skip
    worths = register.worths()
    sums: list[Cell] = ["", "Jumlah", *[""] * 5, *_sums(worths), "", ""] if worths else []
    return Register("DAFTAR ASET TETAP", head, widths, [_owned_row(w) for w in worths], sums)


def on_loan() -> Register:
    """Daftar barang pinjaman: what belongs to others."""
    head = (
        "Kode", "Nama", "Merek/tipe", "Jml", "Milik", "Surat", "Diterima", "Perkiraan nilai",
        "Kondisi", "Lokasi", "Dikembalikan",
    )  # fmt: skip
    widths = (
        "18mm", "1.4fr", "1fr", "9mm", "1.3fr", "1fr", "20mm", "24mm", "20mm", "1fr", "22mm",
    )  # fmt: skip
    rows = [_loan_row(thing) for thing in borrowed.things()]
    return Register("DAFTAR BARANG PINJAMAN", head, widths, rows, ())


def as_pdf(made: Register) -> bytes:
    coop = current_tenant()
    data = asdict(made) | {
        "coop": coop.legal_name,
        "address": coop.address,
        "ward": coop.ward,
        "today": written(clock.today()),
        "figures": sorted(
            {i for row in made.rows for i, cell in enumerate(row) if isinstance(cell, int)}
        ),
    }
    return pdf("assets/print/register.typ", data, at=clock.now())


def as_workbook(made: Register) -> bytes:
    rows = [*made.rows, *([made.sums] if made.sums else [])]
    above = [f"{made.title} – {current_tenant().legal_name}", f"per {written(clock.today())}"]
    bold = frozenset({len(made.rows)} if made.sums else ())
    widths = [max(len(label) + 2, 12) for label in made.head]
    return workbook([Sheet(made.title.title(), above, made.head, rows, widths, bold)])


def _owned_row(worth: Worth) -> Sequence[Cell]:
    asset = worth.asset
    return (
        asset.code,
        asset.name,
        asset.brand,
        _GROUPS[asset.group],
        asset.quantity,
        in_short(asset.acquired_on),
        asset.life_months,
        *_figures(worth),
        _CONDITIONS[asset.condition],
        asset.location,
    )


def _figures(worth: Worth) -> tuple[int, int, int, int]:
    return worth.asset.cost, worth.asset.residual, worth.lost, worth.book_value


def _sums(worths: Sequence[Worth]) -> list[int]:
    return [sum(column) for column in zip(*map(_figures, worths), strict=True)]


def _loan_row(thing: BorrowedAsset) -> Sequence[Cell]:
    return (
        thing.code,
        thing.name,
        thing.brand,
        thing.quantity,
        thing.owner,
        thing.agreement,
        in_short(thing.received_on),
        thing.value,
        _CONDITIONS[thing.condition],
        thing.location,
        in_short(thing.returned_on) if thing.returned_on else "",
    )
