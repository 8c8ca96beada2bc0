"""What a cooperative types into SIMKOPDES, in the order of its pages (domain reference 1.7).

Labels and values are words of that system and stay Indonesian whatever the screen speaks;
amounts are plain digits, as its fields take them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g
from sqlalchemy import text

from app.auth import services as people
from app.auth.permissions import Role
from app.core.period import Period
from app.extensions import db
from app.printing.days import written
from app.supervision import reporting

BILLS = 12  # months of mandatory savings that are listed

_SEATS = {
    Role.CHAIR: "Ketua",
    Role.VICE_BUSINESS: "Wakil ketua bidang usaha",
    Role.VICE_MEMBERS: "Wakil ketua bidang keanggotaan",
    Role.SECRETARY: "Sekretaris",
    Role.TREASURER: "Bendahara",
    Role.SUPERVISOR_CHAIR: "Ketua pengawas",
    Role.SUPERVISOR: "Anggota pengawas",
}
_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


@dataclass(frozen=True)
class Field:
    """One field of SIMKOPDES: our lasting name for it, its label and what belongs in it."""

    key: str
    label: str
    value: str


@dataclass(frozen=True)
class Section:
    """A page of SIMKOPDES."""

    title: str
    fields: Sequence[Field]


def sections(today: date) -> list[Section]:
    """Everything as it stands today. What is not known is empty."""
    found = reporting.compute(today)
    parts = (
        ("Profil koperasi", _profile()),
        ("Pengurus dan pengawas", _seats(today)),
        ("Keanggotaan", _members(found)),
        ("Simpanan: tagihan", _bills(found, today)),
        ("Usaha", _business(today)),
        ("Keuangan", _finance(found)),
    )
    return [Section(title, [field for field in fields if field.label]) for title, fields in parts]


def _profile() -> Iterator[Field]:
    tenant = g.tenant
    founded = tenant.founded_on.strftime("%d-%m-%Y") if tenant.founded_on else ""
    yield Field("profil.nama", "Nama koperasi", tenant.legal_name)
    yield Field("profil.ahu", "Nomor SK AHU", tenant.legal_decree)
    yield Field("profil.akta", "Nomor akta pendirian", tenant.deed)
    yield Field("profil.berdiri", "Tanggal berdiri", founded)
    yield Field("profil.nik", "Nomor induk koperasi (NIK)", tenant.cooperative_number)
    yield Field("profil.npwp", "NPWP", tenant.tax_number)
    yield Field("profil.nib", "NIB", tenant.business_number)
    yield Field("profil.alamat", "Alamat", " ".join(tenant.address.split()))
    yield Field("profil.kelurahan", "Kelurahan", tenant.ward)
    yield Field("profil.kecamatan", "Kecamatan", tenant.district)
    yield Field("profil.kode", "Kode wilayah", tenant.ward_code)


def _seats(today: date) -> Iterator[Field]:
    held = [(o, user) for o, user in people.seats(g.tenant) if o.is_held_on(today)]
    for role, title in _SEATS.items():
        holders = sorted((o.id, user.name) for o, user in held if o.role is role)
        if role is not Role.SUPERVISOR:
            yield Field(f"organ.{role}", title, ", ".join(name for _id, name in holders))
            continue
        for number, (_id, name) in enumerate(holders, start=1):
            yield Field(f"organ.{role}.{number}", f"{title} {number}", name)


_SEXES = text("""
    SELECT count(*) FILTER (WHERE sex = 'L') AS men, count(*) FILTER (WHERE sex = 'P') AS women
    FROM members WHERE tenant_id = :tenant AND joined_on IS NOT NULL AND left_on IS NULL
""")


def _members(found: dict[str, Any]) -> Iterator[Field]:
    sexes = db.session.execute(_SEXES, {"tenant": g.tenant.id}).one()
    yield Field("anggota.aktif", "Jumlah anggota", _digits(found["members_active"]))
    yield Field("anggota.laki", "Anggota laki-laki", _digits(sexes.men))
    yield Field("anggota.perempuan", "Anggota perempuan", _digits(sexes.women))
    yield Field("anggota.calon", "Calon anggota", _digits(found["members_candidates"]))
    yield Field("anggota.keluar", "Anggota keluar", _digits(found["members_left"]))


# The oldest month is settled first (case G2); whose month it is counts as taking part.
_BILLS = text("""
    WITH paid AS (
        SELECT p.party_id, sum(p.credit - p.debit) AS balance
        FROM postings p
        JOIN accounts a ON a.tenant_id = :tenant AND a.id = p.account_id
             AND a.role = 'mandatory_savings'
        WHERE p.tenant_id = :tenant AND p.party_id IS NOT NULL
        GROUP BY p.party_id
    ), billed AS (
        SELECT c.member_id, c.period, c.amount,
               sum(c.amount) OVER (PARTITION BY c.member_id ORDER BY c.period) AS upto
        FROM dues_charges c
        JOIN members m ON m.tenant_id = :tenant AND m.id = c.member_id AND m.left_on IS NULL
        WHERE c.tenant_id = :tenant
          AND NOT EXISTS (SELECT FROM dues_waivers w WHERE w.tenant_id = :tenant
                          AND w.member_id = c.member_id AND w.period = c.period)
    )
    SELECT period, max(amount) AS amount, count(*) AS members,
           count(*) FILTER (WHERE coalesce(balance, 0) >= upto) AS took_part
    FROM billed LEFT JOIN paid ON paid.party_id = billed.member_id
    WHERE period >= :since
    GROUP BY period ORDER BY period DESC
