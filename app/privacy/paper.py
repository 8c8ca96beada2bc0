"""Everything about a member as a PDF. Always Indonesian."""

from datetime import date, datetime
from typing import Any

from app.core import clock
from app.core.money import rupiah
from app.core.period import Period
from app.printing.days import in_short, written
from app.printing.pdf import pdf
from tenants.scope import current_tenant

_LABELS = {
    "name": "Nama", "number": "Nomor anggota", "nik": "NIK", "sex": "L/P",
    "born_on": "Tanggal lahir", "birth_place": "Tempat lahir",
    "birth_note": "Catatan tanggal lahir", "address": "Alamat", "rt": "RT", "rw": "RW",
    "phone": "Nomor HP", "occupation": "Pekerjaan", "group": "Kelompok", "business": "Usaha",
    "heir_name": "Ahli waris", "heir_relation": "Hubungan ahli waris",
    "heir_phone": "Nomor HP ahli waris", "registered_on": "Didaftarkan",
    "joined_on": "Anggota sejak",
    "left_on": "Keluar", "left_reason": "Sebab keluar", "consent_version": "Naskah persetujuan",
    "consent_at": "Disetujui pada",
}  # fmt: skip
_DAYS = frozenset({"born_on", "registered_on", "joined_on", "left_on", "consent_at"})
_SAVINGS = {
    "principal_savings": "Simpanan pokok",
    "mandatory_savings": "Simpanan wajib",
    "voluntary_savings": "Simpanan sukarela",
}
_LOOKS = {"nik": "NIK", "everything": "semua data", "link": "semua data, dengan tautan anggota"}


def copy(record: dict[str, Any], *, at: datetime) -> bytes:
    """The record of `app.privacy.record.everything`, to read and to keep."""
    data = {
        "coop": record["cooperative"],
        "address": current_tenant().address,
        "today": written(clock.day_of(at)),
        "name": record["particulars"]["name"],
        "particulars": _particulars(record["particulars"]),
        "savings": [(_SAVINGS[kind], amount) for kind, amount in record["savings"].items()],
        "months": [_month(month) for month in record["months"]],
        "journals": [_journal(journal) for journal in record["journals"]],
        "events": _events(record),
        "looked": [_look(look) for look in record["looked"]],
        "kept": _day(record["kept_until"]) if record["kept_until"] else "",
    }
    return pdf("privacy/print/record.typ", data, at=at)


def _month(month: dict[str, Any]) -> tuple[str, int, str]:
    return Period.parse(month["month"]).indonesian, month["amount"], _state(month)


def _journal(journal: dict[str, Any]) -> tuple[str, str, str, int]:
    what = f"BATAL · {journal['for']}" if journal["void"] else journal["for"]
    return _day(journal["on"]), journal["number"], what, journal["added"]


def _look(look: dict[str, Any]) -> tuple[str, str, str]:
    """When somebody looked, who, and at what."""
    return (
        _day(look["at"]),
        look["by"] or "anggota sendiri",
        _LOOKS.get(look["what"], look["what"]),
    )


def _particulars(of: dict[str, Any]) -> list[tuple[str, str]]:
    kept = [name for name in _LABELS if of[name] not in (None, "")]
    return [(_LABELS[name], _day(of[name]) if name in _DAYS else str(of[name])) for name in kept]


def _events(record: dict[str, Any]) -> list[tuple[str, str]]:
    """Reminders, corrections, passive times and what others paid, each with its day."""
    reminded = [
        (r["at"], f"Diingatkan lewat WhatsApp: {r['months']} bulan, {rupiah(r['amount'])}")
        for r in record["reminders"]
    ]
    paid = [
        (p["on"], f"Dibayar oleh {p['by']}: {rupiah(p['amount'])}")
        for p in record["paid_by_others"]
    ]
    corrected = [(c["at"], _correction(c)) for c in record["corrections"]]
    began = [(s["from"], f"Menjadi pasif: {s['why']}") for s in record["passive"]]
    ended = [(s["until"], f"Aktif lagi: {s['ended']}") for s in record["passive"] if s["until"]]
    return [(_day(on), what) for on, what in sorted(reminded + paid + corrected + began + ended)]


def _correction(asked: dict[str, Any]) -> str:
    answer = f" Jawaban: {asked['answer']}" if asked["answer"] else ""
    return f"Minta pembetulan: {asked['text']}.{answer}"


def _state(month: dict[str, Any]) -> str:
    if month["waived"]:
        return "dibebaskan"
    return "lunas" if month["settled"] >= month["amount"] else "belum lunas"


def _day(instant: str) -> str:
    return in_short(date.fromisoformat(instant[:10]))
