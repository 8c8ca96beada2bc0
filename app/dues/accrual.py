"""Billing the monthly dues: one statement for each cooperative, as often as one likes."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.exc import IntegrityError

from app.connections import tell
from app.core.money import Rupiah
from app.core.period import Period
from app.extensions import db
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import history, setting


@dataclass(frozen=True)
class Accrued:
    """What one run did: months of members, members passed over, rupiah, milliseconds.

    `created` and `amount` are about every month that was caught up; `existing`, `waived` and
    `skipped` about the month asked for.
    """

    created: int
    existing: int
    waived: int
    skipped: int
    amount: Rupiah
    milliseconds: int

    def as_figures(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True)
class Rate:
    """What a month costs from `first` through `last`, and who of the members does not owe it."""

    first: Period
    last: Period
    amount: Rupiah
    joiners: bool  # whether it is owed by those who join in it
    suspends: bool = False  # whether it is not owed by those who are passive on its first day

    @property
    def owe_before(self) -> date:
        """The day before which one has to have joined to owe the last month."""
        return (self.last.next() if self.joiners else self.last).first_day


def accrue(period: Period) -> Accrued:
    """Bill every month through `period` that a member owes and has not been billed for.

    Run it as often as you like: a month already billed is passed over, by the key of the
    table even when several run at once, and a month that was missed is caught up. The rate is
    the one in force on the first of the month; months billed before stay as they are. A
    charge is a claim, not yet a booking (domain reference 2.4).
    """
    parameters = _parameters(period)
    connection = db.session.connection()
    tell(connection, _PREPARE)
    try:
        return _execute(_BILL, parameters)
    except IntegrityError:  # another run was faster, or a page had been billed further than noted
        tell(connection, "ROLLBACK TO SAVEPOINT billing")
        return _execute(_BILL_THE_REST, parameters)


def preview(period: Period) -> Accrued:
    """What `accrue` would do now, without doing it."""
    return _execute(_PREVIEW, _parameters(period))


def rate_of(period: Period) -> Rupiah:
    """What a month costs by the rate in force on its first day."""
    return int(setting(Key.DUES, period.first_day))


# A run would slow down with every month of history if it looked at all of it again. So it
# notes, for each page of the register, through which month everybody on it has been billed,
# with a digest of all that decides who owes what. While the digest is the same, nothing before
# that month can be missing (charges and waivers are never taken back). A page whose digest
# differs, because somebody joined, left, was passive or a rule changed, is gone through again;
# only there, and where a run for a later month has been, do the charges have to be asked.
_OWED = """
    WITH spell AS MATERIALIZED (
        SELECT member_id, from_on, coalesce(until_on, 'infinity') AS until_on
        FROM passive_spells WHERE tenant_id = :tenant AND :ever_suspends
    ), paused AS (
        SELECT member_id / 64 AS page,
               bit_xor(hashtextextended(
                   member_id || ' ' || from_on || ' ' || until_on, 0)) AS digest
        FROM spell GROUP BY 1
    ), member AS MATERIALIZED (
        SELECT id, id / 64 AS page, joined_on, left_on FROM members WHERE tenant_id = :tenant
    ), page AS (
        SELECT page, min(id) AS one, date_trunc('month', min(joined_on)) AS first,
               hashtextextended(:rules, 0) # bit_xor(hashint8extended(id,
                   (joined_on - date '1900-01-01') * 1000003::bigint
                   + coalesce(left_on - date '1900-01-01', 0)))
                   # coalesce(min(paused.digest), 0) AS digest
        FROM member LEFT JOIN paused USING (page) WHERE joined_on IS NOT NULL GROUP BY page
    ), checked AS MATERIALIZED (
        SELECT page.page, page.digest,
               coalesce(done.through, page.first - interval '1 month')::date AS through,
               done.page IS NOT NULL AND NOT EXISTS (
                   SELECT FROM dues_charges c WHERE c.tenant_id = :tenant
                   AND c.member_id = page.one AND c.period > done.through) AS fresh
        FROM page LEFT JOIN dues_progress done ON done.tenant_id = :tenant
             AND done.page = page.page AND done.digest = page.digest
    ), rate AS MATERIALIZED (
        SELECT month::date AS period, (month + interval '1 month')::date AS following,
               amount, joiners, suspends
        FROM unnest(CAST(:firsts AS date[]), CAST(:lasts AS date[]), CAST(:amounts AS bigint[]),
                    CAST(:joiners AS boolean[]), CAST(:suspends AS boolean[]))
                 AS rate (first, last, amount, joiners, suspends),
             generate_series(
                 greatest(first, (SELECT min(through) + interval '1 month' FROM checked)),
                 last::timestamp, interval '1 month') AS month
    ), owed AS (
        SELECT m.id AS member_id, rate.period, rate.amount
        FROM member m JOIN checked USING (page)
        JOIN rate ON rate.period > checked.through
             AND m.joined_on < CASE WHEN rate.joiners THEN rate.following ELSE rate.period END
             AND (m.left_on IS NULL OR m.left_on >= rate.period)
        WHERE NOT EXISTS (SELECT FROM dues_waivers w WHERE w.tenant_id = :tenant
                          AND w.member_id = m.id AND w.period = rate.period)
          AND NOT (rate.suspends AND EXISTS (
                  SELECT FROM spell WHERE spell.member_id = m.id
                  AND rate.period >= spell.from_on AND rate.period < spell.until_on))
          AND (fresh OR (SELECT true FROM dues_charges c WHERE c.tenant_id = :tenant
                         AND c.member_id = m.id AND c.period = rate.period) IS NULL)
    )
