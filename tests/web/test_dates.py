"""Days, months and times as an officer writes them."""

from datetime import UTC, date, datetime, time

import pytest

from app.core import clock
from app.core.errors import Invalid
from app.core.period import Period
from app.web import dates


@pytest.fixture(autouse=True)
def in_the_afternoon(app, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 7, 5, tzinfo=UTC))
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    "text",
    ["Nov 2026", "november 2026", "NOV-2026", "11-2026", "11/2026", "2026-11", " 11.2026 "],
)
def test_a_month_is_read_in_every_usual_spelling(text):
    assert dates.read_month(text) == Period(2026, 11)


@pytest.mark.parametrize(
    "text", ["2026-13", "13-2026", "0-2026", "9999-12", "nopember", "abc 2026", "2026"]
)
def test_what_is_no_month_is_refused_with_an_example(text):
    with pytest.raises(Invalid, match="Nov 2026"):
        dates.read_month(text)


@pytest.mark.parametrize("text", ["31-12-9999", "9999-12-31"])
def test_the_last_year_there_is_is_refused(text):
    for read in (dates.read_day, dates.read_past_instant):
        with pytest.raises(Invalid):
            read(text)


@pytest.mark.parametrize("text", ["Agu 2026", "Agustus 2026", "Ags 2026", "Aug 2026"])
def test_august_is_read_in_both_languages(text):
    assert dates.read_month(text) == Period(2026, 8)


@pytest.mark.parametrize("text", ["24-11-2026", "24/11/26", "24 Nov 2026", "2026-11-24"])
def test_a_day_is_read_in_every_usual_spelling(text):
    assert dates.read_day(text) == date(2026, 11, 24)


def test_a_day_that_does_not_exist_says_so():
    with pytest.raises(Invalid, match="kalender"):
        dates.read_day("31-02-2026")


def test_two_digits_of_a_year_never_lie_ahead():
    assert dates.read_day("1-1-27") == date(1927, 1, 1)


@pytest.mark.parametrize("text", ["14.05", "14:05", "14.05.59"])
def test_a_time_is_read_with_point_and_colon(text):
    assert dates.read_time(text) == time(14, 5)


@pytest.mark.parametrize("text", ["25.00", "siang", "14"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(Invalid):
        dates.read_time(text)


def test_today_as_a_moment_means_until_now():
    assert dates.read_past_instant("24-11-2026") == clock.now()
    assert dates.read_past_instant("23-11-2026 14.05").second == 59


@pytest.mark.parametrize("text", ["25-11-2026", "24-11-2026 23.00"])
def test_a_moment_to_come_is_refused(text):
    with pytest.raises(Invalid):
        dates.read_past_instant(text)


def test_lines_are_no_moment():
    with pytest.raises(Invalid):
        dates.read_past_instant("1\n2")
