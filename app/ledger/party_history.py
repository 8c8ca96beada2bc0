"""What moved for one party, as their card shows it: one statement, however long the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from app.core.money import Rupiah
from app.extensions import db
from app.ledger.models import VoucherKind
from app.ledger.proofs import Proof
from tenants.scope import current_tenant


@dataclass(frozen=True)
class Movement:
    """What one journal added to a party's balances; below zero it took something out."""

    on: date
    memo: str
    proof: Proof
    amount: Rupiah


_LATEST = text("""
    SELECT j.posted_on, j.memo, v.kind, v.year, v.number, moved.amount,
           EXISTS (SELECT FROM journals later WHERE later.tenant_id = :tenant
                   AND later.source_kind = 'ledger.reversal'
                   AND later.source_key = j.id::text) AS is_void
    FROM (SELECT journal_id, sum(credit - debit)::bigint AS amount FROM postings
          WHERE tenant_id = :tenant AND party_id = :party
          GROUP BY journal_id, posted_on
          ORDER BY posted_on DESC, journal_id DESC LIMIT :limit) AS moved
    JOIN journals j ON j.tenant_id = :tenant AND j.id = moved.journal_id
    JOIN vouchers v ON v.tenant_id = :tenant AND v.journal_id = moved.journal_id
    ORDER BY j.posted_on DESC, j.id DESC
""")


def latest(party_id: int, *, limit: int) -> Sequence[Movement]:
    """The latest journals in which a party has a line, newest first."""
    values = {"tenant": current_tenant().id, "party": party_id, "limit": limit}
    return [
        Movement(
            row.posted_on,
            row.memo,
            Proof(VoucherKind(row.kind), row.year, row.number, row.is_void),
            row.amount,
        )
        for row in db.session.connection().execute(_LATEST, values)
    ]
