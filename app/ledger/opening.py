"""Opening balances (saldo awal) of a cooperative that starts with us in the middle of its life.

Written down account by account and member by member, as long as it takes; then recorded once,
as one dated journal. What the accounts do not explain of each other stands visibly in the
balancing account (3.9.1.02) until somebody finds out what it was. Later corrections are journals.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, String, cast, delete, exists, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import aliased

from app.core.errors import DomainError
from app.core.money import Rupiah
from app.extensions import db
from app.ledger import services
from app.ledger.accounts import named
from app.ledger.drafts import OpeningLine
from app.ledger.journal_entry import PERSONAL
from app.ledger.models import Account, AccountRole, Journal, Party, Posting, Side
from app.ledger.services import Line, Posted, Source
from tenants.scope import current_tenant

_SOURCE = Source("ledger.opening", "1")
LIST = "savings.opening"  # what members had saved, from a list that was sent apart
_BROUGHT = (_SOURCE.kind, LIST, "members.import")

# By member, in the order in which they are asked for.
BY_MEMBER = (
    AccountRole.PRINCIPAL_SAVINGS,
    AccountRole.MANDATORY_SAVINGS,
    AccountRole.VOLUNTARY_SAVINGS,
)


@dataclass(frozen=True)
class Total:
    """What is written down for an account, all its members together."""

    account: Account
    amount: Rupiah
    owners: int

    @property
    def debit(self) -> Rupiah:
        return self.amount if self.account.side is Side.DEBIT else -self.amount


@dataclass(frozen=True)
class Sheet:
    """Everything that is written down, and what is left to explain."""

    totals: Sequence[Total]

    @property
    def debit(self) -> Rupiah:
        return sum(max(total.debit, 0) for total in self.totals)

    @property
    def credit(self) -> Rupiah:
        return sum(max(-total.debit, 0) for total in self.totals)

    @property
    def difference(self) -> Rupiah:
        """Debit less credit: what the balancing account will hold on its credit side."""
        return self.debit - self.credit


def accounts() -> Sequence[Account]:
    """The accounts that are asked for as a whole, by code."""
    apart = Account.role.in_([*PERSONAL, AccountRole.OPENING, AccountRole.INCOME_SUMMARY])
    query = select(Account).where(apart.is_not(True)).order_by(Account.code)
    return db.session.scalars(query).all()


def write(amounts: Mapping[tuple[int, int | None], Rupiah]) -> None:
    """Write down amounts by account and member, over what stood there; nothing removes it.

    The caller commits. Raises `DomainError` once the balances are recorded.
    """
    _refuse_if_recorded()
    for (account_id, party_id), amount in amounts.items():
        if amount:
            _put(account_id, party_id, amount)
        else:
            _remove(account_id, party_id)


def written(party_ids: Sequence[int] | None = None) -> dict[tuple[int, int | None], Rupiah]:
    """What is written down for these members, or for accounts as a whole."""
    chosen = (
        OpeningLine.party_id.is_(None) if party_ids is None else OpeningLine.party_id.in_(party_ids)
    )
    rows = db.session.scalars(select(OpeningLine).where(chosen))
    return {(row.account_id, row.party_id): row.amount for row in rows}


def principals() -> Sequence[tuple[int, Rupiah]]:
    """The principal savings that are written down, by party."""
    account = services.account(AccountRole.PRINCIPAL_SAVINGS)
    rows = db.session.scalars(select(OpeningLine).where(OpeningLine.account_id == account.id))
    return [(row.party_id, row.amount) for row in rows if row.party_id is not None]


def sheet() -> Sheet:
    """The draft as a whole, by account."""
    query = select(
        OpeningLine.account_id, func.sum(OpeningLine.amount), func.count(OpeningLine.party_id)
    ).group_by(OpeningLine.account_id)
    rows = db.session.execute(query).all()
    accounts = named([account for account, _amount, _owners in rows])
    totals = [Total(accounts[account], int(sum_), owners) for account, sum_, owners in rows]
    return Sheet(sorted(totals, key=lambda total: total.account.code))


def record(on: date) -> Posted:
    """Bring the balances into the books, dated, once. The caller commits."""
    _refuse_if_recorded()
    query = (
        select(OpeningLine, Account)
        .join(Account, Account.id == OpeningLine.account_id)
        .order_by(Account.code, OpeningLine.party_id)
    )
    found = db.session.execute(query).all()
    _refuse_twice({row.party_id for row, _account in found if row.party_id is not None})
    lines = [_line(account, row) for row, account in found]
    if not lines:
        raise DomainError(_("Nothing is written down yet."))
    if difference := sum(line.debit - line.credit for line in lines):
        lines.append(_balancing(difference))
    return services.post(on=on, memo="Saldo awal", source=_SOURCE, lines=lines)


def booked(party_ids: Collection[int]) -> dict[int, dict[AccountRole, Rupiah]]:
    """What members' opening savings are in the books, however they came there."""
    rows = db.session.execute(
        select(Posting.party_id, Account.role, func.sum(Posting.credit - Posting.debit))
        .join(Posting, Posting.account_id == Account.id)
        .join(Journal, Journal.id == Posting.journal_id)
        .where(
            Posting.party_id.in_(party_ids),
            Account.role.in_(BY_MEMBER),
            Journal.source_kind.in_(_BROUGHT),
            ~_taken_back(),
        )
        .group_by(Posting.party_id, Account.role)
    )
    found: dict[int, dict[AccountRole, Rupiah]] = {}
    for party_id, role, amount in rows:
        if party_id is not None and role is not None:
            found.setdefault(party_id, {})[role] = int(amount)
    return found


