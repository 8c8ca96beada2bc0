"""Opening savings from a list, brought into the books as one balanced entry."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext as _

from app.core.errors import DomainError
from app.ledger import opening
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Line, Posted, Source, credit, debit
from app.members import services as members
from app.members.models import Member
from app.savings.opening_list import KINDS, Row, Verdict
from tenants.definitions import Key
from tenants.settings import setting


def enter(rows: Sequence[Row], *, on: date) -> Posted | None:
    """Book the good rows of a list against the balancing account; None when none is left.

    Whoever has opening savings by now is left alone, so two who send the same list at once, or
    one who sends it again, change nothing. Candidates who had paid the principal are members.
    The caller commits.
    """
    number = ledger.next_number("opening_savings")  # and whoever comes meanwhile waits
    register = members.by_number()
    found = [(_member(register, row), row) for row in rows if row.verdict is Verdict.GOOD]
    known = opening.booked([member.id for member, _row in found])
    left = [(member, row) for member, row in found if member.id not in known]
    lines = [line for member, row in left for line in _lines(member, row)]
    if not lines:
        return None
    posted = ledger.post(
        on=on,
        memo="Saldo awal simpanan anggota dari daftar",
        source=Source(opening.LIST, str(number)),
        lines=[debit(AccountRole.OPENING, sum(line.credit for line in lines)), *lines],
    )
    _admit(left, on)
    return posted


def _member(register: Mapping[int, Member], row: Row) -> Member:
    found = register.get(row.number)
    if found is None or found.left_on is not None:
        raise DomainError(_("%(name)s has left meanwhile. Send the list again.", name=row.name))
    return found


def _lines(member: Member, row: Row) -> list[Line]:
    saved = zip(KINDS.values(), row.saved, strict=True)
    return [credit(role, amount, member.id) for role, amount in saved if amount]


def _admit(left: Sequence[tuple[Member, Row]], on: date) -> None:
    principal = int(setting(Key.PRINCIPAL, on))
    for member, row in left:
        if member.joined_on is None and row.saved[0] >= principal:
            members.activate(member, on=on)
