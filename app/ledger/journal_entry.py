"""The general journal (jurnal umum): what no other page records, entered by hand.

An entry that would pay out more than one person may is not posted but asked for: else the
general journal would be the way around the two-person rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.core.errors import DomainError
from app.core.money import Rupiah
from app.ledger import accounts, parties, services
from app.ledger.models import Account, AccountRole, Journal, VoucherKind
from app.ledger.roles import account_id
from app.ledger.services import Line, Posted, Source

KIND = "ledger.entry"

# What is owed to somebody or belongs to somebody: each rupiah there has an owner, or the
# members' pages would no longer add up to the account.
PERSONAL = frozenset(
    {
        AccountRole.PRINCIPAL_SAVINGS,
        AccountRole.MANDATORY_SAVINGS,
        AccountRole.VOLUNTARY_SAVINGS,
        AccountRole.PRINCIPAL_REFUNDS,
        AccountRole.MANDATORY_REFUNDS,
    }
)


@dataclass(frozen=True)
class Entry:
    """A journal as somebody wrote it, with accounts by id."""

    on: date
    memo: str
    lines: Sequence[Line]

    @property
    def difference(self) -> Rupiah:
        """Debit less credit: nothing when it balances."""
        return sum(line.debit - line.credit for line in self.lines)


@dataclass(frozen=True)
class ProposedLine:
    """A line of an entry that nobody has agreed to yet."""

    account: Account
    party: str  # empty: nobody's
    debit: Rupiah
    credit: Rupiah


@dataclass(frozen=True)
class Proposed:
    """An entry that waits for a second person."""

    on: date
    lines: Sequence[ProposedLine]


def record(entry: Entry, *, source: Source, reason: str = "") -> Posted | Approval:
    """Post an entry, or ask a second person where it pays out much. The caller commits.

    Raises `DomainError` where a line lacks its owner or the entry does not balance.
    """
    _check(entry)
    paid = paid_out(entry.lines)
    if approvals.needs_second(paid):
        return approvals.ask(
            KIND,
            f"{source.kind}/{source.key}",
            title=entry.memo,
            amount=paid,
            reason=reason or entry.memo,
            **_as_arguments(entry, source),
        )
    return _post(entry, source)


def carry_out(approval: Approval) -> None:
    """Post the entry that a second person has agreed to."""
    _post(*_from_arguments(approval.arguments))


def proposed(approval: Approval) -> Proposed:
    """What somebody is asked to agree to, as it will stand in the books."""
    entry, _source = _from_arguments(approval.arguments)
    named = accounts.named({line.account for line in entry.lines if isinstance(line.account, int)})
    names = parties.names({line.party_id for line in entry.lines if line.party_id})
    lines = [
        ProposedLine(
            named[account_id(line.account)],
            names.get(line.party_id or 0, ""),
            line.debit,
            line.credit,
        )
        for line in entry.lines
    ]
    return Proposed(entry.on, lines)


def posted(approval: Approval) -> Journal | None:
    """The journal that an entry became once it was agreed to."""
    _entry, source = _from_arguments(approval.arguments)
    return services.find_by_source(source)


def paid_out(lines: Sequence[Line]) -> Rupiah:
    """What leaves the cooperative's money by these lines; a transfer between its own is nothing."""
    ours = accounts.money()
    return max(sum(line.credit - line.debit for line in lines if line.account in ours), 0)


def needs_party(account: Account) -> bool:
    """Whether a line in this account must say whose it is."""
    return account.role in PERSONAL


def as_data(line: Line) -> dict[str, Any]:
    """A line as it is kept in a request or a template."""
    return {
        "account": line.account,
        "debit": line.debit,
        "credit": line.credit,
        "party": line.party_id,
        "unit": line.unit_id,
        "memo": line.memo,
    }


def from_data(data: dict[str, Any]) -> Line:
    return Line(
        data["account"],
        debit=data["debit"],
        credit=data["credit"],
        party_id=data["party"],
        unit_id=data["unit"],
        memo=data["memo"],
    )


def _check(entry: Entry) -> None:
    if entry.difference or not entry.lines:
        raise DomainError(_("Debit and credit must be equal."))
    personal = {services.account(role).id for role in PERSONAL}
    if any(line.account in personal and line.party_id is None for line in entry.lines):
        raise DomainError(_("Say whose savings these are: every rupiah there has an owner."))


def _post(entry: Entry, source: Source) -> Posted:
    return services.post(
        on=entry.on,
        memo=entry.memo,
        source=source,
        lines=entry.lines,
        voucher=VoucherKind.GENERAL,
    )


def _as_arguments(entry: Entry, source: Source) -> dict[str, Any]:
    return {
        "on": entry.on.isoformat(),
        "memo": entry.memo,
        "source": [source.kind, source.key],
        "lines": [as_data(line) for line in entry.lines],
    }


def _from_arguments(arguments: dict[str, Any]) -> tuple[Entry, Source]:
    lines = [from_data(line) for line in arguments["lines"]]
    entry = Entry(date.fromisoformat(arguments["on"]), arguments["memo"], lines)
    return entry, Source(*arguments["source"])
