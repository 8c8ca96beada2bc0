"""What the books that are written in by hand, and their columns, are called on the screen."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.registers.models import Register


@dataclass(frozen=True)
class Words:
    """A book, and what is asked for in each line of it."""

    title: Any
    who: Any
    office: Any
    text: Any
    answer: Any
    waits: bool = False  # whether a line without an answer is unfinished


_ADVICE = (_l("Who gave it"), _l("Office"), _l("Advice"), _l("What was done"))
_MEETING = (_l("Who attended"), _l("Place"), _l("Agenda"), _l("Decisions"))

REGISTERS: dict[Register, Words] = {
    Register.GUESTS: Words(
        _l("Guests"), _l("Name"), _l("Where from"), _l("Purpose"), _l("Impression")
    ),
    Register.SUGGESTIONS: Words(
        _l("Suggestions of members"),
        _l("Name"),
        _l("Member number"),
        _l("Suggestion"),
        _l("Answer of the board"),
        waits=True,
    ),
    Register.ADVICE: Words(_l("Advice of the office for cooperatives"), *_ADVICE, waits=True),
    Register.OTHER_ADVICE: Words(_l("Advice of other offices"), *_ADVICE, waits=True),
    Register.BOARD_MEETINGS: Words(_l("Decisions of the board"), *_MEETING),
    Register.SUPERVISOR_MEETINGS: Words(_l("Decisions of the supervisors"), *_MEETING),
    Register.MEMBER_MEETINGS: Words(_l("Decisions of the members' meeting"), *_MEETING),
    Register.EVENTS: Words(
        _l("Important events"),
        _l("Noted by"),
        _l("Place"),
        _l("What happened"),
        _l("What was done"),
    ),
    Register.LETTERS: Words(
        _l("Letters"),
        _l("From or to"),
        _l("Number and date of the letter"),
        _l("Subject"),
        _l("Received by"),
    ),
}
