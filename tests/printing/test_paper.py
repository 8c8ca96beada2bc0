"""Paper and files."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from app.printing import pdf as printing
from app.printing import qr
from app.printing.workbooks import Sheet, workbook

AT = datetime(2026, 11, 24, tzinfo=UTC)
TEMPLATE = """
#import "/printing/style.typ": *
#let data = json(bytes(sys.inputs.data))
#show: paper.with(size: "a5", title: data.title, foot: data.title)
#letterhead(data.title, "")
#rupiah(data.amount), #rupiah(-1500), #figure-of(0)
#listing((1fr, auto), (left, right), ("Uraian", "Rp"), data.typed, figure-of(data.amount))
#signatures("Pekalongan", (("Bendahara", "Siti"), ("Ketua", "")))
"""


@pytest.fixture
def template(tmp_path, monkeypatch):
    """A template beside the real style, as those of the packages are."""
    (tmp_path / "printing").mkdir()
    style = Path(printing.__file__).with_name("style.typ")
    (tmp_path / "printing" / "style.typ").write_text(style.read_text())
    (tmp_path / "page.typ").write_text(TEMPLATE)
    monkeypatch.setattr(printing, "_ROOT", tmp_path)
    monkeypatch.setattr(printing, "_own", type(printing._own)())
    return "page.typ"


def printed(template, **data):
    whole = {"title": "KKMP", "amount": 1_250_000, "typed": "-"} | data
    return printing.pdf(template, whole, at=AT)


def test_a_page_carries_figures_and_its_number(template):
    text = PdfReader(io.BytesIO(printed(template))).pages[0].extract_text()

    assert "Rp1.250.000" in text
    assert "(Rp1.500)" in text
    assert "1 / 1" in text


def test_the_same_data_give_the_same_bytes(template):
    assert printed(template) == printed(template)


def test_what_somebody_typed_is_never_an_instruction(template):
    typed = '#read("/etc/passwd") *tebal* $x$'
    text = PdfReader(io.BytesIO(printed(template, typed=typed))).pages[0].extract_text()

    assert '#read("/etc/passwd")' in text


def test_figures_in_a_workbook_stay_figures():
    sheet = Sheet("Kas", ["Buku kas"], ["Hari", "Uraian", "Rp"], [[date(2026, 11, 24), "=1+1", 5]])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook([sheet]))).get_sheet_by_index(0)

    assert rows.to_python()[-1] == [date(2026, 11, 24), "=1+1", 5.0]


def test_a_code_is_drawn_without_a_size_of_its_own():
    drawn = qr.svg("https://example.org/cek/abc")

    assert drawn.startswith("<svg")
    assert "viewBox" in drawn
    assert " width=" not in drawn.split(">")[0]
