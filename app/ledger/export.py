"""The books as a plain text file that other people's programs read: beancount and hledger.

So that nobody has to take our word: a doubting auditor lets a program that knows nothing of
us add up the same journals. The file ends by saying what each account must come to, from our
summaries and not from the lines above it, and either program refuses the file if that is wrong.

What people typed may name somebody; without names a party is only a number and a journal is
described by its kind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from sqlalchemy import Row, func, select, text

from app.core import clock
from app.core.money import Rupiah
from app.core.period import Period
from app.extensions import db
from app.ledger import reports
from app.ledger.models import Account, AccountType, Journal
from tenants.scope import current_tenant


class Format(StrEnum):
    BEANCOUNT = "beancount"
    HLEDGER = "hledger"


@dataclass(frozen=True)
class Entry:
    """A line of a transaction: debit is positive, credit negative."""

    account: str
    amount: Rupiah
    unit: str
    party: str


@dataclass(frozen=True)
class Transaction:
    """A journal as it is written down, or the balances that a year begins with."""

    on: date
    number: str
    narration: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Extent:
    """From which day through which day the file goes."""

    first: date
    last: date

    @classmethod
    def of(cls, year: int | None) -> "Extent":
        """A year as far as it has come, or everything since the first journal."""
        if year is not None:
            return cls(date(year, 1, 1), min(date(year, 12, 31), clock.today()))
        earliest = db.session.scalar(select(func.min(Journal.posted_on)))
        return cls(earliest or clock.today(), clock.today())


def export(format: Format, *, year: int | None = None, names: bool = False) -> Iterator[str]:
    """The lines of the file. Everything is read as it stood at one moment: see the command."""
    extent = Extent.of(year)
    writer = _WRITERS[format]
    accounts = {account.id: account for account in reports.chart()}
    yield from writer.head(list(accounts.values()), extent)
    opening = _opening(accounts, extent.first, names) if year is not None else None
    if opening is not None:
        yield from writer.transaction(opening)
    for transaction in _journals(accounts, extent, names):
        yield from writer.transaction(transaction)
    yield from writer.balances(_balances(accounts, extent), extent.last)


_OPENING = text("""
    SELECT p.account_id, sum(p.debit - p.credit) AS amount, u.code AS unit,
           p.party_id, party.name AS party
    FROM postings p
    JOIN units u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
    LEFT JOIN parties party ON party.tenant_id = p.tenant_id AND party.id = p.party_id
    WHERE p.tenant_id = :tenant AND p.posted_on < :first
    GROUP BY p.account_id, u.code, p.party_id, party.name
    HAVING sum(p.debit - p.credit) <> 0
    ORDER BY p.account_id, u.code, p.party_id
""")

_LINES = text("""
    SELECT j.id AS journal_id, j.posted_on, v.kind, v.year, v.number, j.source_kind, j.memo,
           p.account_id, p.debit - p.credit AS amount, u.code AS unit,
           p.party_id, party.name AS party
    FROM postings p
    JOIN journals j ON j.tenant_id = p.tenant_id AND j.id = p.journal_id
    JOIN vouchers v ON v.tenant_id = p.tenant_id AND v.journal_id = p.journal_id
    JOIN units u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
    LEFT JOIN parties party ON party.tenant_id = p.tenant_id AND party.id = p.party_id
    WHERE p.tenant_id = :tenant AND p.posted_on BETWEEN :first AND :last
    ORDER BY p.posted_on, p.journal_id, p.line
