"""Numbers that identify a person: NIK and telephone (domain reference 6.1).

A thin door to `lokal-id`, so that the library could be replaced here and nowhere else.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask_babel import gettext as _
from lokal.nik import parse_nik
from lokal.phone import parse_phone

from app.core import clock
from app.core.errors import Invalid

CITY_CODE = "3375"
_OLDEST = 120
# However they are spaced: a NIK or the number of a family card, known by the month in it, and
# the number of a mobile telephone. The database knows them by the same (migration 0066).
_DIGIT = "[ .-]?[0-9]"
_MONTH = "[ .-]?(?:0[ .-]?[1-9]|1[ .-]?[0-2])"
_NIK = f"(?<![0-9])[1-9](?:{_DIGIT}){{7}}{_MONTH}(?:{_DIGIT}){{6}}(?![0-9])"
_MOBILE = f"(?<![0-9])(?:[+]62[)]?[ .-]?|62[ -]?|0)8[0-9](?:{_DIGIT}){{6,10}}(?![0-9])"
PERSONAL_NUMBER = f"{_NIK}|{_MOBILE}"


class Sex(StrEnum):
    FEMALE = "P"
    MALE = "L"


@dataclass(frozen=True)
class Nik:
    """What a national identity number (NIK) says about its holder."""

    digits: str
    born_on: date
    sex: Sex

    @property
    def issued_here(self) -> bool:
        """False for people first registered elsewhere: they may well live here now."""
        return self.digits.startswith(CITY_CODE)


def read_nik(text: str) -> Nik:
    """Read a NIK, however it is spaced; `Invalid` says what is wrong with it.

    There is no checksum. The region is where the number was first issued, so it is not
    checked: people move in from elsewhere.
    """
    digits = "".join(text.split()).strip("'`’").replace(".", "").replace("-", "")
    if not digits.isascii() or not digits.isdigit():
        raise Invalid(_("A NIK has only digits, 16 of them."))
    if len(digits) != 16:
        raise Invalid(_("A NIK has 16 digits. This one has %(count)s.", count=len(digits)))
    found = parse_nik(digits, reference_date=clock.today())
    if found.birth_date is None or found.gender is None:
        raise Invalid(
            _("The birth date in this NIK (digits 7 to 12) does not exist. Check the KTP.")
        )
    if found.serial == "0000":
        raise Invalid(_("A NIK does not end in 0000. Check the last four digits on the KTP."))
    return Nik(digits, _plausible(date.fromisoformat(found.birth_date)), Sex(found.gender))


def mask_nik(digits: str) -> str:
    """Enough to compare with a KTP at hand, not enough to misuse: 337501••••••0001."""
    return f"{digits[:6]}••••••{digits[-4:]}"


def read_phone(text: str) -> str:
    """A telephone number in any Indonesian spelling, as E.164 (+628…)."""
    found = parse_phone(text)
    if found.e164 is None:
        raise Invalid(_("A phone number has 10 to 13 digits and starts with 08."))
    return found.e164


def holds_personal_number(text: str) -> bool:
    """Whether the number of a person or of a telephone stands in a text."""
    return re.search(PERSONAL_NUMBER, text) is not None


def age_on(born_on: date, day: date) -> int:
    """Completed years of life."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _plausible(born_on: date) -> date:
    """The NIK writes two digits of the year; children do not join a cooperative.

    Where this century would make its holder younger than seventeen, the last one is meant,
    unless that would make them older than anybody.
    """
    today = clock.today()
    if age_on(born_on, today) >= 17:
        return born_on
    earlier = born_on.replace(year=born_on.year - 100)
    return earlier if age_on(earlier, today) <= _OLDEST else born_on
