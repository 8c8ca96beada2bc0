"""The collection sheet as the treasurer's browser sends it."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from app.auth.permissions import Role
from app.core import clock
from app.core.period import Period
from app.dues import accrual
from app.dues.standing import standing
from app.extensions import db
from app.ledger import months
from app.ledger.models import Journal
from app.members import services as members
from tests.factories import make_candidate, make_member

PAGE = "/k/maju/tagihan/lembar/isi"


@pytest.fixture(autouse=True)
def neighbours(scope, coop):
    """Siti (1) and Budi (2) of one RT owe three months each, Ani (3) lives elsewhere."""
    first = Period.current().plus(-2).first_day
    with scope(coop):
        make_member("Siti Rohmah", joined_on=first, rt="003", rw="002", group="PKK")
        make_member("Budi", joined_on=first, rt="003", rw="002")
        make_member("Ani", joined_on=first, rt="001", rw="005")
        accrual.accrue(Period.current())
        db.session.commit()


@pytest.fixture
def treasurer(sign_in):
    return sign_in(Role.TREASURER)


def form(*, days=0, **fields):
    day = clock.today() + timedelta(days=days)
    sent = {"key": str(uuid4()), "method": "tunai", "on": f"{day:%d-%m-%Y}", "tempat": "rt:003/002"}
    return sent | fields


def journals():
    return db.session.scalar(select(func.count()).select_from(Journal))


def owed(*numbers):
    return [standing(members.find(number)).owed for number in numbers]


def test_a_sheet_is_chosen_by_neighbourhood_and_group(treasurer):
    page = treasurer.get("/k/maju/tagihan/lembar/").text

    for place in ("RT 003/RW 002", "RT 001/RW 005", "PKK"):
        assert place in page


def test_the_sheet_shows_what_everybody_of_the_place_owes(treasurer):
    page = treasurer.get(PAGE, query_string={"tempat": "rt:003/002"}).text

    assert "Siti Rohmah" in page
    assert "Ani" not in page
    assert page.count("Rp45.000") == 2
    assert 'name="bayar_1"' in page
    assert 'data-amount="15000"' in page


def test_a_place_without_members_leads_back(treasurer):
    page = treasurer.get(PAGE, query_string={"tempat": "rt:009/009"})

    assert page.status_code == 200
    assert "bayar_" not in page.text


def test_a_saved_sheet_shows_the_sum_and_every_receipt(treasurer, scope, coop):
    response = treasurer.post(PAGE, data=form(bayar_1="45.000", bayar_2="15000"))

    assert response.status_code == 303
    page = treasurer.get(response.location).text
    assert "Rp60.000" in page
    assert "enam puluh ribu rupiah" in page
    year = clock.today().year
    assert f"BKM-{year}-0001" in page
    receipt = treasurer.get(f"/k/maju/bukti/BKM/{year}/2").text
    assert "Siti Rohmah" in receipt
    with scope(coop):
        assert owed(1, 2, 3) == [0, 30_000, 45_000]


def test_a_sheet_sent_twice_leads_to_the_same_page_and_counts_once(treasurer, scope, coop):
    sent = form(bayar_1="45000", bayar_2="15000")
    first, again = treasurer.post(PAGE, data=sent), treasurer.post(PAGE, data=sent)

    assert first.location == again.location
    with scope(coop):
        assert journals() == 2


def test_a_sheet_changed_under_the_same_key_is_refused(treasurer, scope, coop):
    sent = form(bayar_1="45000")
    treasurer.post(PAGE, data=sent)

    assert treasurer.post(PAGE, data=sent | {"bayar_2": "15000"}).status_code == 422
    with scope(coop):
        assert journals() == 1


@pytest.mark.parametrize("amount", ["45x", "-5", "0", "15.000,50", "1234567890123456"])
def test_one_wrong_row_is_told_beside_it_and_nothing_is_lost_or_recorded(
    treasurer, scope, coop, amount
):
    response = treasurer.post(PAGE, data=form(bayar_1="45.000", bayar_2=amount))

    assert response.status_code == 422
    assert 'id="bayar_2-wrong"' in response.text
    assert 'id="bayar_1-wrong"' not in response.text
    assert 'value="45.000"' in response.text
    assert f'value="{amount}"' in response.text
    with scope(coop):
        assert journals() == 0


def test_a_sheet_put_right_is_recorded_under_the_same_key(treasurer, scope, coop):
    sent = form(bayar_1="45000", bayar_2="x")
    treasurer.post(PAGE, data=sent)

    assert treasurer.post(PAGE, data=sent | {"bayar_2": "15000"}).status_code == 303
    with scope(coop):
        assert journals() == 2


def test_an_empty_sheet_is_refused(treasurer):
    assert treasurer.post(PAGE, data=form(bayar_1="", bayar_2=" ")).status_code == 422


@pytest.mark.parametrize("change", [{"method": "qris"}, {"on": "31-02-2026"}, {"on": ""}])
def test_a_field_that_cannot_be_is_refused(treasurer, change):
    assert treasurer.post(PAGE, data=form(bayar_1="15000") | change).status_code == 422


def test_a_day_to_come_is_refused(treasurer):
    assert treasurer.post(PAGE, data=form(bayar_1="15000", days=1)).status_code == 422


def test_a_closed_month_is_told_beside_the_date_and_the_amounts_stay(treasurer, scope, coop):
    last = Period.current().previous()
    with scope(coop):
        months.close(last)
        db.session.commit()
    sent = form(bayar_1="15000") | {"on": f"{last.last_day:%d-%m-%Y}"}
    response = treasurer.post(PAGE, data=sent)

    assert response.status_code == 422
    assert 'id="on-wrong"' in response.text
    assert 'value="15000"' in response.text


def test_somebody_who_moved_away_meanwhile_is_still_recorded(treasurer, scope, coop):
    treasurer.post(PAGE, data=form(bayar_3="15000"))

    with scope(coop):
        assert owed(3) == [30_000]


@pytest.mark.parametrize("who", ["left", "candidate"])
def test_somebody_who_pays_no_dues_is_told_beside_their_name(treasurer, scope, coop, who):
    with scope(coop):
        if who == "left":
            members.leave(members.find(1), on=clock.today(), reason="pindah")
        else:
            make_candidate("Calon")
        db.session.commit()
    number = 1 if who == "left" else 4
    response = treasurer.post(PAGE, data=form(**{f"bayar_{number}": "15000"}))

    assert response.status_code == 422
    assert f'id="bayar_{number}-wrong"' in response.text


def test_a_number_that_nobody_has_is_refused(treasurer, scope, coop):
    assert treasurer.post(PAGE, data=form(bayar_99="15000")).status_code == 422
    with scope(coop):
        assert journals() == 0


def test_the_sheet_can_be_taken_along_on_paper(treasurer):
    response = treasurer.get("/k/maju/tagihan/lembar/cetak.pdf?tempat=rt:003/002")
    text = PdfReader(io.BytesIO(response.data)).pages[0].extract_text()

    assert response.mimetype == "application/pdf"
    for word in ("RT 003/RW 002", "Siti Rohmah", "45.000", "Tanda tangan"):
        assert word in text


def test_money_by_transfer_goes_to_the_bank(treasurer, scope, coop):
    response = treasurer.post(PAGE, data=form(bayar_1="45000", method="transfer"))

    assert "transfer" in treasurer.get(response.location).text


def test_only_who_receives_money_may_use_the_sheet(sign_in):
    assert sign_in(Role.SUPERVISOR).get(PAGE).status_code == 403


def test_a_stranger_finds_no_sheet(treasurer, sign_in, other_coop):
    location = treasurer.post(PAGE, data=form(bayar_1="15000")).location
    stranger = sign_in(Role.TREASURER, other_coop, name="Lain")

    assert stranger.get(location).status_code == 404
    assert stranger.get(location.replace("maju", "sejahtera")).status_code == 404
