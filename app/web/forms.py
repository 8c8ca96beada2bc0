"""Form fields of the trade for Flask-WTF: rupiah, Indonesian days, NIK, telephone.

A field keeps what was typed, so a page shown again loses nothing; `.data` is the typed value
or None. Messages stand beside the field.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileSize
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError
from wtforms.widgets import TextInput

from app.core import clock, rates
from app.core.errors import Invalid
from app.core.identity import Nik, holds_personal_number, read_nik, read_phone
from app.core.money import LARGEST, parse_rupiah, rupiah
from app.core.period import Period
from app.web import dates
from app.web.templating import month
from tenants.definitions import Definition

LARGEST_LIST = 10 * 1024 * 1024
REQUIRED = _l("Please fill in this field.")


class Form(FlaskForm):
    """A form with the key that makes it count once."""

    key = HiddenField(default=lambda: str(uuid4()))

    def refuse(self, field: Field, message: str) -> None:
        """Put a message of the domain beside a field."""
        field.errors = [*field.errors, message]


class Filled(InputRequired):
    """Something was given; blanks alone are nothing."""

    def __call__(self, form: Any, field: Field) -> None:
        typed = field.raw_data[0] if field.raw_data else None
        if isinstance(typed, str) and not typed.strip():
            raise StopValidation(str(REQUIRED))
        super().__call__(form, field)


def required() -> InputRequired:
    return Filled(REQUIRED)


def optional() -> Optional:
    return Optional()


def at_most(length: int) -> Length:
    return Length(max=length, message=_l("At most %(max)d characters, please."))


def impersonal() -> Any:
    """A validator for a text that the city reads: no number in it leads to a person."""

    def check(_form: Form, field: Field) -> None:
        if holds_personal_number(field.data or ""):
            raise ValidationError(
                _("A NIK or telephone number stands here. Leave it out: the city reads this.")
            )

    return check


def not_too_large() -> FileSize:
    """A list has kilobytes; what is larger is said beside the field."""
    return FileSize(LARGEST_LIST, message=_l("This file is too large: at most 10 MB."))


def known_words(definition: Definition) -> Any:
    """A validator for a text with words in braces: only those that can be filled in."""

    def check(_form: Form, field: Field) -> None:
        try:
            definition.check_text(field.data or "")
        except Invalid as error:
            raise ValidationError(str(error)) from error

    return check


class TextField(StringField):
    """One line of text, with the white space people leave around it removed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = "".join(c for c in (valuelist or [""])[0] if c.isprintable() or c.isspace())
        self.data = " ".join(text.split())
        self.raw_data = [self.data]  # white space alone is nothing