def _taken_back() -> ColumnElement[bool]:
    """The condition that another journal mirrors this one."""
    mirror = aliased(Journal)
    return exists().where(
        mirror.tenant_id == Journal.tenant_id,
        mirror.source_kind == "ledger.reversal",
        mirror.source_key == cast(Journal.id, String),
    )


def recorded() -> Journal | None:
    """The journal of the opening balances, once there is one."""
    return db.session.scalar(
        select(Journal).where(
            Journal.source_kind == _SOURCE.kind, Journal.source_key == _SOURCE.key
        )
    )


def _refuse_if_recorded() -> None:
    if recorded() is not None:
        raise DomainError(
            _("The opening balances are in the books already. Correct them by a journal.")
        )


def _refuse_twice(party_ids: set[int]) -> None:
    """Whoever came with a list has opening savings already: a second time would be too much."""
    if twice := booked(party_ids):
        names = db.session.scalars(select(Party.name).where(Party.id.in_(list(twice)[:5])))
        raise DomainError(
            _(
                "Opening savings from a list are in the books already of: %(names)s. Take them"
                " out here.",
                names=", ".join(names),
            )
        )


def _put(account_id: int, party_id: int | None, amount: Rupiah) -> None:
    row = {"tenant_id": current_tenant().id, "account_id": account_id, "party_id": party_id}
    db.session.execute(
        postgresql.insert(OpeningLine)
        .values(**row, amount=amount)
        .on_conflict_do_update(index_elements=list(row), set_={"amount": amount})
    )


def _remove(account_id: int, party_id: int | None) -> None:
    db.session.execute(
        delete(OpeningLine).where(
            OpeningLine.account_id == account_id,
            OpeningLine.party_id.is_not_distinct_from(party_id),
        )
    )


def _line(account: Account, row: OpeningLine) -> Line:
    """On the account's normal side, or on the other where less than nothing is left."""
    on_debit = (account.side is Side.DEBIT) == (row.amount > 0)
    amount = abs(row.amount)
    return Line(
        account.id,
        debit=amount if on_debit else 0,
        credit=0 if on_debit else amount,
        party_id=row.party_id,
    )


def _balancing(difference: Rupiah) -> Line:
    return Line(
        AccountRole.OPENING,
        debit=max(-difference, 0),
        credit=max(difference, 0),
        memo="Selisih saldo awal yang belum dijelaskan",
    )
