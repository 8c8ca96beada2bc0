"""Registering a person at the counter, and correcting what is known of them."""

import re
from datetime import date
from uuid import uuid4

import pytest

from app.audit.models import AuditEvent
from app.auth.permissions import Role
from app.core.identity import read_nik
from app.extensions import db
from app.members import services
from app.members.services import Particulars
from tests.factories import make_candidate, make_member, make_nik, pay

WHERE = "/k/maju/anggota/"
NEW = WHERE + "baru"
SITI = {"nik": "3375014508900001", "name": "Siti Rohmah", "consent": "y"}


def sent(**fields):
    return {"key": str(uuid4()), **fields}


@pytest.fixture
def secretary(sign_in):
    return sign_in(Role.SECRETARY)


def test_a_person_is_registered_in_the_order_of_the_ktp(secretary, scope, coop):
    page = secretary.get(NEW).text
    response = secretary.post(NEW, data=sent(**SITI, rt="5", rw="03", phone="0812 3456 7890"))

    assert page.index('name="nik"') < page.index('name="name"') < page.index('name="address"')
    assert response.location == WHERE + "1/"
    with scope(coop):
        siti = services.find(1)
        assert (siti.name, siti.rt, siti.rw) == ("Siti Rohmah", "005", "003")
        assert siti.phone == "+6281234567890"
        assert siti.born_on == date(1990, 8, 5)
        assert siti.consent_at


def test_sent_twice_a_person_is_registered_once(secretary, scope, coop):
    data = sent(**SITI)
    secretary.post(NEW, data=data)
    again = secretary.post(NEW, data=data)

    assert again.location == WHERE + "1/"
    with scope(coop):
        assert services.find(2) is None


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"nik": ""}, "Please fill in this field."),
        ({"nik": "337501450890001"}, "A NIK has 16 digits. This one has 15."),
        ({"nik": "33750145089000012"}, "A NIK has 16 digits. This one has 17."),
        ({"nik": "337501450890000l"}, "A NIK has only digits, 16 of them."),
        (
            {"nik": "3375017102900001"},
            "The birth date in this NIK (digits 7 to 12) does not exist.",
        ),
        ({"nik": "3375014508900000"}, "A NIK does not end in 0000."),
        ({"name": " "}, "Please fill in this field."),
        ({"name": "x" * 300}, "At most 120 characters, please."),
        ({"name": "12345"}, "has no letters."),
        ({"name": "=1+1 Siti"}, "The name begins with “=”. Type the name alone."),
        ({"phone": "12"}, "A phone number has 10 to 13 digits and starts with 08."),
        ({"heir_phone": "0812 rumah"}, "A phone number has 10 to 13 digits and starts with 08."),
        ({"born_on": "31-02-1990"}, "This day does not exist in the calendar."),
        ({"born_on": "lima Mei"}, "Write the date as 24-11-2026."),
        ({"born_on": "05-08-2999"}, "The date is still to come."),
        ({"born_on": "06-08-1990"}, "This date of birth differs from the NIK."),
        ({"birth_note": "x" * 201}, "At most 200 characters, please."),
        ({"address": "Jl. Jawa 27" + "x" * 200}, "At most 200 characters, please."),
        ({"note": "x" * 201}, "At most 200 characters, please."),
        ({"rt": "12a"}, "RT and RW have at most three digits."),
        ({"rw": "0012"}, "RT and RW have at most three digits."),
        ({"consent": None}, "Please fill in this field."),
    ],
)
def test_each_slip_has_its_own_message_and_what_was_typed_stays(
    secretary, scope, coop, wrong, message
):
    secretary.set_cookie("bahasa", "en")
    fields = {**SITI, "address": "Jl. Jawa 27", **wrong}
    data = sent(**{name: value for name, value in fields.items() if value is not None})
    response = secretary.post(NEW, data=data)

    assert response.status_code == 422
    assert message in response.text
    assert 'aria-invalid="true"' in response.text
    assert "Jl. Jawa 27" in response.text
    with scope(coop):
        assert services.find(1) is None


def test_who_is_over_a_hundred_by_the_nik_may_be_a_child(secretary):
    """Two digits of a year: 10 is taken for 1910 rather than for 2010."""
    where = secretary.post(NEW, data=sent(**SITI | {"nik": "3375011205100001"})).location

    assert "116" in secretary.get(where).text


