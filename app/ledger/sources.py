"""What the journals of one kind of event have come to, those that took them back included."""

from dataclasses import dataclass

from sqlalchemy import text

from app.core.money import Rupiah
from app.extensions import db
from app.ledger.models import AccountRole
from app.ledger.services import account
from tenants.scope import current_tenant


@dataclass(frozen=True)
class Booked:
    """How many journals there are, and what they brought to an account: credit less debit."""

    count: int
    amount: Rupiah


_BOOKED = text("""
    WITH own AS MATERIALIZED (
        SELECT id FROM journals
        WHERE tenant_id = :tenant AND source_kind = :kind AND source_key LIKE :keys
    ), counted AS MATERIALIZED (
        SELECT id FROM own
        UNION ALL
        SELECT taken.id FROM own CROSS JOIN LATERAL (
            SELECT j.id FROM journals j
            WHERE j.tenant_id = :tenant AND j.source_kind = 'ledger.reversal'
              AND j.source_key = own.id::text
            OFFSET 0
        ) AS taken
    )
    SELECT (SELECT count(*) FROM own) AS journals, coalesce(sum(moved), 0) AS amount
    FROM counted CROSS JOIN LATERAL (
        SELECT p.credit - p.debit AS moved FROM postings p
        WHERE p.tenant_id = :tenant AND p.journal_id = counted.id AND p.account_id = :account
        OFFSET 0
    ) AS line
""")


def booked(kind: str, key: str, role: AccountRole) -> Booked:
    """What the journals of `kind` whose keys are `key`/… have brought to an account."""
    parameters = {
        "tenant": current_tenant().id,
        "kind": kind,
        "keys": f"{key}/%",
        "account": account(role).id,
    }
    row = db.session.execute(_BOOKED, parameters).one()
    return Booked(int(row.journals), int(row.amount))
