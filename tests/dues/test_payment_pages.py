"""Receiving savings at the desk, as the treasurer's browser sends it."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.auth.permissions import Role
from app.core import clock
from app.core.period import Period
from app.dues import accrual, payments
from app.dues.standing import standing
from app.extensions import db
from app.ledger import months
from app.ledger.models import Journal
from app.ledger.services import Posted
from app.members import services as members
from tests.factories import make_candidate, make_member, pay

PAGE = "/k/maju/terima/1/"
WHILE_TYPING = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def siti(scope, coop):
    """A member who owes three months."""
    with scope(coop):
        make_member(
            "Siti Rohmah", joined_on=Period.current().plus(-2).first_day, rt="003", rw="002"
        )
        accrual.accrue(Period.current())
        db.session.commit()


@pytest.fixture
def treasurer(sign_in):
    return sign_in(Role.TREASURER)


def form(**fields):
    return {"key": str(uuid4()), "method": "tunai", "on": today(), **fields}


def today(days=0):
    return (clock.today() + timedelta(days=days)).strftime("%d-%m-%Y")


def owed():
    return standing(members.find(1)).owed


def journals():
    return db.session.scalar(select(func.count()).select_from(Journal))


def test_the_search_finds_a_member_with_what_they_owe(treasurer):
    page = treasurer.get("/k/maju/terima/?q=siti", headers=WHILE_TYPING).text

    assert "Siti Rohmah" in page
    assert "Rp45.000" in page
    assert "Siti Rohmah" not in treasurer.get("/k/maju/terima/?q=budi").text


def test_where_nobody_is_registered_the_desk_leads_to_registering(sign_in, other_coop):
    page = sign_in(Role.TREASURER, other_coop).get(f"/k/{other_coop.slug}/terima/").text

    assert "Belum ada anggota" in page
    assert f'href="/k/{other_coop.slug}/anggota/baru"' in page


def test_the_return_key_opens_the_only_member_it_can_be(treasurer):
    for typed in ("siti", "A0001"):
        response = treasurer.get("/k/maju/terima/", query_string={"q": typed})

        assert response.location == PAGE


def test_a_name_that_only_sounds_alike_is_shown_and_not_opened(treasurer):
    assert "Siti Rohmah" in treasurer.get("/k/maju/terima/?q=Sitti+Romah").text


def test_the_number_on_the_card_finds_that_member_alone(treasurer, scope, coop):
    with scope(coop):
        make_member("Budi", phone="+6281210001000")
    page = treasurer.get("/k/maju/terima/?q=A0001", headers=WHILE_TYPING).text

    assert "Siti Rohmah" in page
    assert "Budi" not in page


def test_the_buttons_carry_the_amounts(treasurer):
    page = treasurer.get(PAGE).text

    for amount in (45_000, 15_000, 90_000, 180_000):
        assert f'name="dues" value="{amount}"' in page


def test_any_number_of_months_is_offered_with_its_sum(treasurer):
    page = treasurer.get(PAGE).text

    for amount in (30_000, 75_000, 225_000):
        assert f'<option value="{amount}">' in page
    assert '<option value="45000" selected>' in page
    assert '<option value="240000">' not in page


def test_from_whoever_left_nothing_is_received(treasurer, scope, coop):
    with scope(coop):
        members.leave(members.find(1), on=clock.today(), reason="pindah")
        db.session.commit()

    assert 'name="dues"' not in treasurer.get(PAGE).text


def test_whoever_has_paid_the_principal_is_not_asked_for_it(treasurer, scope, coop):
    with scope(coop):
        pay(members.find(1), on=clock.today(), principal=25_000)
        db.session.commit()
    page = treasurer.get(PAGE).text

    assert 'id="other-principal"' not in page
    assert 'id="other-voluntary"' in page


def test_a_candidate_is_asked_for_the_principal(treasurer, scope, coop):
    with scope(coop):
        make_candidate("Calon")

    assert 'name="principal" value="' in treasurer.get("/k/maju/terima/2/").text


def test_whoever_pays_the_principal_becomes_a_member(treasurer, scope, coop):
    with scope(coop):
        missing = payments.owed_principal(make_candidate("Calon"), clock.today())
    treasurer.post("/k/maju/terima/2/", data=form(principal=str(missing)))

    with scope(coop):
        assert members.find(2).joined_on == clock.today()


def test_a_payment_leads_to_its_receipt_and_settles_the_months(treasurer, scope, coop):
    response = treasurer.post(PAGE, data=form(dues="45000"))

    assert response.status_code == 303
    receipt = treasurer.get(response.location).text
    assert "Rp45.000" in receipt
    assert "empat puluh lima ribu rupiah" in receipt
    with scope(coop):
        assert owed() == 0


def test_a_form_sent_again_counts_once_and_leads_to_the_same_receipt(treasurer, scope, coop):
    sent = form(dues="45.000")
    first, again = treasurer.post(PAGE, data=sent), treasurer.post(PAGE, data=sent)

    assert first.location == again.location
    with scope(coop):
        assert journals() == 1


def test_another_amount_with_the_same_key_is_refused(treasurer, scope, coop):
    sent = form(dues="45000")
    treasurer.post(PAGE, data=sent)
    response = treasurer.post(PAGE, data=sent | {"dues": "15000"})

    assert response.status_code == 422
    with scope(coop):
        assert journals() == 1


@pytest.mark.parametrize("amount", ["Rp 15.000,50", "-5", "1234567890123456", "0", "", "lima"])
def test_an_amount_that_cannot_be_is_refused_and_stays_on_the_page(treasurer, scope, coop, amount):
    response = treasurer.post(PAGE, data=form(dues=amount))

    assert response.status_code == 422
    assert f'value="{amount}"' in response.text
    with scope(coop):
        assert journals() == 0


@pytest.mark.parametrize("change", [{"method": "emas"}, {"on": "31-02-2026"}, {"on": ""}])
def test_a_field_that_cannot_be_is_refused(treasurer, change):
    assert treasurer.post(PAGE, data=form(dues="15000") | change).status_code == 422


def test_a_day_to_come_is_refused(treasurer):
    assert treasurer.post(PAGE, data=form(dues="15000", on=today(+1))).status_code == 422


def test_a_closed_month_is_refused_beside_the_date(treasurer, scope, coop):
    last = Period.current().previous()
    with scope(coop):
        months.close(last)
        db.session.commit()
    response = treasurer.post(PAGE, data=form(dues="15000", on=f"{last.last_day:%d-%m-%Y}"))

    assert response.status_code == 422
    assert 'id="other-on-wrong"' in response.text


def test_more_principal_than_is_missing_is_refused(treasurer, scope, coop):
    response = treasurer.post(PAGE, data=form(principal="999999"))

    assert response.status_code == 422
    assert 'id="other-principal-wrong"' in response.text
    with scope(coop):
        assert journals() == 0


def test_savings_of_every_kind_in_one_payment_give_one_journal(treasurer, scope, coop):
    response = treasurer.post(
        PAGE, data=form(principal="1000", dues="15000", voluntary="20000", method="qris")
    )

    assert "Rp36.000" in treasurer.get(response.location).text
    with scope(coop):
        assert journals() == 1
        assert owed() == 30_000


def test_the_wrong_office_may_not_receive(sign_in):
    assert sign_in(Role.SUPERVISOR).post(PAGE, data=form(dues="15000")).status_code == 403


def test_a_stranger_learns_nothing(sign_in, other_coop):
    assert sign_in(Role.TREASURER, other_coop).get(PAGE).status_code == 404


def test_a_number_that_nobody_has_is_not_found(treasurer):
    assert treasurer.get("/k/maju/terima/99/").status_code == 404


def test_a_member_who_paid_ahead_is_shown_so(treasurer, scope, coop):
    with scope(coop):
        posted = pay(members.find(1), on=date(2026, 1, 2), dues=60_000)

    assert isinstance(posted, Posted)
    assert "Rp15.000" in treasurer.get(PAGE).text


def test_a_slip_in_the_year_makes_no_books_of_long_ago(treasurer, scope, coop):
    response = treasurer.post(PAGE, data=form(dues="15000", on="25-11-1926"))

    assert response.status_code == 422
    assert 'href="#other-on"' in response.text
    with scope(coop):
        assert journals() == 0


def seen(page):
    """What the page says had been paid when it was shown: once in each of its forms."""
    values = set(re.findall(r'name="seen" value="(\d+)"', page))
    assert len(values) == 1
    return values.pop()


def test_months_received_at_another_counter_are_not_received_again(treasurer, scope, coop):
    before = seen(treasurer.get(PAGE).text)
    assert treasurer.post(PAGE, data=form(dues="45000", seen=before)).status_code == 303

    again = treasurer.post(PAGE, data=form(dues="45000", seen=before))

    assert again.status_code == 422
    assert "baru saja membayar" in again.text
    with scope(coop):
        assert (owed(), standing(members.find(1)).ahead, journals()) == (0, 0, 1)


def test_whoever_has_read_that_it_changed_may_receive_all_the_same(treasurer, scope, coop):
    before = seen(treasurer.get(PAGE).text)
    treasurer.post(PAGE, data=form(dues="15000", seen=before))
    refused = treasurer.post(PAGE, data=form(dues="30000", seen=before))

    now = form(dues="30000", seen=seen(refused.text))

    assert treasurer.post(PAGE, data=now).status_code == 303
    with scope(coop):
        assert owed() == 0


def test_voluntary_savings_wait_for_no_dues(treasurer):
    before = seen(treasurer.get(PAGE).text)
    treasurer.post(PAGE, data=form(dues="15000", seen=before))

    assert treasurer.post(PAGE, data=form(voluntary="5000", seen=before)).status_code == 303


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "9" * 30, "\u0663"])
def test_a_page_that_says_nothing_of_what_was_seen_counts_as_none(treasurer, nonsense):
    assert treasurer.post(PAGE, data=form(dues="15000", seen=nonsense)).status_code == 303