def test_a_date_of_birth_may_differ_from_the_nik_with_a_reason(secretary, scope, coop):
    fields = {**SITI, "born_on": "06-08-1990", "birth_note": "Akta lahir"}
    secretary.post(NEW, data=sent(**fields))

    with scope(coop):
        assert services.find(1).born_on == date(1990, 8, 6)


def test_a_nik_that_is_taken_names_whose_it_is_and_links_to_them(secretary):
    secretary.post(NEW, data=sent(**SITI))
    response = secretary.post(NEW, data=sent(**SITI | {"name": "Siti R."}))

    assert response.status_code == 422
    assert "Siti Rohmah, A0001" in response.text
    assert WHERE + "1/" in response.text
    assert "Siti R." in response.text


def test_the_card_shows_savings_and_a_masked_nik(secretary, scope, coop):
    with scope(coop):
        budi = make_candidate("Budi", nik="3375010508900001")
        pay(budi, on=date(2025, 6, 12), principal=25_000)
    page = secretary.get(WHERE + "1/").text

    assert "337501••••••0001" in page
    assert "3375010508900001" not in page
    assert "Rp25.000" in page
    assert "BKM-2025-0001" in page


def test_a_card_that_does_not_exist_is_not_found(secretary):
    assert secretary.get(WHERE + "77/").status_code == 404
    assert secretary.get(WHERE + "99999999999999/").status_code == 404


def test_who_looks_at_a_whole_nik_is_noted(secretary, sign_in, scope, coop):
    with scope(coop):
        make_member("Budi", nik="3375010508900001")

    assert sign_in(Role.CASHIER).post(WHERE + "1/nik").status_code == 403
    assert "3375010508900001" in secretary.post(WHERE + "1/nik").text
    with scope(coop):
        looks = db.session.query(AuditEvent).filter_by(action="looked").count()
        assert looks == 1


def test_particulars_are_corrected(secretary, scope, coop):
    with scope(coop):
        budi = make_member("Budi", heir_name="Ani")
        nik = budi.nik
    page = secretary.get(WHERE + "1/ubah").text
    bad = secretary.post(WHERE + "1/ubah", data=sent(nik=nik, name=""))
    secretary.post(WHERE + "1/ubah", data=sent(nik=nik, name="Budi Basuki", rt="4"))

    assert nik in page
    assert "Ani" in page
    assert bad.status_code == 422
    with scope(coop):
        assert (services.find(1).name, services.find(1).rt) == ("Budi Basuki", "004")


def test_the_page_sent_as_it_was_shown_changes_nothing(secretary, scope, coop):
    """Whoever has no telephone has no "0" for one, which could not be saved."""
    with scope(coop):
        budi = make_member("Budi")
        was = services.columns_of(Particulars(nik=read_nik(budi.nik), name="Budi"))
    page = secretary.get(WHERE + "1/ubah").text
    shown = dict(re.findall(r'name="(\w+)" type="\w+" value="([^"]*)"', page))
    response = secretary.post(WHERE + "1/ubah", data={**shown, **sent()})

    assert shown["phone"] == shown["heir_phone"] == ""
    assert response.status_code == 303
    with scope(coop):
        budi = services.find(1)
        assert {name: getattr(budi, name) for name in was} == was


def test_nobody_takes_the_nik_of_another(secretary, scope, coop):
    with scope(coop):
        nik = make_member("Budi").nik
        make_member("Ani")
    response = secretary.post(WHERE + "2/ubah", data=sent(nik=nik, name="Ani"))

    assert response.status_code == 422
    assert "Budi, A0001" in response.text


def test_who_has_left_may_register_again_under_a_new_number(secretary, scope, coop):
    with scope(coop):
        nik = make_nik()
        budi = make_member("Budi", nik=nik)
        services.leave(budi, on=date(2025, 7, 1), reason="Pindah")
        db.session.commit()
    response = secretary.post(NEW, data=sent(nik=nik, name="Budi", consent="y"))

    assert response.location == WHERE + "2/"


def test_a_label_that_is_a_sentence_gets_no_colon_behind_its_stop(sign_in):
    page = sign_in(Role.SECRETARY).post(NEW, data=sent(nik="3375014508900001", name="Siti")).text

    assert "orangnya setuju. Bagian ini perlu diisi." in page
