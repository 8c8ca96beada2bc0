"""Reading single cells of a list, in the many ways that people write them."""

import re
from datetime import date

from flask_babel import gettext as _

from app.core.errors import Invalid
from app.core.identity import Nik, Sex, read_nik, read_phone
from app.core.money import LARGEST, Rupiah, parse_rupiah, rupiah
from app.members import days

_NOTHING = frozenset(
    ["", "-", "--", "0", ".", "x", "nihil", "kosong", "n/a", "null", "nan"]
    + [f"{no} {what}".strip() for no in ("belum", "blm") for what in ("", "ada", "bayar")]
    + [f"{no} {what}" for no in ("tidak", "tdk") for what in ("ada", "punya")]
)
_DASHES = str.maketrans("‐‑‒–—−", "------")
_ERROR = re.compile(r"=\?|=?(#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|NAMA\?|NILAI!)|Err:\d{3})")
_SHORTENED = re.compile(r"\d([.,]\d+)?e\+?\d+", re.IGNORECASE)
_NEGATIVE = re.compile(r"-\s*\d[\d.,]*|\(\d[\d.,]*\)")  # in brackets as accountants write it
_CENTS = re.compile(r"\d[\d.]*,\d{1,2}|\d[\d,]*\.\d{1,2}|\d{4,}[.,]\d+")
_NO_CENTS = re.compile(r"[.,]0+$")
_HEADED = re.compile(r"(RT|RW)[\s.:]*(\d{1,3})(?!\d)")
_HEADING = re.compile(rf"({_HEADED.pattern}\W*)+")
_BETWEEN_PHONES = re.compile(r"[/,;&|]|\b(?:atau|dan)\b|(?<=\d{4})\s+(?=(?:\+?62|0)\d{9})")
_ROMAN = dict(
    zip(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"], range(1, 11), strict=True)
)


def written(text: str) -> str:
    """What a cell says; a dash says nothing, and of a formula its result counts.

    An apostrophe before it is Excel's sign that it is text.
    """
    text = text.removeprefix("=").lstrip("'").strip()
    return "" if text in ("-", "–", "--") else text


def is_error(text: str) -> bool:
    """Whether a formula came to nothing: #REF!, #N/A, Err:502."""
    return _ERROR.fullmatch(text) is not None


def nik(text: str) -> Nik:
    """A NIK with all its digits; what a spreadsheet has shortened is not guessed."""
    text = re.sub(r"^(no|nik|ktp)[\s.:]*(?=\d)", "", text.translate(_DASHES), flags=re.IGNORECASE)
    if text.lower() in _NOTHING:
        raise Invalid(_("The NIK is missing."))
    if _SHORTENED.fullmatch(text):
        raise Invalid(
            _(
                "Excel has shortened this NIK to %(text)s, and its last digits are lost. Type all"
                " 16 digits again, with a ' before them.",
                text=text,
            )
        )
    return read_nik(_NO_CENTS.sub("", text) if re.fullmatch(r"\d{16}[.,]0+", text) else text)


def sex(text: str) -> Sex | None:
    """L or P, however it is written: Laki-laki, Perempuan, Pria, Wanita."""
    match re.sub(r"[^a-z]", "", text.lower()):
        case "l" | "lk" | "laki" | "lakilaki" | "pria" | "m" | "male":
            return Sex.MALE
        case "p" | "pr" | "perempuan" | "wanita" | "w" | "f" | "female":
            return Sex.FEMALE
        case "":
            return None
    raise Invalid(_("“%(text)s” is neither L nor P.", text=text[:20]))


def day(text: str) -> date | None:
    """A day: 12.06.2025, 12 Juni 2025, 12-06-25; None for an empty cell."""
    text = text.translate(_DASHES).strip().lower()
    return None if text in _NOTHING else days.read(text)


def birth(text: str) -> tuple[str, date | None]:
    """Place and day of birth in one cell: "Pekalongan, 02/07/1992"."""
    text = text.translate(_DASHES).strip()
    if turned := re.fullmatch(r"(\d[^,]*\d{2}),\s*([^\d]+)", text):
        text = f"{turned[2]}, {turned[1]}"
    match = re.fullmatch(r"([^\d]*?)[\s,/.-]*(\d.*)?", text)
    if match is None:
        return "", day(text)
    return _title(match[1])[:60], day(match[2] or "")


def neighbourhood(text: str) -> tuple[str, str]:
    """RT and RW: "002/007", "RT 5 RW 3", "RW 3 RT 5", "5 / 3", "RT 05/RW III"."""
    numbers = re.findall(r"\d+", re.sub(r"(?<=\d)[.,]0\b(?!\d)", "", _arabic(text)))
    if len(numbers) == 3 and len(numbers[2]) == 4:
        raise Invalid(_("Excel has made a day of this RT/RW: %(text)s. Write '005/003.", text=text))
    if any(len(number) > 3 for number in numbers) or len(numbers) > 2:
        raise Invalid(_("RT/RW “%(text)s” cannot be read. Write 005/003.", text=text))
    padded = [number.zfill(3) for number in numbers] + ["", ""]
    if re.match(r"\W*rw", text, re.IGNORECASE):
        return padded[1], padded[0]
    return padded[0], padded[1]


def heading(text: str, above: tuple[str, str]) -> tuple[str, str]:
    """RT and RW by a heading: "RT 02", "RW 05", "RT 02 / RW V"; an RT stays in the RW above."""
    found = _HEADING.fullmatch(_arabic(text.upper()))
    said = {kind: number.zfill(3) for kind, number in _HEADED.findall(found[0])} if found else {}
    if "RT" in said:
        return said["RT"], said.get("RW", above[1])
    return "", said.get("RW", "")


def phone(text: str) -> str:
    """A telephone number as E.164; of several the first."""
    return next(iter(phones(text)), "")


def phones(text: str) -> list[str]:
    """Telephone numbers as E.164, parted by "/" or a comma; spreadsheets drop the leading 0."""
    text = text.translate(_DASHES).strip().lstrip("`’")
    if text.lower() in _NOTHING:
        return []
    if _SHORTENED.fullmatch(text):
        raise Invalid(
            _("Excel has shortened this phone number to %(text)s. Type it again.", text=text)
        )
    parts = [part for part in _BETWEEN_PHONES.split(text) if part.strip()]
    numbers = [re.sub(r"(?<!\d)[a-z.:()'\"]+(?!\d)", " ", part.lower()) for part in parts]
    return [read_phone(re.sub(r"^(\d{9,})[.,]0$", r"\1", number.strip())) for number in numbers]


def amount(text: str) -> Rupiah:
    """An amount: 25000, "Rp 25.000", "50.000,-", "25,000.00"; nothing for an empty cell."""
    plain = re.sub(r"^(rp|idr)\b\.?\s*|^rp(?=\d)", "", text.translate(_DASHES).strip().lower())
    plain = re.sub(r"(?<=\d)\s*([.,]\s*[-=]+|rupiah)$", "", plain).strip()
    if plain.strip(" .") in _NOTHING:
        return 0
    found = parse_rupiah(_thousands(plain))
    if found is None or found > LARGEST:
        raise Invalid(_no_amount(plain, text))
    return found


def _no_amount(plain: str, text: str) -> str:
    """Why it is none: `plain` without the word Rupiah, `text` as it was written."""
    if plain.isdecimal() or re.fullmatch(r"\d{1,3}(\.\d{3})+", plain):
        return str(_("This amount is too large: at most %(most)s.", most=rupiah(LARGEST)))
    if _NEGATIVE.fullmatch(plain):
        return str(_("The amount “%(text)s” is less than nothing.", text=text))
    if _CENTS.fullmatch(plain):
        return str(_("The amount “%(text)s” is not in whole rupiah.", text=text))
    return str(_("The amount “%(text)s” cannot be read.", text=text))


def _thousands(text: str) -> str:
    """Other ways to write thousands and millions, as digits."""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.00?)?", text):  # as Excel does in English
        return text.split(".")[0].replace(",", "")
    if re.fullmatch(r"\d{4,}[.,]00?", text):
        return text[: text.index("." if "." in text else ",")]
    if re.fullmatch(r"\d{1,3}( \d{3})+", text):
        return text.replace(" ", "")
    if match := re.fullmatch(r"(\d+)(?:[.,](\d{1,3}))?\s*(?:jt|juta)", text):
        return match[1] + (match[2] or "").ljust(6, "0")
    return re.sub(r"(?<=\d)\s*k$", "rb", text)


def _arabic(text: str) -> str:
    """With the Roman numbers that some give their RW: "RT 3 / RW V"."""
    return re.sub(r"\b[IVX]+\b", lambda m: str(_ROMAN.get(m[0], m[0])), text)


def _title(text: str) -> str:
    return text.title() if text.isupper() else text
