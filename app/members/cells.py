"""Reading single cells of a list, in the many ways that people write them."""

import re
from datetime import date

from flask_babel import gettext as _

from app.core import clock
from app.core.errors import Invalid
from app.core.identity import Sex, read_phone
from app.core.money import LARGEST, Rupiah, parse_rupiah

_NOTHING = ("", "-", "–", "--", "0", ".")
_DAY = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[a-z]+)[\s./-]+(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan",
            "feb peb",
            "mar",
            "apr",
            "mei may",
            "jun",
            "jul",
            "agu ags aug",
            "sep",
            "okt oct",
            "nov nop",
            "des dec",
        ),
        start=1,
    )
    for name in names.split()
}


def written(text: str) -> str:
    """What a cell says; a dash says nothing, and of a formula its result counts."""
    text = text.removeprefix("=").strip()
    return "" if text in ("-", "–", "--") else text


def sex(text: str) -> Sex | None:
    """L or P, however it is written: Laki-laki, Perempuan, Pria, Wanita."""
    match re.sub(r"[^a-z]", "", text.lower()):
        case "l" | "lk" | "laki" | "lakilaki" | "pria" | "m":
            return Sex.MALE
        case "p" | "pr" | "perempuan" | "wanita" | "w" | "f":
            return Sex.FEMALE
        case "":
            return None
    raise Invalid(_("“%(text)s” is neither L nor P.", text=text[:20]))


def day(text: str) -> date | None:
    """A day: 12.06.2025, 12 Juni 2025, 12-06-25; None for an empty cell."""
    text = text.strip().lower()
    if text in _NOTHING:
        return None
    if iso := _ISO.match(text):
        return _real(int(iso[1]), int(iso[2]), int(iso[3]), text)
    match = _DAY.fullmatch(text)
    month = _month(match[2]) if match else None
    if match is None or month is None:
        raise Invalid(_("The date “%(text)s” cannot be read. Write 24-11-2026.", text=text))
    year = int(match[3])
    return _real(_century(year) if year < 100 else year, month, int(match[1]), text)


def birth(text: str) -> tuple[str, date | None]:
    """Place and day of birth in one cell: "Pekalongan, 02/07/1992"."""
    match = re.fullmatch(r"([^\d]*?)[\s,/.-]*(\d.*)?", text.strip())
    if match is None:
        return "", day(text)
    return _title(match[1])[:60], day(match[2] or "")


def neighbourhood(text: str) -> tuple[str, str]:
    """RT and RW: "002/007", "RT 5 RW 3", "5 / 3"."""
    numbers = re.findall(r"\d+", text)
    if any(len(number) > 3 for number in numbers) or len(numbers) > 2:
        raise Invalid(_("RT/RW “%(text)s” cannot be read. Write 005/003.", text=text))
    padded = [number.zfill(3) for number in numbers] + ["", ""]
    return padded[0], padded[1]


def phone(text: str) -> str:
    """A telephone number as E.164; spreadsheets like to drop its leading 0."""
    text = text.strip().lstrip("'`’")
    return "" if text in _NOTHING else read_phone(text)


def amount(text: str) -> Rupiah:
    """An amount: 25000, "Rp 25.000", "50.000,-"; nothing for an empty cell."""
    if text.strip().lower().removeprefix("rp").strip(" .") in _NOTHING:
        return 0
    found = parse_rupiah(text)
    if found is None or found > LARGEST:
        raise Invalid(_("The amount “%(text)s” cannot be read.", text=text))
    return found


def _title(text: str) -> str:
    return text.title() if text.isupper() else text


def _month(text: str) -> int | None:
    return int(text) if text.isdigit() else _MONTHS.get(text[:3])


def _century(year: int) -> int:
    """Two digits mean the last hundred years, this one included."""
    this = clock.today().year
    return year + this // 100 * 100 - (100 if year > this % 100 else 0)


def _real(year: int, month: int, number: int, text: str) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise Invalid(_("The day %(text)s does not exist in the calendar.", text=text)) from None
