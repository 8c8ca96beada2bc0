"""Many journals at once: the same books as `services.post` one by one, in three statements.

A collection sheet of 500 payments is 500 journals, each with a number and a receipt of its
own. Their source keys, numbers, summaries and balances are kept as `post` keeps them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import text

from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.ledger.lines import Line, Posted, Source, refuse_unbalanced
from app.ledger.models import Unit, VoucherKind
from app.ledger.roles import account_id
from app.ledger.services import already_posted, guarded
from tenants.scope import current_tenant


@dataclass(frozen=True)
class Entry:
    """One journal that is to be written: what `post` takes."""

    on: date
    memo: str
    source: Source
    lines: Sequence[Line]
    voucher: VoucherKind = VoucherKind.GENERAL


def post_many(entries: Sequence[Entry]) -> list[Posted]:
    """Write many journals, numbered in their order. The caller commits.

    Keeps every promise of `post`: a source posted before gives its journal again, or a
    `DomainError` if it says something else now; a closed month is refused, and so is a
    balance that would be below zero after any one of the journals. Then none of them stands.
    """
    for entry in entries:
        refuse_unbalanced(entry.lines)
    posted = _write(_first_of_each(entries)) if entries else {}
    return [
        posted.pop(entry.source) if entry.source in posted else _posted_before(entry)
        for entry in entries
    ]


def _first_of_each(entries: Sequence[Entry]) -> dict[Source, Entry]:
    firsts: dict[Source, Entry] = {}
    for entry in entries:
        firsts.setdefault(entry.source, entry)
    return firsts


def _write(firsts: dict[Source, Entry]) -> dict[Source, Posted]:
    """The journals that did not stand yet, with their numbers and lines."""
    ids = _insert_journals(list(firsts.values()))
    new = [entry for source, entry in firsts.items() if source in ids]
    posted = {
        entry.source: Posted(ids[entry.source], entry.voucher, entry.on.year, number)
        for entry, number in zip(new, _next_numbers(new), strict=True)
    }
    if new:
        _insert_lines(new, list(posted.values()))
    return posted


def _posted_before(entry: Entry) -> Posted:
    accounts = [account_id(line.account) for line in entry.lines]
    return already_posted(entry.source, entry.on, entry.lines, accounts)


_INSERT_JOURNALS = text("""
    INSERT INTO journals (tenant_id, posted_on, memo, source_kind, source_key, line_count,
                          created_at, created_by)
    SELECT :tenant, posted_on, memo, kind, key, line_count, :now, :actor
    FROM unnest(CAST(:days AS date[]), CAST(:memos AS text[]), CAST(:kinds AS text[]),
                CAST(:keys AS text[]), CAST(:counts AS bigint[]))
        WITH ORDINALITY AS given (posted_on, memo, kind, key, line_count, place)
    ORDER BY place
    ON CONFLICT ON CONSTRAINT uq_journals_source DO NOTHING
    RETURNING id, source_kind, source_key
""")

_NEXT_NUMBERS = text("""
    INSERT INTO counters (tenant_id, kind, year, value)
    SELECT :tenant, kind, year, count
    FROM unnest(CAST(:kinds AS text[]), CAST(:years AS bigint[]), CAST(:counts AS bigint[]))
        AS given (kind, year, count)
    ORDER BY kind, year
    ON CONFLICT (tenant_id, kind, year) DO UPDATE SET value = counters.value + excluded.value
    RETURNING kind, year, value
