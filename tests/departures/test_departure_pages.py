"""The pages on which somebody leaves and is paid out."""

import io
from datetime import date
from uuid import uuid4

import pytest
from pypdf import PdfReader

from app.auth.permissions import Role
from app.cash import tills, transfers
from app.cash.models import TillKind
from app.cash.transfers import Transfer
from app.core import clock
from app.departures import services
from app.departures.models import DepartureKind
from app.extensions import db
from app.ledger import services as ledger
from app.ledger import verify
from app.ledger.models import AccountRole
from app.members import services as members
from tests.departures.conftest import ADDRESS, depart, sent
from tests.factories import make_candidate


def test_a_refund_comes_out_of_the_till_one_chooses(sign_in, scope, coop, g4):
    treasurer = sign_in(Role.TREASURER)
    with scope(coop):
        depart()
        bank = tills.tills(TillKind.BANK)[0]
        transfers.move(
            Transfer(tills.main_till(), bank, 220_000, 0, ""), on=clock.today(), key=uuid4()
        )
        db.session.commit()
        bank_id = bank.id

    short = treasurer.post(f"{ADDRESS}1/bayar", data=sent(on="25-03-2026"))
    paid = treasurer.post(f"{ADDRESS}1/bayar", data=sent(on="25-03-2026", till=bank_id))

    assert short.status_code == 422
    assert 'id="till-wrong"' in short.text
    assert paid.status_code == 303
    with scope(coop):
        assert ledger.total(AccountRole.CASH) == 15_000
        assert ledger.total(AccountRole.BANK_BRI) == 220_000 - 205_715


def test_a_refund_that_was_cancelled_is_owed_again_and_paid_once_more(sign_in, scope, coop, g4):
    treasurer, chair = sign_in(Role.TREASURER), sign_in(Role.CHAIR)
    with scope(coop):
        depart()
        cash = ledger.total(AccountRole.CASH)
    receipt = treasurer.post(f"{ADDRESS}1/bayar", data=sent(on="25-03-2026")).location
    treasurer.post(f"{receipt}/batal", data=sent(reason="salah orang"))
    waiting = chair.get("/k/maju/persetujuan/").text
    number = waiting.split("/persetujuan/")[1].split('"')[0]
    assert chair.post(f"/k/maju/persetujuan/{number}/setuju", data=sent()).status_code == 303

    with scope(coop):
        assert services.find(members.find(1)).refunded is None
        assert ledger.total(AccountRole.CASH) == cash
        assert len(services.unpaid()) == 1
    again = treasurer.post(f"{ADDRESS}1/bayar", data=sent(on="25-03-2026"))

    assert again.status_code == 303
    assert again.location != receipt
    with scope(coop):
        assert ledger.total(AccountRole.CASH) == cash - 205_715
        assert services.unpaid() == []
        assert verify.differences() == []


def test_the_treasurer_notes_a_leaving_and_pays_out(sign_in, scope, coop, g4):
    treasurer = sign_in(Role.TREASURER)
    assert "Rp205.715" in treasurer.get(f"{ADDRESS}1").text

    left = treasurer.post(
        f"{ADDRESS}1",
        data=sent(kind="mengundurkan_diri", on="20-03-2026", reason="Pindah kerja", letter=""),
    )
    assert left.status_code == 303
    assert "Siti" in treasurer.get(ADDRESS).text
    paid = treasurer.post(f"{ADDRESS}1/bayar", data=sent(on="25-03-2026"))

    assert paid.status_code == 303
    assert "/bukti/BKK/2026/" in paid.location
    with scope(coop):
        assert services.find(members.find(1)).refunded == 205_715


def test_the_paper_carries_the_sum_and_never_the_whole_nik(sign_in, scope, coop, g4):
    with scope(coop):
        nik = depart().nik
    response = sign_in(Role.SECRETARY).get(f"{ADDRESS}1/surat.pdf")
    text = PdfReader(io.BytesIO(response.data)).pages[0].extract_text()

    assert "205.715" in text
    assert "dua ratus lima ribu" in text
    assert nik not in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on": "20-03-2027"}, "belum tiba"),
        ({"on": "01-01-2020"}, "sebelum"),
        ({"reason": ""}, "diisi"),
        ({"kind": "diberhentikan"}, "berita acara"),
    ],
)
def test_a_leaving_that_cannot_be_is_refused_beside_the_field(sign_in, g4, typed, said):
    data = sent(kind="pindah", on="20-03-2026", reason="Pindah", letter="") | typed
    response = sign_in(Role.SECRETARY).post(f"{ADDRESS}1", data=data)

    assert response.status_code == 422
    assert said in response.text


def test_the_secretary_does_not_pay_out_and_the_cashier_lets_nobody_go(sign_in, g4):
    assert sign_in(Role.SECRETARY).post(f"{ADDRESS}1/bayar", data=sent()).status_code == 403
    assert sign_in(Role.CASHIER).post(f"{ADDRESS}1", data=sent()).status_code == 403


def test_a_stranger_finds_nobody_who_left(sign_in, other_coop, g4):
    assert sign_in(Role.TREASURER, other_coop).get(f"{ADDRESS}1").status_code == 404


def test_an_heir_without_papers_is_refused_beside_the_fields(sign_in, scope, coop, g4):
    with scope(coop):
        depart(DepartureKind.DEATH)
    data = sent(on="25-03-2026")

    page = sign_in(Role.TREASURER).post(f"{ADDRESS}1/bayar", data=data)

    assert page.status_code == 422
    assert "Isi nama ahli waris yang menerima." in page.text
    assert "Isi nomor dan tanggal surat keterangan ahli waris." in page.text


def test_who_lets_go_reads_who_pays(sign_in, scope, coop, g4):
    with scope(coop):
        depart()

    assert "Bendahara yang membayarkan" in sign_in(Role.SECRETARY).get(f"{ADDRESS}1").text


def test_who_has_nothing_is_owed_nothing(sign_in, scope, coop):
    with scope(coop):
        make_candidate("Budi", date(2026, 3, 1))
        depart()
    treasurer = sign_in(Role.TREASURER)

    page = treasurer.get(f"{ADDRESS}1").text
    answer = treasurer.post(f"{ADDRESS}1/bayar", data=sent(on="25-03-2026"))

    assert "Tidak ada yang harus dikembalikan." in page
    assert "Bayarkan" not in page
    assert answer.status_code == 422
    assert "Budi" not in treasurer.get(ADDRESS).text
