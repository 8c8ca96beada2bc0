"""The paper that both sign when a member leaves."""

from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from app.core.money import terbilang
from app.departures.models import Departure, DepartureKind
from app.departures.services import Settlement
from app.members.models import Member
from app.printing.pdf import pdf
from tenants.scope import current_tenant

WORDS = {
    DepartureKind.RESIGNATION: "mengundurkan diri",
    DepartureKind.DEATH: "meninggal dunia",
    DepartureKind.MOVE: "pindah dari kelurahan",
    DepartureKind.DISMISSAL: "diberhentikan",
}


def statement(member: Member, departure: Departure, due: Settlement, *, at: datetime) -> bytes:
    """Surat keterangan keluar: who, when, why, and the sum line by line. Always Indonesian."""
    coop = current_tenant()
    data = {
        "coop": coop.legal_name,
        "address": coop.address,
        "ward": coop.ward,
        "today": _day(departure.refunded_on or departure.on),
        **_who(member),
        **_why(departure),
        **_how_much(departure, due),
        "recipient": departure.recipient or member.name,
        "papers": departure.recipient_papers,
    }
    return pdf("departures/print/statement.typ", data, at=at)


def _who(member: Member) -> dict[str, Any]:
    return {
        "number": member.code,
        "name": member.name,
        "nik": member.masked_nik,
        "home": member.address,
        "joined": _day(member.joined_on) if member.joined_on else "–",
    }


def _why(departure: Departure) -> dict[str, Any]:
    return {
        "left": _day(departure.on),
        "kind": WORDS[departure.kind],
        "reason": departure.reason,
        "letter": departure.letter or "–",
    }


def _how_much(departure: Departure, due: Settlement) -> dict[str, Any]:
    """Line by line while it is owed; once it is paid the books hold nothing any more to list."""
    paid = departure.refunded
    total = due.refund if paid is None else paid
    return {
        "lines": _lines(due) if paid is None else [],
        "total": total,
        "words": terbilang(max(total, 0)),
    }


def _lines(due: Settlement) -> list[tuple[str, int]]:
    lines = [
        ("Simpanan pokok", due.principal),
        ("Simpanan wajib", due.mandatory),
        ("Simpanan sukarela", due.voluntary),
        ("SHU yang belum dibayarkan", due.surplus),
        ("Dikurangi utang toko", -due.receivable),
    ]
    return [line for line in lines if line[1]]


def _day(day: date) -> str:
    return str(format_date(day, "d MMMM y", locale="id"))
