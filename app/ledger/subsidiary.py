"""The subsidiary ledger (buku pembantu): what the books say of parties, many at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import text

from app.core.money import Rupiah
from app.extensions import db
from app.ledger.models import AccountRole, Voucher
from tenants.scope import current_tenant

Balances = dict[AccountRole, Rupiah]


@dataclass
class Movement:
    """What one journal moved of a party, by account; what was added is positive."""

    on: date
    voucher: str
    memo: str
    void: bool  # taken back by another journal
    amounts: Balances = field(default_factory=dict)


_BEFORE = text("""
    SELECT p.party_id, a.role,
           sum(CASE a.side WHEN 'K' THEN p.credit - p.debit ELSE p.debit - p.credit END) AS amount
    FROM postings p
    JOIN accounts a ON a.tenant_id = :tenant AND a.id = p.account_id
    WHERE p.tenant_id = :tenant AND p.party_id = ANY(CAST(:parties AS bigint[]))
      AND a.role = ANY(CAST(:roles AS text[])) AND p.posted_on < :first
    GROUP BY p.party_id, a.role
""")

# A line says what it is for; that of a mirror says of which journal it is one.
_MOVED = text("""
    SELECT p.party_id, p.journal_id, p.posted_on, v.kind, v.year, v.number, a.role,
           CASE a.side WHEN 'K' THEN p.credit - p.debit ELSE p.debit - p.credit END AS amount,
           CASE j.source_kind WHEN 'ledger.reversal' THEN j.memo ELSE coalesce(p.memo, j.memo) END
               AS memo,
           EXISTS (
               SELECT FROM journals mirror WHERE mirror.tenant_id = :tenant
               AND mirror.source_kind = 'ledger.reversal' AND mirror.source_key = j.id::text
           ) AS void
    FROM postings p
    JOIN accounts a ON a.tenant_id = :tenant AND a.id = p.account_id
    JOIN journals j ON j.tenant_id = :tenant AND j.id = p.journal_id
    JOIN vouchers v ON v.tenant_id = :tenant AND v.journal_id = p.journal_id
    WHERE p.tenant_id = :tenant AND p.party_id = ANY(CAST(:parties AS bigint[]))
      AND a.role = ANY(CAST(:roles AS text[])) AND p.posted_on BETWEEN :first AND :last
    ORDER BY p.party_id, p.posted_on, p.journal_id, p.line
""")


def balances_before(
    party_ids: Sequence[int], roles: Sequence[AccountRole], day: date
) -> dict[int, Balances]:
    """What each party held at the end of the day before; who held nothing is left out."""
    held: dict[int, Balances] = {}
    for row in _execute(_BEFORE, party_ids, roles, first=day):
        held.setdefault(row.party_id, {})[AccountRole(row.role)] = int(row.amount)
    return held


def movements(
    party_ids: Sequence[int], roles: Sequence[AccountRole], first: date, last: date
) -> dict[int, list[Movement]]:
    """What moved of each party, one entry for each journal, in order."""
    moved: dict[int, dict[int, Movement]] = {}
    for row in _execute(_MOVED, party_ids, roles, first=first, last=last):
        journals = moved.setdefault(row.party_id, {})
        if row.journal_id in journals:
            _add(journals[row.journal_id], row)
        else:
            voucher = str(Voucher(kind=row.kind, year=row.year, number=row.number))
            entry = Movement(row.posted_on, voucher, row.memo, row.void)
            entry.amounts[AccountRole(row.role)] = row.amount
            journals[row.journal_id] = entry
    return {party_id: list(journals.values()) for party_id, journals in moved.items()}


def _add(entry: Movement, row: Any) -> None:
    """Another line of the same journal."""
    role = AccountRole(row.role)
    entry.amounts[role] = entry.amounts.get(role, 0) + row.amount
    if row.memo not in entry.memo:
        entry.memo += f"; {row.memo}"


def _execute(
    statement: Any, party_ids: Sequence[int], roles: Sequence[AccountRole], **days: date
) -> Any:
    parameters = {"tenant": current_tenant().id, "parties": list(party_ids)}
    wanted = [role.value for role in roles]
    return db.session.connection().execute(statement, {**parameters, "roles": wanted, **days})
