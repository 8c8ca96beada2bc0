"""What can be taken over of a list, and why the rest cannot: a verdict on every row.

A row is read whole, so that it is told with everything that is wrong in it, not only with
what came first.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from app.core.money import Rupiah
from app.extensions import db
from app.members.columns import Columns
from app.members.listed import people
from app.members.models import Member
from app.members.reading import Reading
from app.members.services import AlreadyMember, Particulars
from app.members.spreadsheet import Rows

_AT_ONCE = 5_000  # NIKs asked for in one question


@dataclass(frozen=True)
class Good:
    """A row that can be taken over."""

    row: int  # as the spreadsheet counts, from 1
    who: Particulars
    joined_on: date | None
    principal: Rupiah
    mandatory: Rupiah
    voluntary: Rupiah

    @property
    def name(self) -> str:
        return self.who.name


@dataclass(frozen=True)
class Bad:
    """A row that cannot, and everything that is wrong in it."""

    row: int
    name: str
    reasons: Sequence[str]

    @property
    def reason(self) -> str:
        return " ".join(self.reasons)


@dataclass(frozen=True)
class Examined:
    good: Sequence[Good]
    bad: Sequence[Bad]


def examine(rows: Rows, columns: Columns) -> Examined:
    """Say of each row below the header whether it can be taken over, and why not."""
    labels = columns.labels(rows)
    read = [Reading(one, columns, labels) for one in people(rows, columns)]
    _compare_with_each_other(read)
    _compare_with_register(read)
    return Examined(
        [_good(one) for one in read if not one.reasons],
        [Bad(one.number, one.shown_name, one.reasons) for one in read if one.reasons],
    )


def _good(one: Reading) -> Good:
    return Good(one.number, one.particulars(), one.joined_on, *one.saved)


def _compare_with_each_other(read: Iterable[Reading]) -> None:
    """Who stands in the list twice counts once. Of two people with one NIK neither is taken:
    nobody but a KTP knows whose it is."""
    by_nik: dict[str, list[Reading]] = defaultdict(list)
    for one in read:
        if one.nik is not None:
            by_nik[one.nik.digits].append(one)
    for same in by_nik.values():
        first = next((one for one in same if not one.reasons), same[0])
        others = [one for one in same if one is not first]
        strangers = [one for one in others if not one.is_called_like(first)]
        for one in others:
            one.reasons.append(_two_people(first) if one in strangers else _twice(first))
        if strangers:
            first.reasons.append(_two_people(strangers[0]))


def _twice(first: Reading) -> str:
    return str(_("This person stands in the list twice, first in row %(row)s.", row=first.place))


def _two_people(other: Reading) -> str:
    said = _(
        "The same NIK stands in row %(row)s, for %(name)s. Check both on the KTP.",
        row=other.place,
        name=other.shown_name[:60],
    )
    return str(said)


def _compare_with_register(read: Iterable[Reading]) -> None:
    known = _known(one.nik.digits for one in read if one.nik)
    for one in read:
        member = known.get(one.nik.digits) if one.nik else None
        if member is None:
            continue
        if member.left_on is None:
            one.reasons.append(str(AlreadyMember(member)))
        elif one.joined_on is None or one.joined_on <= member.left_on:
            one.reasons.append(_has_left(member))


def _has_left(member: Member) -> str:
    said = _(
        "%(name)s, %(code)s, left on %(day)s. Who has come back is registered at the counter, or"
        " with the day on which they joined again.",
        name=member.name,
        code=member.code,
        day=f"{member.left_on:%d-%m-%Y}",
    )
    return str(said)


def _known(digits: Iterable[str]) -> dict[str, Member]:
    """Who of the list is or was registered: a question for thousands of rows at once.

    Of somebody who left and came back, the latest stay counts.
    """
    asked = list(dict.fromkeys(digits))
    found: dict[str, Member] = {}
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        query = select(Member).where(Member.nik.in_(some)).order_by(Member.number)
        found |= {member.nik: member for member in db.session.scalars(query)}
    return found
