"""Checking the books against themselves: everything derived is computed anew and compared."""

from dataclasses import dataclass

from sqlalchemy import text

from app.extensions import db
from app.ledger.journal_entry import PERSONAL
from tenants.scope import current_tenant


@dataclass(frozen=True)
class Difference:
    """Something that is not what the postings say it should be."""

    what: str
    which: str
    kept: int
    computed: int

    def __str__(self) -> str:
        return f"{self.what} {self.which}: kept {self.kept}, computed {self.computed}"


_JOURNALS = text("""
    SELECT 'journal' AS what, j.id::text AS which, coalesce(sum(p.debit), 0) AS kept,
           coalesce(sum(p.credit), 0) AS computed
    FROM journals j
    LEFT JOIN postings p ON p.tenant_id = j.tenant_id AND p.journal_id = j.id
    WHERE j.tenant_id = :tenant
    GROUP BY j.id, j.line_count
    HAVING count(p.line) <> j.line_count OR sum(p.debit) IS DISTINCT FROM sum(p.credit)
""")

_MONTHS = text("""
    SELECT 'account month' AS what,
           a.code || ' ' || u.code || ' ' || to_char(period, 'YYYY-MM') AS which,
           coalesce(kept, 0) AS kept, coalesce(computed, 0) AS computed
    FROM (SELECT account_id, unit_id, period, debit - credit AS kept
          FROM account_months WHERE tenant_id = :tenant) AS summary
    FULL JOIN (SELECT account_id, unit_id, date_trunc('month', posted_on)::date AS period,
                      sum(debit - credit) AS computed
               FROM postings WHERE tenant_id = :tenant GROUP BY 1, 2, 3) AS anew
        USING (account_id, unit_id, period)
    JOIN units u ON u.tenant_id = :tenant AND u.id = unit_id
    JOIN accounts a ON a.tenant_id = :tenant AND a.id = account_id
    WHERE coalesce(kept, 0) <> coalesce(computed, 0)
""")

_PARTIES = text("""
    SELECT 'balance' AS what, a.code || ' ' || party_id AS which,
           coalesce(kept, 0) AS kept, coalesce(computed, 0) AS computed
    FROM (SELECT party_id, account_id, balance AS kept
          FROM party_balances WHERE tenant_id = :tenant) AS summary
    FULL JOIN (SELECT p.party_id, p.account_id,
                      sum(CASE a.side WHEN 'K' THEN credit - debit ELSE debit - credit END)
                          AS computed
               FROM postings p
               JOIN accounts a ON a.tenant_id = p.tenant_id AND a.id = p.account_id
               WHERE p.tenant_id = :tenant AND p.party_id IS NOT NULL
               GROUP BY 1, 2) AS anew USING (party_id, account_id)
    JOIN accounts a ON a.tenant_id = :tenant AND a.id = account_id
    WHERE coalesce(kept, 0) <> coalesce(computed, 0)
""")

# What is owed or belongs to members: their pages together are the account.
_CONTROLS = text("""
    SELECT 'subsidiary ledger' AS what, a.code AS which,
           coalesce((SELECT sum(balance) FROM party_balances b
                     WHERE b.tenant_id = :tenant AND b.account_id = a.id), 0) AS kept,
           moved AS computed
    FROM accounts a
    JOIN (SELECT account_id, sum(credit - debit) AS moved FROM account_months
          WHERE tenant_id = :tenant GROUP BY account_id) AS m ON m.account_id = a.id
    WHERE a.tenant_id = :tenant AND a.role = ANY (:personal)
      AND moved <> coalesce((SELECT sum(balance) FROM party_balances b
                             WHERE b.tenant_id = :tenant AND b.account_id = a.id), 0)
""")

_NUMBERS = text("""
    SELECT 'numbers' AS what, kind || '-' || year AS which,
           max(number) AS kept, count(*) AS computed
    FROM vouchers WHERE tenant_id = :tenant
    GROUP BY kind, year HAVING max(number) <> count(*)
""")


def differences() -> list[Difference]:
    """All that does not add up in the current cooperative; nothing when the books are right."""
    tenant = {"tenant": current_tenant().id, "personal": [role.value for role in PERSONAL]}
    checks = (_JOURNALS, _MONTHS, _PARTIES, _CONTROLS, _NUMBERS)
    return [
        Difference(row.what, row.which, int(row.kept), int(row.computed))
        for check in checks
        for row in db.session.execute(check, tenant)
    ]
