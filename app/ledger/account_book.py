"""The ledger of an account (buku besar): its lines in order, each with the balance after it.

It can be read a page at a time, for some line of business, and as it was known at an instant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, text

from app.core.money import Rupiah
from app.extensions import db
from app.ledger import reports
from app.ledger.models import Account, Side, Voucher
from tenants.scope import current_tenant

PAGE = 100


@dataclass(frozen=True)
class Entry:
    """A line in the ledger of an account, with the balance after it."""

    on: date
    voucher: str
    kind: str
    year: int
    number: int
    source_kind: str
    source_key: str
    memo: str
    party: str
    debit: Rupiah
    credit: Rupiah
    before: Rupiah
    balance: Rupiah
    void: bool  # taken back by another journal


@dataclass(frozen=True)
class Moved:
    """How much moved in an account over some days, and in how many lines."""

    lines: int
    debit: Rupiah
    credit: Rupiah


def entries(
    account: Account,
    first: date,
    last: date,
    *,
    unit_id: int | None = None,
    known_at: datetime | None = None,
    skip: int = 0,
    limit: int | None = None,
) -> Sequence[Entry]:
    """The lines of some days, or a page of them."""
    opening = reports.balance_before(account, first, unit_id=unit_id, known_at=known_at)
    sign = 1 if account.side == Side.DEBIT else -1
    parameters = _parameters(account, first, last, unit_id, known_at)
    rows = db.session.execute(_LINES, parameters | {"skip": skip, "limit": limit})
    return [_entry(row, opening + sign * int(row.moved), sign) for row in rows]


def moved(
    account: Account,
    first: date,
    last: date,
    *,
    unit_id: int | None = None,
    known_at: datetime | None = None,
) -> Moved:
    """The sums of some days, whatever page of them is shown."""
    row = db.session.execute(_SUMS, _parameters(account, first, last, unit_id, known_at)).one()
    return Moved(row.lines, int(row.debit), int(row.credit))


def _parameters(
    account: Account, first: date, last: date, unit_id: int | None, known_at: datetime | None
) -> dict[str, Any]:
    return {
        "tenant": current_tenant().id,
        "account": account.id,
        "first": first,
        "last": last,
        "unit": unit_id,
        "known_at": known_at or "infinity",
    }


_CHOSEN = """
    FROM postings p JOIN journals j ON j.tenant_id = p.tenant_id AND j.id = p.journal_id
    WHERE p.tenant_id = :tenant AND p.account_id = :account
      AND p.posted_on BETWEEN :first AND :last AND j.created_at <= :known_at
      AND (CAST(:unit AS bigint) IS NULL OR p.unit_id = :unit)
"""

_SUMS = text(f"""
    SELECT count(*) AS lines, coalesce(sum(p.debit), 0) AS debit,
           coalesce(sum(p.credit), 0) AS credit {_CHOSEN}
""")

# The line of a mirror says of which journal it is one. What was taken back later than asked
# still counted then.
_LINES = text(
    f"""
    WITH chosen AS (
        SELECT p.posted_on, p.journal_id, p.line, p.party_id, p.debit, p.credit,
               sum(p.debit - p.credit) OVER (ORDER BY p.posted_on, p.journal_id, p.line) AS moved,
               CASE j.source_kind WHEN 'ledger.reversal' THEN j.memo
                    ELSE coalesce(p.memo, j.memo) END AS memo,
               j.source_kind, j.source_key
        {_CHOSEN}
        ORDER BY p.posted_on, p.journal_id, p.line OFFSET :skip LIMIT :limit
    )
    SELECT chosen.*, v.kind, v.year, v.number, coalesce(party.name, '') AS party,
           EXISTS (
               SELECT FROM journals mirror WHERE mirror.tenant_id = :tenant
               AND mirror.source_kind = 'ledger.reversal'
               AND mirror.source_key = chosen.journal_id::text AND mirror.created_at <= :known_at
           ) AS void
    FROM chosen
    JOIN vouchers v ON v.tenant_id = :tenant AND v.journal_id = chosen.journal_id
    LEFT JOIN parties party ON party.tenant_id = :tenant AND party.id = chosen.party_id
    ORDER BY chosen.posted_on, chosen.journal_id, chosen.line
"""  # noqa: S608 - nothing of it was typed
)


def _entry(row: Row[tuple[Any, ...]], balance: Rupiah, sign: int) -> Entry:
    voucher = Voucher(kind=row.kind, year=row.year, number=row.number)
    return Entry(
        on=row.posted_on,
        voucher=str(voucher),
        kind=row.kind,
        year=row.year,
        number=row.number,
        source_kind=row.source_kind,
        source_key=row.source_key,
        memo=row.memo,
        party=row.party,
        debit=row.debit,
        credit=row.credit,
        before=balance - sign * (row.debit - row.credit),
        balance=balance,
        void=row.void,
    )
