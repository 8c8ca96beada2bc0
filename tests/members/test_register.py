from datetime import date
from uuid import uuid4

import pytest

from app.audit.models import AuditEvent
from app.auth.permissions import Role
from app.extensions import db
from app.members import services
from tests.factories import make_candidate, make_member, make_nik, pay

WHERE = "/k/maju/anggota/"
NEW = WHERE + "baru"
SITI = {"nik": "3375014508900001", "name": "Siti Rohmah", "consent": "y"}


def sent(**fields):
    return {"key": str(uuid4()), **fields}


@pytest.fixture
def secretary(sign_in):
    return sign_in(Role.SECRETARY)


def test_an_empty_register_says_what_to_do_next(secretary):
    page = secretary.get(WHERE)

    assert page.status_code == 200
    assert NEW in page.text


def test_a_member_is_found_by_name_number_and_telephone(secretary, scope, coop):
    with scope(coop):
        make_member("Siti Rohmah", phone="+6281234567890")
        make_member("Budi Basuki")

    for q in ("rohmah", "A0001", "0812 3456"):
        page = secretary.get(WHERE, query_string={"q": q}).text
        assert "Siti Rohmah" in page
        assert "Budi Basuki" not in page
    assert "anggota/" in secretary.get(WHERE, query_string={"q": "nobody at all"}).text


@pytest.mark.parametrize("q", ["²", "%", "'", "\x00", "A", "9" * 30])
def test_odd_signs_find_nobody_and_break_nothing(secretary, q):
    assert secretary.get(WHERE, query_string={"q": q}).status_code == 200


def test_the_register_is_narrowed_to_a_state(secretary, scope, coop):
    with scope(coop):
        make_member("Siti Rohmah")
        make_candidate("Budi Basuki")

    page = secretary.get(WHERE, query_string={"status": "calon"}).text

    assert "Budi Basuki" in page
    assert "Siti Rohmah" not in page


def test_a_long_register_goes_on_on_the_next_page(secretary, scope, coop):
    with scope(coop):
        for number in range(26):
            make_candidate(f"Orang {number:02d}")

    first, second = secretary.get(WHERE).text, secretary.get(WHERE + "?hal=2").text

    assert "Orang 24" in first
    assert "Orang 25" not in first
    assert "hal=2" in first
    assert "Orang 25" in second
    assert secretary.get(WHERE + "?hal=99999999999").status_code == 200


def test_a_cashier_reads_the_register_but_registers_nobody(sign_in):
    cashier = sign_in(Role.CASHIER)

    assert cashier.get(WHERE).status_code == 200
    assert cashier.get(NEW).status_code == 403


def test_a_stranger_does_not_learn_that_the_register_exists(sign_in, other_coop):
    assert sign_in(Role.SECRETARY, other_coop).get(WHERE).status_code == 404


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
    "wrong",
    [
        {"nik": "337501450890001"},
        {"name": " "},
        {"name": "x" * 121},
        {"phone": "12"},
        {"born_on": "31-02-1990"},
        {"born_on": "06-08-1990"},
        {"rt": "12a"},
        {"consent": None},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(secretary, wrong):
    fields = {**SITI, "address": "Jl. Jawa 27", **wrong}
    data = sent(**{name: value for name, value in fields.items() if value is not None})
    response = secretary.post(NEW, data=data)

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text
    assert "Jl. Jawa 27" in response.text


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
