"""Redactions: names that were taken out of sealed journals, and whether all of them are real.

The database writes them alone (`forget_member`), each with the digest that the journal was
sealed with, the digest since, which of its texts changed, and the two people. The chain of
seals takes them in like journals.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select, text

from app.extensions import db
from app.ledger.chain import JournalRedaction
from app.ledger.digests import REDACTION, Breach, short
from tenants.scope import current_tenant

_FROM = """
    FROM journal_redactions r
    LEFT JOIN redaction_digests e ON e.tenant_id = r.tenant_id
        AND e.journal_id = r.journal_id AND e.approval_id = r.approval_id
    LEFT JOIN journal_digests d ON d.tenant_id = r.tenant_id AND d.journal_id = r.journal_id
    WHERE r.tenant_id = :tenant
"""
UNSEALED = f"{_FROM} AND e.journal_id IS NULL"

_CHANGED = text(f"""
    SELECT d.voucher, e.digest AS kept, {REDACTION} AS anew
    {_FROM} AND e.digest <> {REDACTION} ORDER BY r.journal_id, r.approval_id
""")

_REMOVED = text("""
    SELECT d.voucher, e.digest AS kept, NULL AS anew
    FROM redaction_digests e
    LEFT JOIN journal_digests d ON d.tenant_id = e.tenant_id AND d.journal_id = e.journal_id
    WHERE e.tenant_id = :tenant AND NOT EXISTS (
        SELECT FROM journal_redactions r WHERE r.tenant_id = e.tenant_id
        AND r.journal_id = e.journal_id AND r.approval_id = e.approval_id)
    ORDER BY e.journal_id, e.approval_id
""")

_INSERTED = text(f"""
    SELECT d.voucher, NULL AS kept, {REDACTION} AS anew
    {UNSEALED} AND r.made_at < :settled ORDER BY r.journal_id, r.approval_id
""")

# One that two people never agreed to, or that begins from something else than what was sealed.
_BASELESS = """
    (r.asked_by = r.agreed_by
     OR NOT EXISTS (
        SELECT FROM approvals a WHERE a.tenant_id = r.tenant_id AND a.id = r.approval_id
        AND a.kind = 'privacy.forget' AND a.state = 'approved'
        AND a.asked_by = r.asked_by AND a.decided_by = r.agreed_by)
     OR r.original IS DISTINCT FROM coalesce((
        SELECT before.digest FROM journal_redactions before
        WHERE before.tenant_id = r.tenant_id AND before.journal_id = r.journal_id
        AND before.made_at < r.made_at ORDER BY before.made_at DESC LIMIT 1), d.digest))
"""
_UNFOUNDED = text(f"""
    SELECT d.voucher, d.digest AS kept, r.original AS anew
    {_FROM} AND {_BASELESS} ORDER BY r.journal_id, r.approval_id
""")


def count() -> int:
    """How many sealed journals read without a name that they once had."""
    journals = func.count(JournalRedaction.journal_id.distinct())
    return db.session.scalar(select(journals)) or 0


def breaches(settled: datetime | None) -> Iterator[Breach]:
    """Every redaction that is not as it was sealed, or was never agreed to.

    `settled`: everything made before it is in a seal by now.
    """
    parameters = {"tenant": current_tenant().id, "settled": settled}
    checks = {
        "changed": _CHANGED,
        "removed": _REMOVED,
        "inserted": _INSERTED,
        "unfounded": _UNFOUNDED,
    }
    for what, check in checks.items():
        for row in db.session.execute(check, parameters):
            yield Breach(
                f"{what} redaction of", row.voucher or "?", short(row.kept), short(row.anew)
            )