"""

# Whoever owes the month asked for and is not let off has a charge after the run; only about
# the others the charges have to be asked. `owe_before` is the day by which one has to have
# joined to owe it; none where there is no rate yet.
_REPORT = """
    , standing AS (
        SELECT left_on, waived, due, CASE WHEN NOT due THEN
                   (SELECT true FROM dues_charges c WHERE c.tenant_id = :tenant
                    AND c.member_id = claim.id AND c.period = :period) END AS billed
        FROM (SELECT m.id, m.left_on, w.member_id IS NOT NULL AS waived,
                     w.member_id IS NULL AND coalesce(joined_on < CAST(:owe_before AS date), false)
                     AND (left_on IS NULL OR left_on >= :period)
                     AND NOT (:suspends_now AND EXISTS (
                             SELECT FROM spell WHERE spell.member_id = m.id
                             AND :period >= spell.from_on AND :period < spell.until_on)) AS due
              FROM member m LEFT JOIN dues_waivers w ON w.tenant_id = :tenant
                   AND w.member_id = m.id AND w.period = :period) AS claim
    )
    SELECT created, amount, claimed - created_now AS existing, waived, skipped
    FROM (SELECT count(*) FILTER (WHERE due OR billed) AS claimed,
                 count(*) FILTER (WHERE waived) AS waived,
                 count(*) FILTER (WHERE left_on IS NULL AND NOT waived AND NOT due
                                  AND billed IS NULL) AS skipped
          FROM standing) AS now,
         (SELECT count(*) AS created, coalesce(sum(amount), 0) AS amount,
                 count(*) FILTER (WHERE period = :period) AS created_now FROM charged) AS done
"""

# A plain insert: making each row ready for a conflict costs a fifth more than the key itself.
_CHARGED = """
    , charged AS (
        INSERT INTO dues_charges (tenant_id, member_id, period, amount)
        SELECT :tenant, member_id, period, amount FROM owed ORDER BY member_id, period
        {conflict} RETURNING period, amount
    ), noted AS (
        INSERT INTO dues_progress AS done (tenant_id, page, digest, through)
        SELECT :tenant, page, digest, :period FROM checked WHERE through < :period ORDER BY page
        ON CONFLICT (tenant_id, page) DO UPDATE
        SET digest = excluded.digest, through = excluded.through
        WHERE done.digest <> excluded.digest OR done.through < excluded.through
    )
