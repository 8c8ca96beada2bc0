"""What stands in each book, in the order in which it was entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, text

from app.auth import services as people
from app.auth.models import Office, User
from app.auth.permissions import BOARD, STAFF, SUPERVISORS
from app.core.errors import DomainError
from app.core.money import Rupiah
from app.extensions import db
from app.ledger.models import AccountRole, Voucher
from app.members.models import Member
from tenants.scope import current_tenant


@dataclass(frozen=True)
class Saved:
    """What a member had, gave and took of one kind of savings in a period."""

    opening: Rupiah = 0
    paid_in: Rupiah = 0
    paid_out: Rupiah = 0

    @property
    def closing(self) -> Rupiah:
        return self.opening + self.paid_in - self.paid_out


@dataclass(frozen=True)
class Saver:
    """A line of the savings book: pokok, wajib and sukarela of one member."""

    code: str
    name: str
    principal: Saved
    mandatory: Saved
    voluntary: Saved

    @property
    def closing(self) -> Rupiah:
        return self.principal.closing + self.mandatory.closing + self.voluntary.closing


@dataclass(frozen=True)
class JournalLine:
    """A line of the journal as a book shows it."""

    on: date
    voucher: str
    words: str
    account: str
    debit: Rupiah
    credit: Rupiah


MOST_LINES = 10_000

KINDS = (
    AccountRole.PRINCIPAL_SAVINGS,
    AccountRole.MANDATORY_SAVINGS,
    AccountRole.VOLUNTARY_SAVINGS,
)


def members() -> Sequence[Member]:
    """Everybody who was ever registered, by number (buku daftar anggota)."""
    return db.session.scalars(select(Member).order_by(Member.number)).all()


def board() -> list[tuple[Office, User]]:
    """Who holds or has held an office of the board (buku daftar pengurus)."""
    return _seats(BOARD)


def supervisors() -> list[tuple[Office, User]]:
    """Who supervises or has supervised (buku daftar pengawas)."""
    return _seats(SUPERVISORS)


def staff() -> list[tuple[Office, User]]:
    """Who works or has worked here (buku daftar karyawan)."""
    return _seats(STAFF)


def journal_lines(first: date, last: date) -> list[JournalLine]:
    """Every line of the books over some days, in order (buku jurnal).

    Raises `DomainError` for more than fit into a book.
    """
    parameters = {"tenant": current_tenant().id, "first": first, "last": last}
    rows = db.session.execute(_JOURNAL, parameters | {"most": MOST_LINES + 1}).all()
    if len(rows) > MOST_LINES:
        raise DomainError(_("That is more than one book holds. Choose fewer days."))
    return [
        JournalLine(
            row.posted_on,
            str(Voucher(kind=row.kind, year=row.year, number=row.number)),
            row.words,
            f"{row.code} {row.name}",
            row.debit,
            row.credit,
        )
        for row in rows
    ]


_JOURNAL = text("""
    SELECT p.posted_on, v.kind, v.year, v.number, coalesce(p.memo, j.memo) AS words,
           a.code, a.name, p.debit, p.credit
    FROM postings p
    JOIN journals j ON j.tenant_id = p.tenant_id AND j.id = p.journal_id
    JOIN vouchers v ON v.tenant_id = p.tenant_id AND v.journal_id = p.journal_id
    JOIN accounts a ON a.tenant_id = p.tenant_id AND a.id = p.account_id
    WHERE p.tenant_id = :tenant AND p.posted_on BETWEEN :first AND :last
    ORDER BY p.posted_on, p.journal_id, p.line LIMIT :most
""")


def savers(first: date, last: date) -> list[Saver]:
    """The savings of every member over a period (buku simpanan anggota), by number."""
    moved: dict[int, dict[str, Saved]] = {}
    for row in db.session.execute(_SAVED, _parameters(first, last)):
        saved = Saved(int(row.opening), int(row.paid_in), int(row.paid_out))
        moved.setdefault(row.party_id, {})[row.role] = saved
    return [_saver(member, moved[member.id]) for member in members() if member.id in moved]


_SAVED = text("""
    SELECT p.party_id, a.role,
           coalesce(sum(credit - debit) FILTER (WHERE posted_on < :first), 0) AS opening,
           coalesce(sum(credit) FILTER (WHERE posted_on >= :first), 0) AS paid_in,
           coalesce(sum(debit) FILTER (WHERE posted_on >= :first), 0) AS paid_out
    FROM postings p
    JOIN accounts a ON a.tenant_id = :tenant AND a.id = p.account_id AND a.role = ANY(:roles)
    WHERE p.tenant_id = :tenant AND p.party_id IS NOT NULL AND p.posted_on <= :last
    GROUP BY p.party_id, a.role
""")


def _parameters(first: date, last: date) -> dict[str, Any]:
    roles = [role.value for role in KINDS]
    return {"tenant": current_tenant().id, "first": first, "last": last, "roles": roles}


def _saver(member: Member, saved: dict[str, Saved]) -> Saver:
    return Saver(member.code, member.name, *(saved.get(kind.value, Saved()) for kind in KINDS))


def _seats(roles: frozenset[Any]) -> list[tuple[Office, User]]:
    held = [(o, u) for o, u in people.seats(current_tenant()) if o.role in roles]
    return sorted(held, key=lambda seat: (seat[0].from_date, seat[0].id))
