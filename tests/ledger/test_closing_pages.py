"""The page on which a month is closed, and what the chair and the first page see of it."""

import re
from datetime import date

import pytest

from app.auth.permissions import Role
from app.core.period import Period
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Source, credit, debit
from tests.ledger.a_month import PAGE, key, post


@pytest.fixture(autouse=True)
def journal(scope, coop):
    with scope(coop):
        post()
        db.session.commit()


def requests(chair):
    """The numbers of the requests on the page of approvals."""
    return re.findall(r"/persetujuan/(\d+)", chair.get("/k/maju/persetujuan/").text)


def test_who_may_not_answer_reads_who_does(sign_in):
    treasurer, vice = sign_in(Role.TREASURER), sign_in(Role.VICE_BUSINESS)
    sign_in(Role.CHAIR)
    treasurer.post(PAGE, data=key())
    waiting = vice.get("/k/maju/persetujuan/").text
    id = waiting.split("/persetujuan/")[1].split('"')[0].split("?")[0]

    shown = vice.get(f"/k/maju/persetujuan/{id}").text
    answered = vice.post(f"/k/maju/persetujuan/{id}/setuju", data=key())

    assert "Hanya ketua yang menjawab ini" in shown
    assert "/setuju" not in shown
    assert "Hanya ketua yang menjawab ini" in answered.text


def test_the_treasurer_closes_and_the_chair_agrees_on_their_pages(sign_in):
    treasurer, chair = sign_in(Role.TREASURER), sign_in(Role.CHAIR)
    page = treasurer.get(PAGE)
    assert page.status_code == 200
    assert page.text.count("task-done") == page.text.count("task-sign")

    assert treasurer.post(PAGE, data=key()).status_code == 303

    assert "Menunggu ketua" in treasurer.get(PAGE).text
    waiting = chair.get("/k/maju/persetujuan/").text
    id = waiting.split("/persetujuan/")[1].split('"')[0].split("?")[0]
    assert chair.post(f"/k/maju/persetujuan/{id}/setuju", data=key()).status_code == 303
    assert "Menunggu ketua" not in treasurer.get(PAGE).text
    assert treasurer.post(PAGE, data=key()).status_code == 303


def test_what_is_left_undone_needs_a_word(scope, coop, sign_in):
    with scope(coop):
        post(key="2", against=AccountRole.INSTALMENTS_HELD)
        db.session.commit()
    treasurer = sign_in(Role.TREASURER)

    assert "Rp45.000" in treasurer.get(PAGE).text
    refused = treasurer.post(PAGE, data=key())
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.text
    assert treasurer.post(PAGE, data=key(note="BRI tutup, disetor Senin")).status_code == 303
    assert "BRI tutup, disetor Senin" in treasurer.get(PAGE).text


def test_a_month_that_is_not_over_shows_its_list_but_cannot_be_closed(sign_in):
    treasurer, now = sign_in(Role.TREASURER), Period.current()
    page = f"/k/maju/buku/tutup/{now}"

    assert "task-sign" in treasurer.get(page).text
    assert treasurer.post(page, data=key(note="x")).status_code == 422


def test_a_supervisor_looks_but_neither_closes_nor_opens(sign_in):
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(PAGE).status_code == 200
    assert supervisor.post(PAGE, data=key()).status_code == 403
    assert supervisor.post(f"{PAGE}/buka", data=key()).status_code == 403


def test_the_chair_agrees_to_opening_and_so_does_not_ask_for_it(sign_in):
    assert sign_in(Role.CHAIR).post(f"{PAGE}/buka", data=key()).status_code == 403


def test_a_stranger_does_not_learn_that_it_exists(sign_in, other_coop):
    assert sign_in(Role.TREASURER, other_coop).get(PAGE).status_code == 404


def test_a_month_that_does_not_exist_is_not_found(sign_in):
    assert sign_in(Role.TREASURER).get("/k/maju/buku/tutup/2026-13").status_code == 404


def test_a_month_out_of_turn_names_the_one_before_it(scope, coop, sign_in):
    with scope(coop):
        post(date(2026, 4, 2), key="april")
        db.session.commit()

    treasurer = sign_in(Role.TREASURER)
    page = treasurer.get("/k/maju/buku/tutup/2026-04").text

    assert "Tutup buku Mar 2026 dulu." in page
    assert 'href="/k/maju/buku/tutup/2026-03"' in page
    assert 'name="note"' not in page
    answer = treasurer.post("/k/maju/buku/tutup/2026-04", data=key() | {"note": "coba"})
    assert "Tutup buku Mar 2026 dulu." in answer.text


def test_money_on_its_way_says_how_it_arrives(scope, coop, sign_in):
    with scope(coop):
        lines = [debit(AccountRole.CASH_IN_TRANSIT, 5_000), credit(AccountRole.CASH, 5_000)]
        ledger.post(on=date(2026, 3, 3), memo="kirim", source=Source("test", "kirim"), lines=lines)
        db.session.commit()

    page = sign_in(Role.TREASURER).get(PAGE).text

    assert "Kalau uangnya sudah sampai, catat di jurnal baru." in page
    assert 'href="/k/maju/buku/jurnal/baru"' in page


def test_the_chair_reads_what_is_agreed_to(sign_in):
    sign_in(Role.TREASURER).post(PAGE, data=key())
    chair = sign_in(Role.CHAIR)
    [id] = requests(chair)

    asked = chair.get(f"/k/maju/persetujuan/{id}").text

    assert "Tutup buku Maret 2026" in asked
    assert "Rp0" not in asked
    assert f'href="{PAGE}"' in asked
    assert "Keadaannya sekarang" in chair.get(PAGE).text


def test_the_month_keeps_every_request_about_it_in_sight(sign_in):
    treasurer, chair = sign_in(Role.TREASURER), sign_in(Role.CHAIR)
    treasurer.post(PAGE, data=key())
    [id] = requests(chair)
    chair.post(f"/k/maju/persetujuan/{id}/setuju", data=key())
    treasurer.post(f"{PAGE}/buka", data=key(reason="nota listrik baru ditemukan"))

    page = treasurer.get(PAGE).text

    assert "Yang diminta dan dijawab" in page
    assert page.count("nota listrik baru ditemukan") == 2
    assert f"/k/maju/persetujuan/{id}" in page


def test_what_the_chair_refused_waits_on_the_treasurers_first_page(sign_in):
    treasurer, chair = sign_in(Role.TREASURER), sign_in(Role.CHAIR)
    treasurer.post(PAGE, data=key())
    assert "Ketua tidak setuju" not in treasurer.get("/k/maju/").text

    [id] = requests(chair)
    chair.post(f"/k/maju/persetujuan/{id}/kembalikan", data=key(answer="Periksa bank dulu"))

    assert "Ketua tidak setuju dengan tutup buku" in treasurer.get("/k/maju/").text
    assert "Ketua tidak setuju dengan tutup buku" not in chair.get("/k/maju/").text


def test_there_is_no_month_before_the_founding(sign_in, scope, coop):
    with scope(coop):
        db.session.merge(coop).founded_on = date(2026, 2, 10)
        db.session.commit()
    treasurer = sign_in(Role.TREASURER)

    assert treasurer.get("/k/maju/buku/tutup/2026-02").status_code == 200
    assert treasurer.get("/k/maju/buku/tutup/2026-01").status_code == 404
    assert treasurer.post("/k/maju/buku/tutup/2026-01", data=key()).status_code == 404
