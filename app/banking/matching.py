"""Matching the lines of a bank with journals, or recording what only the bank knows of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from app.banking.entering import starts_on
from app.banking.models import BankLine, BankMatch, Reconciliation
from app.cash import tills
from app.cash.models import Category, Direction, Till
from app.core import clock
from app.core.errors import DomainError
from app.core.money import Rupiah
from app.extensions import db
from app.ledger import movements, reversals
from app.ledger import services as ledger
from app.ledger.models import AccountRole, Journal, VoucherKind
from app.ledger.movements import Booked
from app.ledger.services import Line, Posted, Source
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import setting

_OF_THE_BANK = {
    AccountRole.BANK_CHARGES: ("adm", "biaya"),
    AccountRole.BANK_INTEREST: ("bunga", "jasa giro"),
}


@dataclass(frozen=True)
class Suggestion:
    """A line of the bank and the journal that it most likely is."""

    line: BankLine
    booked: Booked


def open_lines(till: Till, until: date) -> Sequence[BankLine]:
    """Lines of the bank that no journal is matched with, by day."""
    matched = select(BankMatch.line_id).where(BankMatch.till_id == till.id)
    query = select(BankLine).where(
        BankLine.till_id == till.id, BankLine.on <= until, BankLine.id.not_in(matched)
    )
    return db.session.scalars(query.order_by(BankLine.on, BankLine.id)).all()


def open_journals(till: Till, until: date) -> list[Booked]:
    """Journals of the account since its first statement that no line is matched with.

    Some days earlier too, where an open line may be it: what is paid in at the counter on
    Saturday stands in the bank's list on Monday. What was taken back in the books is left out
    together with its mirror: the bank never hears of either.
    """
    since = starts_on(till)
    if since is None:
        return []
    matched = set(
        db.session.scalars(select(BankMatch.journal_id).where(BankMatch.till_id == till.id))
    )
    lines = open_lines(till, until)
    journals = [
        journal
        for journal in movements.booked(till.account_id, earliest(since), until)
        if journal.journal_id not in matched
        and (journal.on >= since or any(_fits(line, journal) for line in lines))
    ]
    undone = _undone([journal.journal_id for journal in journals if journal.on >= since])
    return [journal for journal in journals if journal.journal_id not in undone]


def early(till: Till, until: date) -> Rupiah:
    """What stands in the books before the first statement, but came to the bank after it."""
    since = starts_on(till)
    if since is None:
        return 0
    matched = set(
        db.session.scalars(select(BankMatch.journal_id).where(BankMatch.till_id == till.id))
    )
    waiting = {journal.journal_id for journal in open_journals(till, until)}
    before = movements.booked(till.account_id, earliest(since), since - timedelta(days=1))
    return sum(j.amount for j in before if j.journal_id in matched | waiting)


def earliest(since: date) -> date:
    """The first day whose journals may be a line of a statement that begins on `since`."""
    return since - timedelta(days=int(setting(Key.BANK_MATCH_DAYS, since)))


def suggestions(till: Till, until: date) -> list[Suggestion]:
    """For each open line the journal of the same amount that is nearest in time and words."""
    journals, found = open_journals(till, until), []
    for line in open_lines(till, until):
        fitting = [journal for journal in journals if _fits(line, journal)]
        if fitting:
            best = min(fitting, key=lambda journal: _distance(line, journal))
            journals.remove(best)
            found.append(Suggestion(line, best))
    return found


def find_line(till: Till, line_id: int) -> BankLine | None:
    query = select(BankLine).where(BankLine.id == line_id, BankLine.till_id == till.id)
    return db.session.scalar(query)


def matched_journals(till: Till, line: BankLine) -> list[Booked]:
    """The journals that a line is matched with."""
    matched, since = _matched(line), earliest(starts_on(till) or line.on)
    booked = movements.booked(till.account_id, since, clock.today())
    return [journal for journal in booked if journal.journal_id in matched]


def lines_until(till: Till, until: date, *, limit: int = 100) -> Sequence[BankLine]:
    """The last lines of the bank that are matched, the latest first."""
    matched = select(BankMatch.line_id).where(BankMatch.till_id == till.id)
    query = select(BankLine).where(
        BankLine.till_id == till.id, BankLine.on <= until, BankLine.id.in_(matched)
    )
    newest = query.order_by(BankLine.on.desc(), BankLine.id.desc()).limit(limit)
    return db.session.scalars(newest).all()


def match(till: Till, line_id: int, journal_ids: Sequence[int]) -> None:
    """Say that journals are what a line of the bank says; their sum must be its amount.

    Matched again with the same, nothing changes. The caller commits.
    """
    line = _line(till, line_id)
    since = earliest(starts_on(till) or line.on)
    booked = {j.journal_id: j for j in movements.booked(till.account_id, since, clock.today())}
    chosen = [booked[id] for id in journal_ids if id in booked]
    if not chosen or sum(journal.amount for journal in chosen) != line.amount:
        raise DomainError(_("The journals chosen do not come to the amount of the bank's line."))
    wanted = {journal.journal_id for journal in chosen}
    if (kept := _matched(line)) and kept != wanted:
        raise DomainError(_("This line is matched already. Take that back first."))
    for journal_id in sorted(wanted - kept):
        _insert_match(till, line, journal_id)


def unmatch(till: Till, line_id: int) -> None:
    """Take a match back, unless a signed reconciliation covers it. The caller commits."""
    line = _line(till, line_id)
    if (last := last_signed(till)) and line.on <= last.until:
        raise DomainError(_("This line lies before the last signed reconciliation."))
    for found in db.session.scalars(select(BankMatch).where(BankMatch.line_id == line.id)):
        db.session.delete(found)
    db.session.flush()


def record(till: Till, line_id: int, category: Category, note: str) -> Posted:
    """Record what only the bank knows of, in plain words, and match it. The caller commits."""
    line = _line(till, line_id)
    if category.direction is not (Direction.IN if line.amount > 0 else Direction.OUT):
        raise DomainError(_("These words are for money that goes the other way."))
    amount = abs(line.amount)
    ours, theirs = Line(till.account_id), Line(category.account_id)
    sides = [(ours, theirs), (theirs, ours)][line.amount < 0]
    memo = f"{category.name}: {note or line.text}"[:200]
    posted = ledger.post(
        on=line.on,
        memo=memo,
        source=_source(line),
        lines=[
            Line(sides[0].account, debit=amount, unit_id=category.unit_id),
            Line(sides[1].account, credit=amount, unit_id=category.unit_id),
        ],
        voucher=VoucherKind.CASH_IN if line.amount > 0 else VoucherKind.CASH_OUT,
    )
    match(till, line_id, [posted.journal_id])
    return posted


def likely(line: BankLine, words: Sequence[Category]) -> Category | None:
    """What banks book by themselves, known by what they write: their fees and their interest."""
    role = AccountRole.BANK_INTEREST if line.amount > 0 else AccountRole.BANK_CHARGES
    if not any(each in line.text.lower() for each in _OF_THE_BANK[role]):
        return None
    account_id = ledger.account(role).id
    return next((each for each in words if each.account_id == account_id), None)


def last_signed(till: Till) -> Reconciliation | None:
    query = select(Reconciliation).where(Reconciliation.till_id == till.id)
    return db.session.scalar(query.order_by(Reconciliation.until.desc()).limit(1))


def _fits(line: BankLine, journal: Booked) -> bool:
    days = int(setting(Key.BANK_MATCH_DAYS, line.on))
    return journal.amount == line.amount and abs((journal.on - line.on).days) <= days


def _distance(line: BankLine, journal: Booked) -> tuple[bool, int, int]:
    """Named in the text first, then nearest in time, then the earliest."""
    text = line.text.lower()
    words = [word for word in journal.memo.lower().split() if len(word) > 3]
    named = journal.voucher.lower() in text or any(word in text for word in words)
    return (not named, abs((journal.on - line.on).days), journal.journal_id)


def _source(line: BankLine) -> Source:
    """A line is recorded once; anew where what was recorded has been taken back."""
    source, attempt = Source("banking.line", str(line.id)), 1
    while (journal := ledger.find_by_source(source)) and ledger.reversal_of(journal):
        attempt += 1
        source = Source("banking.line", f"{line.id}/{attempt}")
    return source


def _undone(journal_ids: Sequence[int]) -> set[int]:
    """Those of these journals that take each other back."""
    query = select(Journal.id, Journal.source_key).where(
        Journal.source_kind == reversals.KIND, Journal.id.in_(journal_ids)
    )
    pairs = [(mirror, int(key)) for mirror, key in db.session.execute(query)]
    return {each for pair in pairs if pair[1] in journal_ids for each in pair}


def _line(till: Till, line_id: int) -> BankLine:
    tills.lock(till)  # one at a time matches the lines of an account
    found = find_line(till, line_id)
    if found is None:
        raise DomainError(_("This line is not in the statements of this account."))
    return found


def _matched(line: BankLine) -> set[int]:
    return set(db.session.scalars(select(BankMatch.journal_id).where(BankMatch.line_id == line.id)))


def _insert_match(till: Till, line: BankLine, journal_id: int) -> None:
    inserted = db.session.scalar(
        postgresql.insert(BankMatch)
        .values(
            tenant_id=current_tenant().id,
            line_id=line.id,
            journal_id=journal_id,
            till_id=till.id,
            created_at=clock.now(),
            created_by=g.get("actor_id"),
        )
        .on_conflict_do_nothing()
        .returning(BankMatch.line_id)
    )
    if inserted is None:
        raise DomainError(_("This journal is matched with another line already."))
