"""The door to the books: writing journals, taking them back, reading balances.

What other packages need of the ledger they ask here; the lines, roles and balances behind the
door stand in modules of their own.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.extensions import db
from app.ledger.balances import asking_total, balance, balances_of, total
from app.ledger.lines import Line, Posted, Source, credit, debit, refuse_unbalanced
from app.ledger.models import Journal, Party, Unit, Voucher, VoucherKind
from app.ledger.roles import account, account_id
from tenants.scope import current_tenant

__all__ = [
    "Line",
    "Posted",
    "Source",
    "account",
    "already_posted",
    "asking_total",
    "balance",
    "balances_of",
    "credit",
    "debit",
    "find_by_source",
    "find_journal",
    "find_journal_by_id",
    "guarded",
    "next_number",
    "open_parties",
    "open_party",
    "post",
    "reversal_of",
    "reverse",
    "taken_back_by",
    "total",
    "units",
]

# The event of a journal that takes another one back; its key is that one's id.
REVERSAL = "ledger.reversal"


def post(
    *,
    on: date,
    memo: str,
    source: Source,
    lines: Sequence[Line],
    voucher: VoucherKind = VoucherKind.GENERAL,
) -> Posted:
    """Write one journal: the only way money moves.

    Posting a source a second time returns the journal of the first, so neither a retried
    task nor an impatient double click moves money twice. The caller commits.

    Raises `DomainError` for a closed month, for a balance that would fall below zero and
    for a source that was posted before with other lines.
    """
    refuse_unbalanced(lines)
    accounts = [account_id(line.account) for line in lines]
    journal_id = _insert_journal(on, memo, source, line_count=len(lines))
    if journal_id is None:
        return already_posted(source, on, lines, accounts)
    number = _insert_lines(journal_id, on, lines, accounts, voucher)
    return Posted(journal_id, voucher, on.year, number)


def reverse(journal: Journal, *, reason: str, on: date) -> Posted:
    """Take a journal back by one that mirrors it. Both stay; the pair adds up to nothing."""
    if journal.source_kind == REVERSAL:
        raise DomainError(_("This journal itself takes another one back. Record it anew."))
    return post(
        on=on,
        memo=f"Pembatalan {journal.voucher}: {reason}",
        source=Source(REVERSAL, str(journal.id)),
        lines=[
            Line(line.account_id, line.credit, line.debit, line.party_id, line.memo, line.unit_id)
            for line in journal.postings
        ],
    )


def reversal_of(journal: Journal) -> Journal | None:
    """The journal that took this one back, if one did."""
    return find_by_source(Source(REVERSAL, str(journal.id)))


def taken_back_by(journal: Journal) -> Journal | None:
    """The journal that this one took back, if that is what it is."""
    if journal.source_kind != REVERSAL:
        return None
    return find_journal_by_id(int(journal.source_key))


def find_journal(kind: VoucherKind, year: int, number: int) -> Journal | None:
    """The journal known on paper as, say, BKM-2026-0001."""
    return db.session.scalar(
        select(Journal)
        .join(Voucher, Voucher.journal_id == Journal.id)
        .where(Voucher.kind == kind, Voucher.year == year, Voucher.number == number)
    )


def find_journal_by_id(journal_id: int) -> Journal | None:
    return db.session.scalars(select(Journal).where(Journal.id == journal_id)).one_or_none()


def units() -> Sequence[Unit]:
    """The lines of business of this cooperative, by code; the office comes first."""
    return db.session.scalars(select(Unit).order_by(Unit.code)).all()


def open_party(name: str) -> Party:
    """Give somebody a page in the subsidiary ledger."""
    party = Party(name=name)
    db.session.add(party)
    db.session.flush()
    return party


def open_parties(names: Sequence[str]) -> list[int]:
    """Give many people a page each; their ids in the order of the names."""
    opened = db.session.scalars(
        text(
            "INSERT INTO parties (tenant_id, name)"
            " SELECT :tenant, name FROM unnest(CAST(:names AS text[])) WITH ORDINALITY"
            " AS given (name, number) ORDER BY number RETURNING id"
        ),
        {"tenant": current_tenant().id, "names": list(names)},
    )
    return sorted(opened)


def next_number(kind: str, year: int = 0, *, count: int = 1) -> int:
    """The next number of a series without gaps, the first of `count`; taken back if the
    transaction is. The series is held until then, so with none it only keeps others waiting.
    """
    last = int(
        db.session.execute(
            text(
                "INSERT INTO counters (tenant_id, kind, year, value)"
                " VALUES (:tenant, :kind, :year, :count) ON CONFLICT (tenant_id, kind, year)"
                " DO UPDATE SET value = counters.value + :count"
                " RETURNING value"
            ),
            {"tenant": current_tenant().id, "kind": kind, "year": year, "count": count},
        ).scalar_one()
    )
    return last - count + 1


_INSERT_JOURNAL = text("""
    INSERT INTO journals (tenant_id, posted_on, memo, source_kind, source_key, line_count,
                          created_at, created_by)
    VALUES (:tenant, :posted_on, :memo, :source_kind, :source_key, :line_count, :now, :actor)
    ON CONFLICT ON CONSTRAINT uq_journals_source DO NOTHING
    RETURNING id
