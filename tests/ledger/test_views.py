from datetime import date
from uuid import uuid4

import pytest

from app.approvals import services as approvals
from app.auth.permissions import Role
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Source, credit, debit
from tests.factories import make_member, pay


@pytest.fixture(autouse=True)
def journal(scope, coop):
    with scope(coop):
        lines = [debit(AccountRole.CASH, 45_000), credit(AccountRole.OPENING, 45_000)]
        ledger.post(on=date(2026, 3, 2), memo="Saldo awal", source=Source("t", "1"), lines=lines)
        db.session.commit()


PAGES = [
    "/k/maju/buku/",
    "/k/maju/buku/jurnal?dari=01-03-2026",
    "/k/maju/buku/jurnal/JU/2026/1",
    "/k/maju/buku/akun/1.1.1.01?dari=01-03-2026",
    "/k/maju/buku/neraca-saldo",
]
KEY = {"key": "00000000-0000-0000-0000-000000000001"}


@pytest.mark.parametrize("page", PAGES)
def test_a_treasurer_reads_the_books(sign_in, page):
    response = sign_in(Role.TREASURER).get(page)

    assert response.status_code == 200
    assert "Rp45.000" in response.text or page == "/k/maju/buku/"


@pytest.mark.parametrize("page", PAGES)
def test_a_cashier_does_not(sign_in, page):
    assert sign_in(Role.CASHIER).get(page).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_does_not_learn_that_they_exist(sign_in, other_coop, page):
    assert sign_in(Role.TREASURER, other_coop).get(page).status_code == 404


def test_a_day_that_does_not_exist_is_said_beside_the_field(sign_in):
    response = sign_in(Role.TREASURER).get("/k/maju/buku/neraca-saldo?dari=31-02-2026")

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text
    assert "31-02-2026" in response.text


def test_each_pair_of_columns_of_the_trial_balance_is_totalled(sign_in, scope, coop):
    with scope(coop):
        pay(make_member("Siti"), on=date(2026, 4, 2), voluntary=10_000)

    page = sign_in(Role.TREASURER).get("/k/maju/buku/neraca-saldo?dari=01-04-2026").text
    total = page[page.index("Jumlah</th>") :]

    assert [total.count(f"Rp{sum}</") for sum in ("45.000", "10.000", "55.000")] == [2, 2, 2]


def test_a_journal_is_taken_back_with_a_reason_when_another_person_agrees(sign_in, scope, coop):
    treasurer, chair = sign_in(Role.TREASURER), sign_in(Role.CHAIR)
    page = "/k/maju/buku/jurnal/JU/2026/1"

    assert treasurer.post(f"{page}/balik", data={**KEY, "reason": ""}).status_code == 422
    asked = treasurer.post(f"{page}/balik", data={**KEY, "reason": "salah jumlah"})
    assert asked.status_code == 303
    assert "JU-2026-0002" not in treasurer.get(page).text
    with scope(coop):
        request = approvals.waiting()[0].approval.id
    chair.post(f"/k/maju/persetujuan/{request}/setuju", data={"key": str(uuid4())})
    assert "JU-2026-0002" in treasurer.get(page).text
    assert "BATAL" in treasurer.get("/k/maju/buku/jurnal?dari=01-03-2026").text


def test_a_receipt_is_not_taken_back_behind_its_own_page(sign_in, scope, coop):
    with scope(coop):
        posted = pay(make_member("Siti"), on=date(2026, 3, 2), dues=15_000)
    treasurer, page = sign_in(Role.TREASURER), "/k/maju/buku/jurnal/BKM/2026/1"

    response = treasurer.post(f"{page}/balik", data={**KEY, "reason": "salah"})

    assert response.status_code == 422
    assert posted.number == 1
    assert "/k/maju/bukti/BKM/2026/1" in treasurer.get(page).text
    with scope(coop):
        assert approvals.waiting() == []


def test_a_supervisor_may_look_but_not_take_back(sign_in):
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get("/k/maju/buku/jurnal/JU/2026/1").status_code == 200
    where = "/k/maju/buku/jurnal/JU/2026/1/balik"
    assert supervisor.post(where, data={**KEY, "reason": "x"}).status_code == 403


@pytest.mark.parametrize("page", ["neraca-saldo", "jurnal", "akun/1.1.1.01"])
def test_with_a_last_day_alone_the_year_or_month_of_that_day_is_shown(sign_in, page):
    response = sign_in(Role.TREASURER).get(f"/k/maju/buku/{page}?sampai=31-12-2025")

    assert response.status_code == 200
    assert ("01-01-2025" if page == "neraca-saldo" else "01-12-2025") in response.text


@pytest.mark.parametrize("page", ["neraca-saldo", "jurnal", "akun/1.1.1.01"])
@pytest.mark.parametrize("asked", ["dari=0001-01-01", "sampai=0001-01-01"])
def test_a_day_before_all_books_is_refused_in_words(sign_in, page, asked):
    response = sign_in(Role.TREASURER).get(f"/k/maju/buku/{page}?{asked}")

    assert response.status_code == 422
    assert "2000" in response.text
