from datetime import date
from uuid import uuid4

import pytest

from app.audit.models import AuditEvent
from app.auth.permissions import Role
from app.core import clock
from app.core.period import Period
from app.dues import accrual, arrears
from app.extensions import db
from app.members import services
from tests.factories import make_candidate, make_member, make_nik, make_rate, pay

WHERE = "/k/maju/anggota/"
NAMES = ("Siti Rohmah", "Budi Basuki")
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


def test_the_list_leads_back_as_well_and_keeps_what_was_chosen(secretary, scope, coop):
    with scope(coop):
        for number in range(51):
            make_candidate(f"Orang {number:02d}", rt="003", rw="002")
    page = secretary.get(WHERE + "?status=calon&rt=003/002&q=orang&hal=2").text

    for number in ("", "&amp;hal=3"):
        assert f'?q=orang&amp;status=calon&amp;rt=003/002{number}"' in page
    assert 'value="orang"' in page
    assert "<option selected>003/002</option>" in page
    assert 'name="status" value="calon"' in page


def test_the_list_is_narrowed_to_a_neighbourhood(secretary, scope, coop):
    with scope(coop):
        make_member("Siti Rohmah", rt="003", rw="002")
        make_member("Budi Basuki", rt="003", rw="001")
        make_member("Dewi Arifin")
    page = secretary.get(WHERE + "?rt=003/002").text

    assert "Siti Rohmah" in page
    assert "Budi Basuki" not in page
    assert "Dewi Arifin" not in page
    assert "Dewi Arifin" in secretary.get(WHERE + "?rt=x%27--").text


def test_the_list_is_narrowed_to_those_in_arrears(secretary, scope, coop):
    with scope(coop):
        make_rate(15_000)
        owing, paid = (make_member(name, Period.current().plus(-2).first_day) for name in NAMES)
        accrual.accrue(Period.current())
        pay(paid, on=clock.today(), dues=45_000)
        departed = make_member("Dewi Arifin", Period.current().plus(-2).first_day)
        accrual.accrue(Period.current())
        departed.left_on = clock.today()
        db.session.commit()
    page = secretary.get(WHERE + "?status=menunggak").text

    assert "Siti Rohmah" in page
    assert "Rp45.000" in page
    assert "3 bulan" in page
    assert "Budi Basuki" not in page
    assert "Dewi Arifin" not in page
    with scope(coop):
        assert arrears.owing() == [debtor_id(d) for d in arrears.debtors()] == [owing.id]


def debtor_id(debtor):
    return services.find(debtor.number).id


def test_who_was_not_yet_asked_for_consent_is_found_and_asked(secretary, sign_in, scope, coop):
    with scope(coop):
        make_member("Budi Basuki")
        siti = make_member("Siti Rohmah")
        siti.consent_at, siti.consent_version = None, ""
        db.session.commit()
    where = WHERE + "2/persetujuan"
    page = secretary.get(WHERE + "?status=belum-setuju").text

    assert "Siti Rohmah" in page
    assert "Budi Basuki" not in page
    assert where in secretary.get(WHERE + "2/").text
    assert where.replace("2/", "1/") not in secretary.get(WHERE + "1/").text
    assert "data Anda" in secretary.get(where).text
    assert secretary.post(where, data=sent()).status_code == 422
    assert sign_in(Role.CASHIER).post(where, data=sent(consent="y")).status_code == 403
    assert secretary.post(where, data=sent(consent="y")).location == WHERE + "2/"
    assert "persetujuan" not in secretary.get(WHERE + "2/").text
    with scope(coop):
        siti = services.find(2)
        assert (siti.consent_version, bool(siti.consent_at)) == ("2025-01-01", True)
        services.agree(siti)
        assert not db.session.dirty


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