""")

# As in `post`: balances, months and lines, each in the order of its key, so that journals
# written at the same time wait for each other in one order only. The last SELECT counts the
# balances that were below zero after one of the journals, though not after all of them.
_INSERT_LINES = text("""
    WITH line AS (
        SELECT journal_id, number, posted_on, account_id, party_id, debit, credit, memo,
               coalesce(given.unit_id, office.id) AS unit_id
        FROM unnest(
            CAST(:journals AS bigint[]), CAST(:numbers AS bigint[]), CAST(:days AS date[]),
            CAST(:accounts AS bigint[]), CAST(:parties AS bigint[]), CAST(:units AS bigint[]),
            CAST(:debits AS bigint[]), CAST(:credits AS bigint[]), CAST(:memos AS text[])
        ) AS given (journal_id, number, posted_on, account_id, party_id, unit_id, debit, credit,
                    memo),
        units office
        WHERE office.tenant_id = :tenant AND office.code = :general
    ), numbered AS (
        INSERT INTO vouchers (tenant_id, journal_id, kind, year, number)
        SELECT :tenant, * FROM unnest(
            CAST(:ids AS bigint[]), CAST(:kinds AS text[]), CAST(:years AS bigint[]),
            CAST(:vouchers AS bigint[])
        )
    ), posted AS (
        INSERT INTO postings (tenant_id, journal_id, line, account_id, party_id, unit_id,
                              posted_on, debit, credit, memo)
        SELECT :tenant, journal_id, number, account_id, party_id, unit_id,
               posted_on, debit, credit, memo
        FROM line
    ), months AS (
        INSERT INTO account_months AS summary
            (tenant_id, account_id, unit_id, period, debit, credit)
        SELECT :tenant, account_id, unit_id, date_trunc('month', posted_on)::date AS period,
               sum(debit), sum(credit)
        FROM line GROUP BY account_id, unit_id, period ORDER BY account_id, unit_id, period
        ON CONFLICT (tenant_id, account_id, unit_id, period) DO UPDATE
        SET debit = summary.debit + excluded.debit, credit = summary.credit + excluded.credit
    ), moved AS (
        SELECT party_id, account_id, journal_id,
               sum(CASE side WHEN 'K' THEN credit - debit ELSE debit - credit END) AS amount
        FROM line JOIN accounts ON accounts.tenant_id = :tenant AND accounts.id = account_id
        WHERE party_id IS NOT NULL
        GROUP BY party_id, account_id, journal_id
    ), reached AS (
        SELECT party_id, account_id, amount,
               sum(amount) OVER (PARTITION BY party_id, account_id ORDER BY journal_id) AS upto
        FROM moved
    ), whole AS (
        SELECT party_id, account_id, sum(amount) AS amount, min(upto) AS lowest
        FROM reached GROUP BY party_id, account_id
    ), balances AS (
        INSERT INTO party_balances AS summary (tenant_id, party_id, account_id, balance)
        SELECT :tenant, party_id, account_id, amount FROM whole ORDER BY party_id, account_id
        ON CONFLICT (tenant_id, party_id, account_id) DO UPDATE
        SET balance = summary.balance + excluded.balance
        RETURNING party_id, account_id, balance
    )
    SELECT count(*) FROM balances JOIN whole USING (party_id, account_id)
    WHERE balance - amount + lowest < 0
""")


def _insert_journals(entries: Sequence[Entry]) -> dict[Source, int]:
    """Insert the journals; those of sources that already have one are left out."""
    parameters = {
        "tenant": current_tenant().id,
        "now": clock.now(),
        "actor": g.get("actor_id"),
        "days": [entry.on for entry in entries],
        "memos": [entry.memo[:200] for entry in entries],
        "kinds": [entry.source.kind for entry in entries],
        "keys": [entry.source.key for entry in entries],
        "counts": [len(entry.lines) for entry in entries],
    }
    # Months are closed in order, so if any is closed the earliest is.
    rows = guarded(_INSERT_JOURNALS, parameters, min(entry.on for entry in entries))
    return {Source(kind, key): journal_id for journal_id, kind, key in rows}


def _next_numbers(entries: Sequence[Entry]) -> list[int]:
    """The numbers of the vouchers, each kind and year in a row of its own without gaps."""
    wanted = Counter((entry.voucher.value, entry.on.year) for entry in entries)
    parameters = {
        "tenant": current_tenant().id,
        "kinds": [kind for kind, _year in wanted],
        "years": [year for _kind, year in wanted],
        "counts": list(wanted.values()),
    }
    rows = db.session.connection().execute(_NEXT_NUMBERS, parameters)
    last = {(kind, year): value - wanted[kind, year] for kind, year, value in rows}
    numbers = []
    for entry in entries:
        last[entry.voucher.value, entry.on.year] += 1
        numbers.append(last[entry.voucher.value, entry.on.year])
    return numbers


def _insert_lines(entries: Sequence[Entry], posted: Sequence[Posted]) -> None:
    """Write the lines with all that follows from them."""
    lines = [
        (journal.journal_id, number, entry.on, line)
        for entry, journal in zip(entries, posted, strict=True)
        for number, line in enumerate(entry.lines, 1)
    ]
    parameters = {
        "tenant": current_tenant().id,
        "general": Unit.GENERAL,
        "ids": [journal.journal_id for journal in posted],
        "kinds": [journal.kind.value for journal in posted],
        "years": [journal.year for journal in posted],
        "vouchers": [journal.number for journal in posted],
        "journals": [journal_id for journal_id, _number, _on, _line in lines],
        "numbers": [number for _journal, number, _on, _line in lines],
        "days": [on for _journal, _number, on, _line in lines],
        **_columns([line for _journal, _number, _on, line in lines]),
    }
    overdrawn = guarded(_INSERT_LINES, parameters, min(entry.on for entry in entries)).scalar_one()
    if overdrawn:
        raise DomainError(_("The balance does not reach for that."))


def _columns(lines: Sequence[Line]) -> dict[str, Any]:
    return {
        "accounts": [account_id(line.account) for line in lines],
        "parties": [line.party_id for line in lines],
        "units": [line.unit_id for line in lines],
        "debits": [line.debit for line in lines],
        "credits": [line.credit for line in lines],
        "memos": [line.memo for line in lines],
    }