""")


def _opening(accounts: dict[int, Account], first: date, names: bool) -> Transaction | None:
    """What was there before the first day, by account, unit and party, as one transaction."""
    parameters = {"tenant": current_tenant().id, "first": first}
    rows = db.session.execute(_OPENING, parameters).all()
    if not rows:
        return None
    entries = [_entry(accounts, row, names) for row in rows]
    return Transaction(first, f"SALDO-{first.year}", "Saldo awal tahun", entries)


def _journals(accounts: dict[int, Account], extent: Extent, names: bool) -> Iterator[Transaction]:
    """Month by month, so that a long history is never in memory as a whole."""
    for period in Period.of(extent.first).through(Period.of(extent.last)):
        parameters = {
            "tenant": current_tenant().id,
            "first": max(period.first_day, extent.first),
            "last": min(period.last_day, extent.last),
        }
        rows = db.session.execute(_LINES, parameters).all()
        for _journal, lines in groupby(rows, key=lambda row: row.journal_id):
            yield _transaction(accounts, list(lines), names)


def _transaction(
    accounts: dict[int, Account], rows: Sequence[Row[tuple[object, ...]]], names: bool
) -> Transaction:
    head = rows[0]
    return Transaction(
        on=head.posted_on,
        number=f"{head.kind}-{head.year}-{head.number:04d}",
        narration=head.memo if names else head.source_kind,
        entries=[_entry(accounts, row, names) for row in rows],
    )


def _entry(accounts: dict[int, Account], row: Row[tuple[object, ...]], names: bool) -> Entry:
    party = f"{row.party_id}" if row.party_id is not None else ""
    return Entry(
        account=account_name(accounts[row.account_id]),
        amount=int(row.amount),
        unit=row.unit,
        party=f"{party} {row.party}" if names and party else party,
    )


def _balances(accounts: dict[int, Account], extent: Extent) -> list[tuple[str, Rupiah]]:
    """What our trial balance says of each account at the end."""
    named = {account.code: account_name(account) for account in accounts.values()}
    lines = reports.trial_balance(extent.first, extent.last).lines
    return [(named[line.code], line.closing) for line in lines]


_ROOTS = {
    AccountType.ASSET: "Assets",
    AccountType.LIABILITY: "Liabilities",
    AccountType.EQUITY: "Equity",
    AccountType.REVENUE: "Income",
    AccountType.EXPENSE: "Expenses",
}


def account_name(account: Account) -> str:
    """Assets:1-1-1-01-Kas-Tunai: letters, digits and hyphens, which both programs accept."""
    name = "".join(c if c.isalnum() and c.isascii() else " " for c in account.name)
    return f"{_ROOTS[account.type]}:{account.code.replace('.', '-')}-{'-'.join(name.split())}"


class _Beancount:
    """The plain text of beancount: https://beancount.github.io/docs/."""

    @staticmethod
    def head(accounts: Sequence[Account], extent: Extent) -> Iterator[str]:
        yield f'option "title" {_quoted(current_tenant().legal_name)}'
        yield 'option "operating_currency" "IDR"'
        for account in accounts:
            yield f"{extent.first} open {account_name(account)} IDR"
            yield f"  name: {_quoted(account.name)}"

    @staticmethod
    def transaction(made: Transaction) -> Iterator[str]:
        yield ""
        yield f"{made.on} * {_quoted(made.number)} {_quoted(made.narration)}"
        for entry in made.entries:
            yield f"  {entry.account}  {entry.amount} IDR"
            yield f"    unit: {_quoted(entry.unit)}"
            if entry.party:
                yield f"    party: {_quoted(entry.party)}"

    @staticmethod
    def balances(closing: Sequence[tuple[str, Rupiah]], last: date) -> Iterator[str]:
        """Beancount asserts what stands at the beginning of a day."""
        yield ""
        for account, amount in closing:
            yield f"{last + timedelta(days=1)} balance {account}  {amount} IDR"


class _Hledger:
    """The plain text of hledger: https://hledger.org/hledger.html#journal."""

    @staticmethod
    def head(accounts: Sequence[Account], extent: Extent) -> Iterator[str]:
        yield f"; {_plain(current_tenant().legal_name)}, {extent.first} - {extent.last}"
        yield "decimal-mark ."
        yield "commodity 1000. IDR"
        for account in accounts:
            yield f"account {account_name(account)}"

    @staticmethod
    def transaction(made: Transaction) -> Iterator[str]:
        yield ""
        yield f"{made.on} * ({made.number}) {_plain(made.narration)}"
        for entry in made.entries:
            party = f", party:{_plain(entry.party)}" if entry.party else ""
            yield f"    {entry.account}  {entry.amount} IDR  ; unit:{entry.unit}{party}"

    @staticmethod
    def balances(closing: Sequence[tuple[str, Rupiah]], last: date) -> Iterator[str]:
        yield ""
        yield f"{last} * Saldo akhir"
        for account, amount in closing:
            yield f"    {account}  0 IDR = {amount} IDR"


_WRITERS: dict[Format, type[_Beancount] | type[_Hledger]] = {
    Format.BEANCOUNT: _Beancount,
    Format.HLEDGER: _Hledger,
}


def _quoted(text: str) -> str:
    """Between quotation marks, where only those and the backslash mean something."""
    return '"{}"'.format(" ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"'))


def _plain(text: str) -> str:
    """On a line of hledger, where a semicolon begins a comment and a comma the next tag."""
    return " ".join(text.replace(";", " ").replace(",", " ").replace("|", " ").split())
