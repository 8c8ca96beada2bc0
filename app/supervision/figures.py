"""The statements by which a cooperative computes what it reports, as of any day.

Each returns one row whose columns are figures of `app.supervision.models.Figures`. They read
the cooperative's own tables, in its own scope; nothing here runs for the city. What nobody has
begun to keep is not known, and no 0: of a register without a line, of books without an entry
and of dues that were never billed nothing is said. Columns called `people_…` count of how many
an amount tells; they stay in the cooperative (see `withholding`).
"""

from sqlalchemy import text

# Fewer people than this could be recognised, so they are told neither apart nor by complement.
SMALLEST_GROUP = 5

MEMBERS = text("""
    WITH known AS (
        SELECT sex,
               joined_on <= :on AND (left_on IS NULL OR left_on > :on) AS active,
               registered_on <= :on AND (joined_on IS NULL OR joined_on > :on)
                   AND (left_on IS NULL OR left_on > :on) AS candidate,
               left_on <= :on AS gone,
               joined_on BETWEEN :month AND :on AS joined,
               left_on BETWEEN :month AND :on AS leaving
        FROM members WHERE tenant_id = :tenant
    ), counted AS (
        SELECT count(*) FILTER (WHERE active) AS active,
               count(*) FILTER (WHERE candidate) AS candidates,
               count(*) FILTER (WHERE gone) AS gone,
               count(*) FILTER (WHERE active AND sex = 'P') AS women,
               count(*) FILTER (WHERE active AND sex = 'L') AS men,
               count(*) FILTER (WHERE joined) AS joined,
               count(*) FILTER (WHERE leaving) AS leaving
        FROM known HAVING count(*) FILTER (WHERE active OR candidate OR gone) > 0
    )
    SELECT active AS members_active, candidates AS members_candidates, gone AS members_left,
           CASE WHEN least(women, men) >= :smallest THEN women END AS members_women,
           CASE WHEN least(women, men) >= :smallest THEN men END AS members_men,
           joined AS members_joined, leaving AS members_leaving
    FROM (SELECT) AS always LEFT JOIN counted ON true
""")

# SQL: whether anything stands in the books on the day.
_BEGUN = "EXISTS (SELECT FROM journals WHERE tenant_id = :tenant AND posted_on <= :on)"


def _balances(*roles: str) -> str:
    """SQL: what each person held on each of these accounts as of the day.

    The balance of now less what was moved since: of late days that is next to nothing, where
    the postings of all years are hundreds of thousands.
    """
    these = ", ".join(f"'{role}'" for role in roles)
    return f"""
        SELECT party_id, role, sum(amount) AS balance FROM (
            SELECT b.party_id, a.role, b.balance AS amount
            FROM accounts a JOIN party_balances b ON b.tenant_id = :tenant AND b.account_id = a.id
            WHERE a.tenant_id = :tenant AND a.role IN ({these})
            UNION ALL
            SELECT p.party_id, a.role, p.debit - p.credit
            FROM accounts a JOIN postings p ON p.tenant_id = :tenant AND p.account_id = a.id
                 AND p.posted_on > :on AND p.party_id IS NOT NULL
            WHERE a.tenant_id = :tenant AND a.role IN ({these})
        ) AS moved GROUP BY party_id, role
    """  # noqa: S608 (names of roles)


def _late(days: str, name: str) -> str:
    """SQL: what is in arrears for so many days, and of how many people.

    Nothing is known before anything was billed.
    """
    late = f"coalesce(sum(amount - settled) FILTER (WHERE age {days}), 0)"
    owing = f"count(DISTINCT member_id) FILTER (WHERE age {days} AND amount > settled)"
    return f"CASE WHEN count(*) > 0 THEN {late} END AS {name}, {owing} AS people_{name}"