"""

_DUE = """
    , charged AS (SELECT period, amount FROM owed)
"""

# A cooperative of 500 spends as long on planning the statement as on a third of its members,
# and the plan is the same for each. It may have been made while the tables were still empty,
# hence by their keys in any case. Asked for together, because each question takes its time.
_PREPARE = """
    SAVEPOINT billing;
    SET LOCAL plan_cache_mode = force_generic_plan;
    SET LOCAL enable_seqscan = off
"""


def _statement(*parts: str) -> TextClause:
    """One statement, without indentation: what is longer than 4.096 characters psycopg takes
    apart at every call, which costs a small cooperative a thirtieth of its time.
    """
    return text(" ".join("".join(parts).split()))


_BILL = _statement(_OWED, _CHARGED.format(conflict=""), _REPORT)
_BILL_THE_REST = _statement(_OWED, _CHARGED.format(conflict="ON CONFLICT DO NOTHING"), _REPORT)
_PREVIEW = _statement(_OWED, _DUE, _REPORT)


def _execute(statement: TextClause, parameters: dict[str, Any]) -> Accrued:
    began = time.perf_counter()
    row = db.session.connection().execute(statement, parameters).one()
    return Accrued(
        created=int(row.created),
        existing=int(row.existing),
        waived=int(row.waived),
        skipped=int(row.skipped),
        amount=int(row.amount),
        milliseconds=round((time.perf_counter() - began) * 1000),
    )


def _parameters(period: Period) -> dict[str, Any]:
    rates = _rates(period)
    return {
        "tenant": current_tenant().id,
        "period": period.first_day,
        "rules": _rules(),
        "firsts": [rate.first.first_day for rate in rates],
        "lasts": [rate.last.first_day for rate in rates],
        "amounts": [rate.amount for rate in rates],
        "joiners": [rate.joiners for rate in rates],
        "suspends": [rate.suspends for rate in rates],
        "owe_before": rates[-1].owe_before if rates else None,
        "suspends_now": bool(rates) and rates[-1].suspends,
        "ever_suspends": any(rate.suspends for rate in rates),
    }


def _rates(last: Period) -> Sequence[Rate]:
    """The rates of all months through `last`, oldest first.

    Months before the cooperative had a rate are not billed.
    """
    rated = {_first_whole(row.from_date) for row in history(Key.DUES)}
    ruled = {Period.of(row.from_date) for row in history(Key.DUES_JOINERS)}
    ruled |= {_first_whole(row.from_date) for row in history(Key.PASSIVE_BILLED)}
    first = min(rated, default=last.next())
    starts = sorted(month for month in rated | ruled if first <= month <= last)
    return [
        Rate(start, after.previous(), rate_of(start), _joiners_owe(start), _suspends(start))
        for start, after in pairwise([*starts, last.next()])
    ]


def _joiners_owe(month: Period) -> bool:
    return bool(setting(Key.DUES_JOINERS, month.last_day) == "joining")


def _suspends(month: Period) -> bool:
    return bool(setting(Key.PASSIVE_BILLED, month.first_day) == "suspended")


def _rules() -> str:
    """What decides, beside the members themselves, which months are owed."""
    first = min((_first_whole(row.from_date) for row in history(Key.DUES)), default="")
    joiners = [(row.from_date, row.own, row.value) for row in history(Key.DUES_JOINERS)]
    passive = [(row.from_date, row.own, row.value) for row in history(Key.PASSIVE_BILLED)]
    return f"{first} {joiners} {passive}"


def _first_whole(day: date) -> Period:
    """The first month on whose first day a rate of `day` is in force."""
    month = Period.of(day)
    return month if day.day == 1 else month.next()
