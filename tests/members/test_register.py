from uuid import uuid4

import pytest

from app.auth.permissions import Role
from app.core import clock
from app.core.period import Period
from app.dues import accrual, arrears
from app.extensions import db
from app.members import services
from tests.factories import make_candidate, make_member, make_rate, pay

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


def test_a_number_with_its_noughts_is_not_looked_for_in_telephones(secretary, scope, coop):
    with scope(coop):
        make_member("Siti Rohmah", phone="+6285299990000")
        make_member("Budi Basuki", phone="+6285211110000")

    page = secretary.get(WHERE, query_string={"q": "A0002"}).text

    assert "Budi Basuki" in page
    assert "Siti Rohmah" not in page


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


def test_the_card_leads_to_a_withdrawal_where_there_is_something_to_withdraw(sign_in, scope, coop):
    with scope(coop):
        pay(make_member("Siti"), on=clock.today(), voluntary=10_000)
        make_member("Budi")
        db.session.commit()
    treasurer, secretary = sign_in(Role.TREASURER), sign_in(Role.SECRETARY)
    to = "/k/maju/simpanan/{}/tarik"

    assert to.format(1) in treasurer.get(f"{WHERE}1/").text
    assert to.format(2) not in treasurer.get(f"{WHERE}2/").text
    assert to.format(1) not in secretary.get(f"{WHERE}1/").text
