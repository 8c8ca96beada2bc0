from collections.abc import Container
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.members.columns import SAVED, SEARCHED, Columns
from app.members.models import ImportMode
from app.members.spreadsheet import Rows
from app.web.forms import REQUIRED, Form, not_too_large

# What the columns of a list may hold, in the order of a KTP.
CHOICES = (
    SelectChoice("", _l("Do not take over")),
    SelectChoice("nik", _l("NIK")),
    SelectChoice("name", _l("Name")),
    SelectChoice("sex", _l("Sex (L/P)")),
    SelectChoice("birth", _l("Place and date of birth")),
    SelectChoice("birth_place", _l("Place of birth")),
    SelectChoice("born_on", _l("Date of birth")),
    SelectChoice("address", _l("Address")),
    SelectChoice("neighbourhood", _l("RT/RW")),
    SelectChoice("rt", _l("RT")),
    SelectChoice("rw", _l("RW")),
    SelectChoice("phone", _l("Phone number")),
    SelectChoice("occupation", _l("Occupation")),
    SelectChoice("group", _l("Group")),
    SelectChoice("business", _l("Own business")),
    SelectChoice("heir_name", _l("Heir")),
    SelectChoice("heir_relation", _l("Relation of the heir")),
    SelectChoice("heir_phone", _l("Phone number of the heir")),
    SelectChoice("joined_on", _l("Member since")),
    SelectChoice("principal", _l("Principal savings")),
    SelectChoice("mandatory", _l("Mandatory savings")),
    SelectChoice("voluntary", _l("Voluntary savings")),
    SelectChoice("left_on", _l("Left on")),
    SelectChoice("status", _l("Status of membership")),
    SelectChoice("note", _l("Note")),
)
_MOST_COLUMNS = 40
_SAMPLES = 3


class UploadForm(Form):
    file = FileField(_l("List of members"), [FileRequired(REQUIRED), not_too_large()])


class OrderForm(Form):
    mode = RadioField(
        _l("What is to be entered"),
        choices=[
            SelectChoice(
                ImportMode.GOOD_ROWS.value, _l("The good rows; the others are put right later")
            ),
            SelectChoice(ImportMode.ALL.value, _l("All or nothing")),
        ],
        default=ImportMode.GOOD_ROWS.value,
    )


@dataclass(frozen=True)
class Column:
    """A column of the list beside the field in which its meaning is chosen."""

    field: Field
    sample: str


class ColumnsForm(Form):
    """What each column holds. The fields of the columns follow the list: see `columns_form`."""

    known: Columns
    header = SelectField(_l("The headers stand in"))

    def validate(self, extra_validators: Any = None) -> bool:
        fine: bool = super().validate(extra_validators)
        chosen = self.chosen
        for place, field in self._columns():
            if field.data and field.data not in SAVED and chosen.of[field.data] != place:
                self.refuse(field, _("Another column is taken over as this already."))
                fine = False
        if not chosen.are_enough:
            self.form_errors.append(_("Choose the column of the name and the column of the NIK."))
            fine = False
        return fine

    @property
    def chosen(self) -> Columns:
        """The columns as they were chosen; of two alike the first, and amounts are added up."""
        of: dict[str, int] = {}
        also: dict[str, list[int]] = {}
        for place, field in self._columns():
            if field.data in SAVED and field.data in of:
                also.setdefault(field.data, []).append(place)
            elif field.data:
                of.setdefault(field.data, place)
        header = self._header
        over = self.known.over if header == self.known.header else 0
        return replace(self.known, header=header, of=of, also=also, over=over)

    def columns(self, rows: Rows) -> list[Column]:
        """The fields, each with what stands in the first rows below the header."""
        below = rows[self._header + 1 :]
        return [
            Column(field, " · ".join(_first_cells(below, place)))
            for place, field in self._columns()
        ]

    @property
    def _header(self) -> int:
        """The row that was chosen; what is no row at all leaves it as it was."""
        offered = [value for value, *_rest in self.header.iter_choices()]
        return int(self.header.data) if self.header.data in offered else self.known.header

    def _columns(self) -> list[tuple[int, Field]]:
        return [
            (int(name.removeprefix("column_")), field)
            for name, field in self._fields.items()
            if name.startswith("column_")
        ]


def columns_form(rows: Rows, columns: Columns, formdata: Any = None) -> ColumnsForm:
    """A form with one choice for each column of the list that is not empty."""

    class OfThisList(ColumnsForm):
        known = columns

    labels, holds = columns.labels(rows), _holds(columns)
    for place in _filled_columns(rows, holds):
        label = labels[place] if place < len(labels) else ""
        choice = SelectField(
            label or _("Column %(number)s", number=place + 1),
            choices=CHOICES,
            default=holds.get(place, ""),
        )
        setattr(OfThisList, f"column_{place}", choice)
    form = OfThisList(formdata, header=str(columns.header))
    form.header.choices = _header_choices(rows)
    return form


def _header_choices(rows: Rows) -> list[Any]:
    """The rows from the top, by their first words."""
    found = [SelectChoice("-1", _("no row: the list begins at once"))]
    for number, row in enumerate(rows[:SEARCHED]):
        cells = ", ".join(_shown(cell) for cell in row if cell)
        if cells:
            words = _("row %(row)s: %(cells)s", row=number + 1, cells=cells[:60])
            found.append(SelectChoice(str(number), words))
    return found


def _holds(columns: Columns) -> dict[int, str]:
    """By the place of a column, what it holds."""
    also = ((place, field) for field, places in columns.also.items() for place in places)
    return {place: field for field, place in columns.of.items()} | dict(also)


def _filled_columns(rows: Rows, holds: Container[int]) -> list[int]:
    """The first columns that are not empty, and all of which is known what they hold."""
    top = rows[: SEARCHED * 2]
    width = max((len(row) for row in top), default=0)
    filled = [c for c in range(width) if any(c < len(row) and row[c] for row in top)]
    return [c for i, c in enumerate(filled) if i < _MOST_COLUMNS or c in holds]


def _first_cells(below: Rows, place: int) -> list[str]:
    cells = (row[place] for row in below[:SEARCHED] if place < len(row) and row[place])
    return [_shown(cell) for cell, _i in zip(cells, range(_SAMPLES), strict=False)]


def _shown(cell: str) -> str:
    """A cell as a sample: never a whole NIK."""
    digits = sum(c.isdigit() for c in cell)
    text = f"{cell[:6]}…{cell[-4:]}" if digits >= 15 else cell
    return text[:40]
