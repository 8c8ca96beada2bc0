"""Values in the trail of changes are words, days and rupiah."""

import pytest
from sqlalchemy import Enum

from app.extensions import Model
from app.web.trail_values import VALUES, told
from app.web.trail_words import RECORDS

# Kept as people write them, or read by nobody but a bookkeeper.
AS_KEPT = {
    ("accounts", "side"), ("accounts", "role"), ("members", "sex"), ("member_imports", "state"),
    ("member_imports", "mode"), ("publications", "subject"), ("register_entries", "register"),
    ("visit_signatures", "side"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def reader(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("record", "column", "value", "said"),
    [
        ("approvals", "state", "waiting", "Menunggu"),
        ("correction_requests", "state", "waiting", "Menunggu"),
        ("departures", "kind", "mengundurkan_diri", "Mengundurkan diri"),
        ("departures", "refunded", 280_000, "Rp280.000"),
        ("departures", "on", "2026-11-25", "25 Nov 2026"),
        ("journals", "created_at", "2026-11-24T19:54:12.400356+00:00", "25 Nov 2026 02.54"),
        ("months", "period", "2026-11-01", "Nov 2026"),
        ("members", "name", "Siti", "Siti"),
        ("members", "rt", "007", "007"),
        ("tills", "active", True, "ya"),
        ("findings", "closed_at", None, "–"),
    ],
)
def test_a_value_is_told_as_people_read_it(record, column, value, said):
    assert told(record, column, value) == said


def test_who_is_meant_by_a_number_is_named():
    assert told("journals", "created_by", 4, {4: "Teguh"}) == "Teguh (4)"
    assert told("journals", "line_count", 4, {4: "Teguh"}) == "4"


def test_every_code_that_is_kept_has_a_word():
    codes = {
        (name, column.name): set(column.type.enums)
        for name in set(RECORDS) & set(Model.metadata.tables)
        for column in Model.metadata.tables[name].columns
        if isinstance(column.type, Enum)
    }

    assert set(codes) - set(VALUES) - AS_KEPT == set()
    lacking = {key: codes[key] - set(VALUES[key]) for key in set(codes) & set(VALUES)}
    assert {key: left for key, left in lacking.items() if left} == {}