""")

# Everything that follows from a new journal, in one statement: its lines, the summaries
# (always in the order of the accounts, or two journals could wait for each other) and its
# voucher. It is the hot path of the product, hence SQL and not the ORM.
_INSERT_LINES = text("""
    WITH line AS (
        SELECT account_id, party_id, debit, credit, memo, number,
               coalesce(given.unit_id, office.id) AS unit_id
        FROM unnest(
            CAST(:accounts AS bigint[]), CAST(:parties AS bigint[]), CAST(:units AS bigint[]),
            CAST(:debits AS bigint[]), CAST(:credits AS bigint[]), CAST(:memos AS text[])
        ) WITH ORDINALITY AS given (account_id, party_id, unit_id, debit, credit, memo, number),
        units office
        WHERE office.tenant_id = :tenant AND office.code = :general
    ), posted AS (
        INSERT INTO postings (tenant_id, journal_id, line, account_id, party_id, unit_id,
                              posted_on, debit, credit, memo)
        SELECT :tenant, :journal, number, account_id, party_id, unit_id,
               :posted_on, debit, credit, memo
        FROM line
    ), months AS (
        INSERT INTO account_months AS summary
            (tenant_id, account_id, unit_id, period, debit, credit)
        SELECT :tenant, account_id, unit_id, :period, sum(debit), sum(credit)
        FROM line GROUP BY account_id, unit_id ORDER BY account_id, unit_id
        ON CONFLICT (tenant_id, account_id, unit_id, period) DO UPDATE
        SET debit = summary.debit + excluded.debit, credit = summary.credit + excluded.credit
    ), balances AS (
        INSERT INTO party_balances AS summary (tenant_id, party_id, account_id, balance)
        SELECT :tenant, party_id, account_id,
               sum(CASE side WHEN 'K' THEN credit - debit ELSE debit - credit END)
        FROM line JOIN accounts ON accounts.tenant_id = :tenant AND accounts.id = account_id
        WHERE party_id IS NOT NULL
        GROUP BY party_id, account_id ORDER BY party_id, account_id
        ON CONFLICT (tenant_id, party_id, account_id) DO UPDATE
        SET balance = summary.balance + excluded.balance
    ), counter AS (
        INSERT INTO counters (tenant_id, kind, year, value) VALUES (:tenant, :kind, :year, 1)
        ON CONFLICT (tenant_id, kind, year) DO UPDATE SET value = counters.value + 1
        RETURNING value
    )
    INSERT INTO vouchers (tenant_id, journal_id, kind, year, number)
    SELECT :tenant, :journal, :kind, :year, value FROM counter
    RETURNING number
""")


def _insert_journal(on: date, memo: str, source: Source, line_count: int) -> int | None:
    """Insert the journal; None when the source already has one, even one being written now."""
    parameters = {
        "tenant": current_tenant().id,
        "posted_on": on,
        "memo": memo[:200],
        "source_kind": source.kind,
        "source_key": source.key,
        "line_count": line_count,
        "now": clock.now(),
        "actor": g.get("actor_id"),
    }
    inserted: int | None = guarded(_INSERT_JOURNAL, parameters, on).scalar()
    return inserted


def _insert_lines(
    journal_id: int,
    on: date,
    lines: Sequence[Line],
    accounts: Sequence[int],
    voucher: VoucherKind,
) -> int:
    parameters = {
        "tenant": current_tenant().id,
        "journal": journal_id,
        "posted_on": on,
        "period": Period.of(on).first_day,
        "accounts": list(accounts),
        "parties": [line.party_id for line in lines],
        "units": [line.unit_id for line in lines],
        "general": Unit.GENERAL,
        "debits": [line.debit for line in lines],
        "credits": [line.credit for line in lines],
        "memos": [line.memo for line in lines],
        "kind": voucher.value,
        "year": on.year,
    }
    return int(guarded(_INSERT_LINES, parameters, on).scalar_one())


def guarded(statement: Any, parameters: dict[str, Any], on: date) -> Any:
    """Execute; what the database refuses on principle is said in words."""
    try:
        return db.session.connection().execute(statement, parameters)
    except IntegrityError as error:
        match getattr(error.orig, "diag", None) and error.orig.diag.constraint_name:  # type: ignore[union-attr]
            case "month_open":
                raise DomainError(
                    _("The books of %(month)s are closed.", month=Period.of(on).named)
                ) from error
            case "depreciation_rests":
                raise DomainError(
                    _("An asset in it is gone since, at the value that this left it.")
                ) from error
            case "not_overdrawn":
                raise DomainError(_("The balance does not reach for that.")) from error
        raise


def already_posted(
    source: Source, on: date, lines: Sequence[Line], accounts: Sequence[int]
) -> Posted:
    """The journal of `source`; an error if what is asked for now differs from it."""
    journal = find_by_source(source)
    assert journal is not None
    recorded = [(p.account_id, p.party_id, p.debit, p.credit) for p in journal.postings]
    asked = [
        (account, line.party_id, line.debit, line.credit)
        for account, line in zip(accounts, lines, strict=True)
    ]
    if recorded != asked or journal.posted_on != on:
        raise DomainError(_("This was already recorded, and differently. Reload the page."))
    voucher = journal.voucher
    return Posted(journal.id, voucher.kind, voucher.year, voucher.number, again=True)


def find_by_source(source: Source) -> Journal | None:
    """The journal of an event, if it has been recorded."""
    return db.session.scalar(
        select(Journal).where(Journal.source_kind == source.kind, Journal.source_key == source.key)
    )
