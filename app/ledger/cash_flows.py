"""Where cash came from and where it went: by the account that stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, text

from app.core.money import Rupiah
from app.extensions import db
from app.ledger.models import Account, AccountType
from app.ledger.reports import chart
from tenants.scope import current_tenant


@dataclass(frozen=True)
class Flow:
    """What came in and went out against one account."""

    code: str
    name: str
    type: AccountType
    received: Rupiah
    paid: Rupiah


# Debit is credit in every journal, so what its other lines come to is what cash moved by, and
# a transfer between two cash accounts has no other lines. A reversal takes back what the
# journal before it brought, on the side where that stood.
#
# OFFSET 0 keeps each step a look-up by key: for a cooperative that the statistics do not know
# yet, the planner would rather compare all journals with all lines.
_FLOWS = text("""
    WITH touched AS MATERIALIZED (
        SELECT DISTINCT p.journal_id
        FROM postings p
        WHERE p.tenant_id = :tenant AND p.account_id = ANY(CAST(:cash AS bigint[]))
          AND p.posted_on BETWEEN :first AND :last
    )
    SELECT line.account_id,
           sum(CASE WHEN takes_back THEN -debit ELSE credit END) AS received,
           sum(CASE WHEN takes_back THEN -credit ELSE debit END) AS paid
    FROM touched
    CROSS JOIN LATERAL (
        SELECT j.source_kind = 'ledger.reversal' AS takes_back FROM journals j
        WHERE j.tenant_id = :tenant AND j.id = touched.journal_id AND j.created_at <= :known_at
        OFFSET 0
    ) AS journal
    CROSS JOIN LATERAL (
        SELECT p.account_id, p.debit, p.credit FROM postings p
        WHERE p.tenant_id = :tenant AND p.journal_id = touched.journal_id
          AND p.account_id <> ALL(CAST(:cash AS bigint[]))
          AND (CAST(:unit AS bigint) IS NULL OR p.unit_id = :unit)
        OFFSET 0
    ) AS line
    GROUP BY line.account_id
""")


def cash_flows(
    first: date,
    last: date,
    *,
    cash: Sequence[int],
    unit_id: int | None = None,
    known_at: datetime | None = None,
) -> Sequence[Flow]:
    """What stands against the cash accounts `cash` in the journals of some days, by code."""
    parameters = {
        "tenant": current_tenant().id,
        "first": first,
        "last": last,
        "cash": list(cash),
        "unit": unit_id,
        "known_at": known_at or "infinity",
    }
    found = {row.account_id: row for row in db.session.execute(_FLOWS, parameters)}
    return [_flow(account, found[account.id]) for account in chart() if account.id in found]


def _flow(account: Account, moved: Row[Any]) -> Flow:
    return Flow(account.code, account.name, account.type, int(moved.received), int(moved.paid))