class ParagraphsField(TextAreaField):
    """Text of several lines; white space around it is nothing, lines end as they do here."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (valuelist or [""])[0].replace("\r\n", "\n")
        self.data = "".join(c for c in text if c.isprintable() or c in "\n\t").strip()
        self.raw_data = [self.data]


class ChoiceField(SelectField):
    """One row of a table, known by its number, out of those that are offered.

    With a `prompt` nothing is chosen beforehand, and something must be.
    """

    def __init__(self, label: Any = None, validators: Any = None, prompt: Any = None, **kw: Any):
        super().__init__(label, validators, coerce=int, **kw)
        self.prompt = prompt
        self.choices = []

    def offer(self, rows: Iterable[tuple[int, Any]]) -> None:
        """The rows to choose from: their numbers, and what they are called."""
        self.choices = [(0, self.prompt), *rows] if self.prompt else list(rows)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None

    def pre_validate(self, form: Any) -> None:
        offered = [value for value, *_rest in self.iter_choices()]
        if self.data not in offered or (self.prompt and not self.data):
            raise ValidationError(_("Choose one of the answers."))


class _TypedField(Field):
    """A field whose value is read from text by `read`; the text is kept."""

    widget = TextInput()
    typed: str = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not self.typed:
            return
        try:
            self.data = self.read(self.typed)
        except Invalid as error:
            raise ValueError(str(error)) from error

    def _value(self) -> str:
        if self.typed:
            return self.typed
        return "" if self.data is None else self.write(self.data)

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def write(self, value: Any) -> str:
        return str(value)


class RupiahField(_TypedField):
    """An amount in whole rupiah, at least `minimum`."""

    def __init__(self, label: Any = None, validators: Any = None, minimum: int = 1, **kwargs: Any):
        super().__init__(label, validators, **kwargs)
        self.minimum = minimum

    def read(self, text: str) -> int:
        amount = parse_rupiah(text)
        if amount is None:
            raise Invalid(_unreadable_amount(text))
        if amount < self.minimum:
            raise Invalid(_("The amount must be at least %(least)s.", least=rupiah(self.minimum)))
        if amount > LARGEST:
            raise Invalid(_("This amount is too large: at most %(most)s.", most=rupiah(LARGEST)))
        return amount

    def write(self, value: int) -> str:
        return f"{value:,}".replace(",", ".")


class CountField(_TypedField):
    """A number of things, zero or more; left empty it is none of them."""

    def read(self, text: str) -> int:
        digits = text.replace(".", "").replace(" ", "")
        if digits.startswith(("-", "−")):
            raise Invalid(_("There cannot be fewer than none."))
        if not digits.isascii() or not digits.isdigit():
            raise Invalid(_("Write a whole number, such as 12."))
        if len(digits) > 6:
            raise Invalid(_("That is too many to be true."))
        return int(digits)


class RateField(_TypedField):
    """A percentage, as 0,5 or 10 %; `.data` is in basis points."""

    def read(self, text: str) -> int:
        points = rates.parse_rate(text)
        if points is None:
            raise Invalid(_("Write a percentage such as 0,5 or 10, at most 100."))
        return points

    def write(self, value: int) -> str:
        return rates.rate(value)


class DayField(_TypedField):
    """A day of the calendar: 24-11-2026, 24/11/26, 24 Nov 2026."""

    def read(self, text: str) -> date:
        return dates.read_day(text)

    def write(self, value: date) -> str:
        return value.strftime("%d-%m-%Y")


class PastDayField(DayField):
    """A day that has come."""

    def read(self, text: str) -> date:
        day = super().read(text)
        if day > clock.today():
            raise Invalid(_("The date is still to come."))
        return day


class PastInstantField(_TypedField):
    """A moment that has come: 24-11-2026, meaning all of that day, or 24-11-2026 14.05.

    `.data` is its very end, so that what happened in the minute or second named counts.
    """

    def read(self, text: str) -> datetime:
        return dates.read_past_instant(text)

    def write(self, value: datetime) -> str:
        return value.astimezone(clock.CITY_TIMEZONE).strftime("%d-%m-%Y %H.%M.%S")


class TimeField(_TypedField):
    """A time of the day: 09:30, 9.30."""

    def read(self, text: str) -> time:
        return dates.read_time(text)

    def write(self, value: time) -> str:
        return value.strftime("%H:%M")


class NikField(_TypedField):
    """A national identity number; `.data` is a `Nik`."""

    def read(self, text: str) -> Nik:
        return read_nik(text)

    def write(self, value: Nik) -> str:
        return value.digits


class PhoneField(_TypedField):
    """A telephone number in any spelling; `.data` is E.164."""

    def read(self, text: str) -> str:
        return read_phone(text)

    def write(self, value: str) -> str:
        return "0" + value.removeprefix("+62")


class PeriodField(_TypedField):
    """A month: Nov 2026, November 2026, 11-2026, 2026-11."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None:  # an address says 2026-11, a person Nov 2026
            self.typed = self.write(self.data)

    def read(self, text: str) -> Period:
        return dates.read_month(text)

    def write(self, value: Period) -> str:
        return month(value)


def _unreadable_amount(text: str) -> str:
    if text.lstrip("Rrp. ").startswith("-"):
        return str(_("An amount is never negative here."))
    return str(
        _("This amount cannot be read: “%(text)s”. Write digits only, such as 45000.", text=text)
    )
