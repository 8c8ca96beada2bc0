"""What a cooperative needs before it is launched (domain reference 1.5), in order."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l


class Proof(StrEnum):
    """By what an item counts as done."""

    DOCUMENT = "document"
    COMPUTED = "computed"
    PERSON = "person"


class State(StrEnum):
    """How an item, or a document, stands."""

    NOT_YET = "belum"
    UNDER_WAY = "proses"
    HELD = "ada"
    EXPIRED = "kedaluwarsa"


@dataclass(frozen=True)
class Item:
    """One thing that must be there; `short` heads a narrow column."""

    key: str
    short: str
    label: Any
    proof: Proof = Proof.DOCUMENT


@dataclass(frozen=True)
class Chapter:
    title: Any
    items: tuple[Item, ...]


CHAPTERS = (
    Chapter(
        _l("Legal"),
        (
            Item("akta", "Akta", _l("Deed of foundation")),
            Item("sk_ahu", "AHU", _l("Decree of the ministry of law (SK AHU)")),
            Item("npwp", "NPWP", _l("Tax number (NPWP)")),
            Item("nib", "NIB", _l("Business number (NIB)")),
            Item("nik", "NIK", _l("Number of the cooperative (NIK) with certificate")),
            Item("rekening", "Rek.", _l("Bank account in its name")),
            Item("ad_art", "AD/ART", _l("Statutes and by-laws (AD/ART)")),
            Item("berita_acara", "BA", _l("Minutes of the ward's assembly")),
            Item("proposal", "Prop.", _l("Business plan or proposal")),
        ),
    ),
    Chapter(
        _l("Organs"),
        (
            Item("sk_pengurus", "SK", _l("Decree on board and supervisors")),
            Item("pengurus", "Peng.", _l("Seats of the board filled"), Proof.COMPUTED),
            Item("pengawas", "Awas", _l("Seats of the supervisors filled"), Proof.COMPUTED),
        ),
    ),
    Chapter(
        _l("Place"),
        (
            Item("tempat", "Tempat", _l("Right to use the office")),
            Item("perlengkapan", "Alat", _l("Office and shop are equipped"), Proof.PERSON),
        ),
    ),
    Chapter(
        _l("Partners"),
        (
            Item("pks_bri", "BRI", _l("Agreement with BRI")),
            Item("pks_bank_jateng", "Jateng", _l("Agreement with Bank Jateng")),
            Item("pks_bulog", "Bulog", _l("Agreement with Bulog")),
        ),
    ),
    Chapter(
        _l("Members"),
        (
            Item("anggota", "Angg.", _l("Enough members"), Proof.COMPUTED),
            Item("iuran", "Iuran", _l("First dues billed"), Proof.COMPUTED),
        ),
    ),
    Chapter(
        _l("Units"),
        (Item("gerai", "Gerai", _l("A line of business earns"), Proof.COMPUTED),),
    ),
    Chapter(
        _l("Bookkeeping"),
        (
            Item("saldo", "Saldo", _l("Something stands in the books"), Proof.COMPUTED),
            Item("tutup", "Tutup", _l("A month is closed"), Proof.COMPUTED),
            Item("petugas", "Latih", _l("Officers know how to keep the books"), Proof.PERSON),
            Item("simkopdes", "SIMK.", _l("Account in SIMKOPDES is in use"), Proof.PERSON),
        ),
    ),
)
ITEMS: dict[str, Item] = {item.key: item for chapter in CHAPTERS for item in chapter.items}
# Documents that a cooperative keeps, though no launch waits for them.
FURTHER: dict[str, Any] = {"rat": _l("Minutes of the members' meeting"), "lain": _l("Another one")}


def label_of(key: str) -> Any:
    """What an item or a kind of document is called on the screen."""
    return ITEMS[key].label if key in ITEMS else FURTHER[key]