# The oldest month is settled first, by what was paid until the day (case G2). Nothing is known
# of dues before the first month was billed.
DUES = text(f"""
    WITH paid AS ({_balances("mandatory_savings")}), billed AS (
        SELECT c.member_id, c.period, c.amount,
               sum(c.amount) OVER (PARTITION BY c.member_id ORDER BY c.period) AS upto
        FROM dues_charges c
        JOIN members m ON m.tenant_id = :tenant AND m.id = c.member_id
             AND (m.left_on IS NULL OR m.left_on > :on)
        WHERE c.tenant_id = :tenant AND c.period <= :month
          AND NOT EXISTS (SELECT FROM dues_waivers w WHERE w.tenant_id = :tenant
                          AND w.member_id = c.member_id AND w.period = c.period)
    ), settled AS (
        SELECT period, member_id, amount,
               greatest(least(amount, amount - (upto - coalesce(balance, 0))), 0) AS settled,
               :on - (period + (:due_day - 1)) AS age
        FROM billed LEFT JOIN paid ON paid.party_id = billed.member_id
    )
    SELECT CASE WHEN count(*) > 0 THEN
                coalesce(sum(amount) FILTER (WHERE period = :month), 0) END AS dues_billed,
           CASE WHEN count(*) > 0 THEN
                coalesce(sum(settled) FILTER (WHERE period = :month), 0) END AS dues_settled,
           CASE WHEN count(*) > 0 THEN
                count(*) FILTER (WHERE period = :month) END AS dues_members_billed,
           CASE WHEN count(*) > 0 THEN count(*) FILTER (
                WHERE period = :month AND settled = amount) END AS dues_members_settled,
           {_late("BETWEEN 0 AND 30", "arrears_30")}, {_late("BETWEEN 31 AND 60", "arrears_60")},
           {_late("BETWEEN 61 AND 90", "arrears_90")}, {_late("> 90", "arrears_over")},
           CASE WHEN {_BEGUN} THEN
                (SELECT count(*) FROM paid WHERE balance > 0) END AS mandatory_payers
    FROM settled
""")  # noqa: S608 (constants)

_SAVINGS = ("principal_savings", "mandatory_savings", "voluntary_savings")
PAYERS = text(f"""
    WITH held AS ({_balances(*_SAVINGS)})
    SELECT CASE WHEN {_BEGUN} THEN
                count(*) FILTER (WHERE role = 'principal_savings') END AS principal_payers,
           count(*) FILTER (WHERE role = 'voluntary_savings') AS people_savings_voluntary,
           count(DISTINCT party_id) AS people_saving
    FROM held WHERE balance > 0
""")  # noqa: S608 (constants)

# Whole months come from the summaries; the days of the last month from the postings.
BOOKS = text(f"""
    WITH moved AS (
        SELECT account_id, unit_id, period, debit, credit FROM account_months
        WHERE tenant_id = :tenant AND period < :month
        UNION ALL
        SELECT account_id, unit_id, :month, sum(debit), sum(credit) FROM postings
        WHERE tenant_id = :tenant AND posted_on BETWEEN :month AND :on
        GROUP BY account_id, unit_id
    ), line AS (
        SELECT a.code, a.role, a.type, u.code AS unit, period, debit - credit AS amount
        FROM moved
        JOIN accounts a ON a.tenant_id = :tenant AND a.id = account_id
        JOIN units u ON u.tenant_id = :tenant AND u.id = unit_id
    ), summed AS (
        SELECT coalesce(-sum(amount) FILTER (WHERE role = 'principal_savings'), 0)
                   AS savings_principal,
               coalesce(-sum(amount) FILTER (WHERE role = 'mandatory_savings'), 0)
                   AS savings_mandatory,
               coalesce(-sum(amount) FILTER (WHERE role = 'voluntary_savings'), 0)
                   AS savings_voluntary,
               coalesce(-sum(amount) FILTER (WHERE period = :month
                    AND code IN ('4.1.1.01', '4.1.1.03')), 0) AS sales_members,
               coalesce(-sum(amount) FILTER (WHERE period = :month AND code LIKE '4.2.%'), 0)
                   AS sales_others,
               coalesce(-sum(amount) FILTER (WHERE period = :month AND code LIKE '4.1.4.%'), 0)
                   AS fees,
               coalesce(-sum(amount) FILTER (WHERE period = :month AND code = '4.1.1.02'), 0)
                   AS commission,
               coalesce(-sum(amount) FILTER (WHERE period = :month AND code LIKE '4.%'
                    AND unit = '01'), 0) AS revenue_shop,
               coalesce(-sum(amount) FILTER (WHERE period = :month AND code LIKE '4.%'
                    AND unit = '02'), 0) AS revenue_consignment,
               coalesce(-sum(amount) FILTER (WHERE period = :month AND code LIKE '4.%'
                    AND unit = '03'), 0) AS revenue_catering,
               coalesce(-sum(amount) FILTER (WHERE period = :month AND code LIKE '4.%'
                    AND unit = '04'), 0) AS revenue_agency,
               coalesce(-sum(amount) FILTER (WHERE period = :month AND code LIKE '4.%'
                    AND unit = '05'), 0) AS revenue_bills,
               coalesce(-sum(amount) FILTER (WHERE period = :month AND code LIKE '4.%'
                    AND unit = '06'), 0) AS revenue_referral,
               coalesce(-sum(amount) FILTER (WHERE role = 'consignment_payable'), 0)
                   AS consignment_owed,
               coalesce(-sum(amount) FILTER (WHERE role = 'instalments_held'), 0)
                   AS instalments_held,
               coalesce(sum(amount) FILTER (WHERE account_kind = 'cash'), 0) AS cash,
               coalesce(sum(amount) FILTER (WHERE account_kind = 'bank'), 0) AS bank,
               coalesce(sum(amount) FILTER (WHERE account_kind = 'float'), 0) AS floats,
               coalesce(sum(abs(amount)) FILTER (WHERE period = :month
                    AND role IN ('cash_short', 'cash_over')), 0) AS cash_differences,
               coalesce(-sum(amount) FILTER (WHERE type = 'revenue' AND period >= :year), 0)
                   AS revenue,
               coalesce(sum(amount) FILTER (WHERE type = 'expense' AND period >= :year), 0)
                   AS expenses,
               coalesce(sum(amount) FILTER (WHERE type = 'asset'), 0) AS assets,
               coalesce(-sum(amount) FILTER (WHERE type IN ('equity', 'revenue', 'expense')), 0)
                   AS equity
        FROM line
        LEFT JOIN (
            SELECT a.code AS till_code, t.kind AS account_kind
            FROM tills t JOIN accounts a ON a.tenant_id = :tenant AND a.id = t.account_id
            WHERE t.tenant_id = :tenant
        ) AS till ON till.till_code = line.code
        HAVING {_BEGUN}
    )
    SELECT summed.* FROM (SELECT) AS always LEFT JOIN summed ON true
""")  # noqa: S608 (constants)