""")


def _bills(found: dict[str, Any], today: date) -> Iterator[Field]:
    pokok = "Simpanan Pokok"
    paid, members = _digits(found["principal_payers"]), _digits(found["members_active"])
    part = f"{paid} dari {members}" if paid and members else ""
    yield Field("pokok.jenis", f"{pokok}: jenis", "Pokok, sekali bayar")
    yield Field("pokok.partisipasi", f"{pokok}: partisipasi anggota", part)
    yield Field("pokok.jumlah", f"{pokok}: terkumpul", _digits(found["savings_principal"]))
    since = Period.of(today).plus(1 - BILLS).first_day
    for bill in db.session.execute(_BILLS, {"tenant": g.tenant.id, "since": since}):
        yield from _bill(bill)
    yield Field("wajib.jumlah", "Simpanan Wajib: terkumpul", _digits(found["savings_mandatory"]))
    yield Field(
        "sukarela.jumlah", "Simpanan Sukarela: terkumpul", _digits(found["savings_voluntary"])
    )


def _bill(bill: Any) -> Iterator[Field]:
    month = f"{_MONTHS[bill.period.month - 1]} {bill.period.year}"
    name, key = f"Simpanan Wajib - {month}", f"wajib.{Period.of(bill.period)}"
    yield Field(f"{key}.nama", f"{month}: nama tagihan", name)
    yield Field(f"{key}.jenis", f"{month}: jenis", "Wajib, per bulan")
    yield Field(f"{key}.periode", f"{month}: periode", month)
    yield Field(f"{key}.nominal", f"{month}: nominal", _digits(bill.amount))
    part = f"{bill.took_part} dari {bill.members}"
    yield Field(f"{key}.partisipasi", f"{month}: partisipasi anggota", part)


_UNITS = text("""
    SELECT u.code, u.name, coalesce(sum(m.credit - m.debit), 0)::bigint AS revenue
    FROM units u
    LEFT JOIN (account_months m JOIN accounts a ON a.tenant_id = :tenant
               AND a.id = m.account_id AND a.type = 'revenue')
        ON m.tenant_id = :tenant AND m.unit_id = u.id AND m.period BETWEEN :year AND :on
    WHERE u.tenant_id = :tenant
    GROUP BY u.code, u.name ORDER BY u.code
""")


def _business(today: date) -> Iterator[Field]:
    asked = {"tenant": g.tenant.id, "year": date(today.year, 1, 1), "on": today}
    for unit in db.session.execute(_UNITS, asked):
        label = f"Pendapatan {unit.name} {today.year}"
        yield Field(f"usaha.{unit.code}", label, _digits(unit.revenue))


def _finance(found: dict[str, Any]) -> Iterator[Field]:
    owed = _less(found["assets"], found["equity"])
    yield Field("keuangan.aset", "Jumlah aset", _digits(found["assets"]))
    yield Field("keuangan.kewajiban", "Jumlah kewajiban", _digits(owed))
    yield Field("keuangan.ekuitas", "Jumlah ekuitas", _digits(found["equity"]))
    yield Field("keuangan.pendapatan", "Pendapatan tahun berjalan", _digits(found["revenue"]))
    yield Field("keuangan.beban", "Beban tahun berjalan", _digits(found["expenses"]))
    result = _less(found["revenue"], found["expenses"])
    yield Field("keuangan.hasil", "Hasil usaha tahun berjalan", _digits(result))
    closed = written(found["closed_through"]) if found["closed_through"] else ""
    yield Field("keuangan.tutup", "Buku ditutup sampai", closed)


def _less(whole: int | None, part: int | None) -> int | None:
    """What is left of one figure without the other; not known where one of them is not."""
    return None if whole is None or part is None else whole - part


def _digits(value: int | None) -> str:
    return "" if value is None else str(int(value))
