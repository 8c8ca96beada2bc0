"""Reminding by WhatsApp: the cooperative's own words, and a note of who was reminded when."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote
from uuid import uuid4

import pytest

from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.core.period import Period
from app.dues import accrual, reminders
from app.dues.standings import positions
from app.extensions import db
from app.members import services as members
from tests.factories import make_member, pay

PAGE = "/k/maju/tagihan/pengingat/"
TEXT = f"{PAGE}teks"


@pytest.fixture(autouse=True)
def neighbours(scope, coop, monkeypatch):
    """Siti (1) owes three months, Budi (2) one; Ani (3) has paid."""
    at(monkeypatch, datetime(2026, 11, 24, 3, tzinfo=UTC))
    with scope(coop):
        make_member(
            "Siti", joined_on=Period(2026, 9).first_day, rt="003", rw="002", phone="+62812345678"
        )
        make_member("Budi", joined_on=Period(2026, 11).first_day, rt="001", rw="005", group="PKK")
        ani = make_member("Ani", joined_on=Period(2026, 11).first_day)
        accrual.accrue(Period.current())
        pay(ani, on=clock.today(), dues=15_000)


@pytest.fixture
def treasurer(sign_in):
    return sign_in(Role.TREASURER)


def at(monkeypatch, instant):
    monkeypatch.setattr(clock, "now", lambda: instant)


def position(number):
    member = members.find(number)
    return member, positions([member])[member.id]


def test_the_text_is_filled_in_for_each_member(scope, coop):
    with scope(coop):
        member, stands = position(1)

        text = reminders.fill("{nama}: {bulan}, {jumlah}. {koperasi}", member.name, stands)

        assert text == f"Siti: Sep, Okt, Nov 2026, Rp45.000. {coop.legal_name}"


def test_the_text_that_comes_with_the_system_names_everything(scope, coop):
    with scope(coop):
        for word in ("{nama}", "{bulan}", "{jumlah}", "{koperasi}"):
            assert word in reminders.template()


@pytest.mark.parametrize("text", ["Halo {nama}, {uang}", "Halo {nama", "{}", "a } b"])
def test_a_word_in_braces_that_nobody_can_fill_in_is_refused(scope, coop, text):
    with scope(coop), pytest.raises(Invalid):
        reminders.change_template(text)


def test_a_name_that_looks_like_a_placeholder_is_only_a_name(scope, coop):
    with scope(coop):
        _member, stands = position(1)

        assert reminders.fill("{nama} {jumlah}", "{jumlah}", stands) == "{jumlah} Rp45.000"


def test_whoever_owes_nothing_is_not_reminded(scope, coop):
    with scope(coop), pytest.raises(DomainError):
        reminders.note(*position(3))


def test_the_list_shows_who_owes_with_the_finished_text(treasurer):
    page = treasurer.get(PAGE).text

    assert "Siti" in page
    assert "Ani" not in page
    assert "https://wa.me/62812345678?text=" in page
    assert "Siti" in unquote(page.split("wa.me/62812345678?text=")[1].split('"')[0])


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("tempat=rt:003/002", {"Siti"}),
        ("tempat=kelompok:PKK", {"Budi"}),
        ("umur=0-30", {"Budi"}),
        ("umur=61-90", {"Siti"}),
        ("tempat=rt:009/009", set()),
    ],
)
def test_the_list_is_narrowed_by_place_and_age(treasurer, query, names):
    page = treasurer.get(f"{PAGE}?{query}").text

    assert {name for name in ("Siti", "Budi") if f">{name}</span>" in page} == names


def test_a_tap_notes_who_was_reminded_and_by_whom(treasurer):
    assert treasurer.post(f"{PAGE}1", data={"key": str(uuid4())}).status_code == 303

    page = treasurer.get(PAGE).text
    assert "diingatkan hari ini" in page
    assert "Petugas bendahara" in page


@pytest.mark.parametrize(
    ("hours", "words"), [(9, "hari ini"), (20, "kemarin"), (68, "3 hari lalu")]
)
def test_the_list_says_when_somebody_was_reminded_last(
    treasurer, scope, coop, monkeypatch, hours, words
):
    now = clock.now()
    with scope(coop):
        for earlier in (hours + 100, hours):
            at(monkeypatch, now - timedelta(hours=earlier))
            reminders.note(*position(1))
        db.session.commit()
    at(monkeypatch, now)

    page = treasurer.get(PAGE).text
    assert f"diingatkan {words}" in page
    assert ("btn-done" in page) == (words == "hari ini")


def test_a_tap_that_arrives_twice_is_noted_once(treasurer, scope, coop):
    sent = {"key": str(uuid4())}
    treasurer.post(f"{PAGE}1", data=sent)
    treasurer.post(f"{PAGE}1", data=sent)

    with scope(coop):
        assert len(reminders.latest()) == 1


def test_a_text_of_ones_own_counts_from_today_on(treasurer, scope, coop):
    sent = {"key": str(uuid4()), "text": "Halo {nama},\nsimpanan {bulan}: {jumlah}."}

    assert treasurer.post(TEXT, data=sent).status_code == 303
    with scope(coop):
        assert reminders.template() == "Halo {nama},\nsimpanan {bulan}: {jumlah}."
    assert "Halo%20Siti%2C%0Asimpanan" in treasurer.get(PAGE).text


def test_an_example_saves_nothing(treasurer, scope, coop):
    sent = {"key": str(uuid4()), "text": "Halo {nama}!", "contoh": "1"}
    response = treasurer.post(TEXT, data=sent)

    assert "Halo Siti Rohmah!" in response.text
    with scope(coop):
        assert "Halo" not in reminders.template()


@pytest.mark.parametrize("text", ["", "Halo {uang}", "x" * 1001])
def test_a_text_that_cannot_be_is_refused_beside_it_and_stays(treasurer, text):
    response = treasurer.post(TEXT, data={"key": str(uuid4()), "text": text})

    assert response.status_code == 422
    assert 'id="text-wrong"' in response.text
    assert text in response.text


def test_supervisors_remind_nobody(sign_in):
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(PAGE).status_code == 403
    assert supervisor.post(f"{PAGE}1", data={"key": str(uuid4())}).status_code == 403


def test_a_member_of_nobody_is_not_found(treasurer):
    assert treasurer.post(f"{PAGE}99", data={"key": str(uuid4())}).status_code == 404