# Held since the day after the account last stood at nothing.
INSTALMENTS = text("""
    WITH by_day AS (
        SELECT p.posted_on AS day, sum(sum(credit - debit)) OVER (ORDER BY p.posted_on) AS held
        FROM accounts a CROSS JOIN LATERAL (
            SELECT posted_on, credit, debit FROM postings
            WHERE tenant_id = :tenant AND account_id = a.id AND posted_on <= :on
            OFFSET 0  -- by the account's index: it has few postings, or none
        ) AS p
        WHERE a.tenant_id = :tenant AND a.role = 'instalments_held'
        GROUP BY p.posted_on
    ), now AS (SELECT held FROM by_day ORDER BY day DESC LIMIT 1)
    SELECT CASE WHEN (SELECT held FROM now) > 0 THEN
        :on - (SELECT min(day) FROM by_day
               WHERE day > coalesce((SELECT max(day) FROM by_day WHERE held <= 0), '-infinity'))
    END AS instalments_days
""")

STATE = text("""
    SELECT (SELECT max(period + interval '1 month' - interval '1 day')::date FROM months
            WHERE tenant_id = :tenant AND closed_at IS NOT NULL AND period <= :month)
               AS closed_through,
           (SELECT (max(created_at) AT TIME ZONE 'Asia/Jakarta')::date FROM journals
            WHERE tenant_id = :tenant
              AND created_at < (:on + 1)::timestamp AT TIME ZONE 'Asia/Jakarta')
               AS last_activity_on,
           (SELECT count(*) FROM (SELECT FROM journals WHERE tenant_id = :tenant
                                  AND posted_on <= :on LIMIT 1) AS any_journal)
               AS opening_entered,
           (SELECT count(*) FROM findings WHERE tenant_id = :tenant AND state <> 'closed')
               AS findings_open,
           (SELECT count(*) FROM findings WHERE tenant_id = :tenant AND state = 'open'
            AND due_on < :on) AS findings_overdue,
           (SELECT count(*) FROM tenants t
            CROSS JOIN LATERAL (VALUES ('akta', t.deed), ('sk_ahu', t.legal_decree),
                ('nib', t.business_number), ('npwp', t.tax_number),
                ('nik', t.cooperative_number)) AS legal (kind, number)
            WHERE t.id = :tenant AND (number <> '' OR EXISTS (
                SELECT FROM documents d WHERE d.tenant_id = :tenant
                AND d.kind = legal.kind AND d.state = 'ada'))) AS documents,
           (SELECT count(DISTINCT user_id) FROM offices WHERE tenant_id = :tenant
            AND from_date <= :on AND (until_date IS NULL OR until_date >= :on)
            AND role IN ('ketua', 'wakil_usaha', 'wakil_anggota', 'sekretaris', 'bendahara'))
               AS board_seats,
           (SELECT count(DISTINCT user_id) FROM offices WHERE tenant_id = :tenant
            AND from_date <= :on AND (until_date IS NULL OR until_date >= :on)
            AND role IN ('ketua_pengawas', 'pengawas')) AS supervisor_seats
""")

ALL = (MEMBERS, DUES, PAYERS, BOOKS, INSTALMENTS, STATE)
