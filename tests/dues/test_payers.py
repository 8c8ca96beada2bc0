"""A programme that pays dues for members: named on receipts, with a statement of its own."""

import io
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from pypdf import PdfReader

from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.dues import accrual, collection, payers
from app.dues.collection import Given, Round
from app.dues.payers import Contact
from app.dues.payments import Method
from app.dues.standing import standing
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members import services as members
from app.privacy import record
from tests.factories import make_member

PAGE = "/k/maju/tagihan/pembayar/"
SHEET = "/k/maju/tagihan/lembar/isi"
DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def neighbours(scope, coop, monkeypatch):
    """Siti (1) and Budi (2) owe three months each; Baznas is known."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 3, tzinfo=UTC))
    with scope(coop):
        for name in ("Siti", "Budi"):
            make_member(name, joined_on=Period(2026, 9).first_day, rt="003", rw="002")
        accrual.accrue(Period.current())
        payers.enter(Contact("Baznas", contact="Pak Hadi", phone="+62812345678"))
        db.session.commit()


@pytest.fixture
def treasurer(sign_in):
    return sign_in(Role.TREASURER)


def baznas():
    [(payer, _count, _last)] = payers.everybody()
    return payer


def pay_for(*given, on=DAY):
    walk = Round(on, uuid4(), Method.TRANSFER, payer=baznas())
    saved = collection.record([Given(members.find(n), amount) for n, amount in given], walk)
    db.session.commit()
    return saved


def form(**fields):
    return {"key": str(uuid4()), "method": "transfer", "on": f"{DAY:%d-%m-%Y}", **fields}


def contact(**fields):
    return {
        "key": str(uuid4()),
        "name": "CSR Batik",
        "contact": "",
        "phone": "",
        "note": "",
    } | fields


def test_what_a_payer_gives_settles_the_months_of_the_members(scope, coop):
    with scope(coop):
        pay_for((1, 45_000), (2, 15_000))

        assert [standing(members.find(n)).owed for n in (1, 2)] == [0, 30_000]
        assert ledger.total(AccountRole.BANK_BRI) == 60_000
        [(payer, count, last)] = payers.everybody()
        assert (payer.name, count, last) == ("Baznas", 2, DAY)


def test_the_statement_says_what_for_whom_and_when(scope, coop):
    with scope(coop):
        pay_for((1, 30_000), on=date(2026, 10, 5))
        pay_for((1, 15_000), (2, 15_000))

        whole = payers.statement(baznas(), date(2026, 1, 1), DAY)
        november = payers.statement(baznas(), date(2026, 11, 1), DAY)

        assert [(line.on, line.member.name, line.what, line.amount) for line in whole.lines] == [
            (date(2026, 10, 5), "Siti", "Simpanan wajib Sep, Okt 2026", 30_000),
            (DAY, "Siti", "Simpanan wajib Nov 2026", 15_000),
            (DAY, "Budi", "Simpanan wajib Sep 2026", 15_000),
        ]
        assert (whole.total, whole.members) == (60_000, 2)
        assert november.total == 30_000


def test_a_payment_taken_back_is_shown_and_not_counted(scope, coop):
    with scope(coop):
        saved = pay_for((1, 30_000), (2, 15_000))
        [first, _second] = payers.statement(baznas(), DAY, DAY).lines
        journal = ledger.find_journal(first.proof.kind, first.proof.year, first.proof.number)
        ledger.reverse(journal, reason="salah", on=DAY)

        statement = payers.statement(baznas(), DAY, DAY)

        assert [line.proof.is_void for line in statement.lines] == [True, False]
        assert (statement.total, statement.members) == (15_000, 1)
        assert len(collection.payments_of(saved)) == 2


def test_two_payers_of_one_name_are_refused(scope, coop):
    with scope(coop), pytest.raises(DomainError):
        payers.enter(Contact("BAZNAS"))


def test_what_is_kept_about_a_member_says_who_paid(scope, coop):
    with scope(coop):
        pay_for((1, 30_000))

        assert record.everything(members.find(1))["paid_by_others"] == [
            {"on": "2026-11-24", "by": "Baznas", "amount": 30_000}
        ]


def test_a_payer_pays_for_many_on_one_sheet_and_is_named_everywhere(treasurer, scope, coop):
    with scope(coop):
        number = baznas().id
    page = treasurer.get(f"{SHEET}?tempat=rt:003/002&pembayar={number}").text
    assert "Baznas" in page
    assert f'name="pembayar" value="{number}"' in page

    sent = form(tempat="rt:003/002", pembayar=str(number), bayar_1="45000", bayar_2="15000")
    response = treasurer.post(SHEET, data=sent)
    assert response.status_code == 303
    assert "Baznas" in treasurer.get(response.location).text
    assert "Baznas" in treasurer.get("/k/maju/bukti/BKM/2026/1").text
    assert "oleh Baznas" in treasurer.get("/k/maju/anggota/1/").text
    again = treasurer.post(SHEET, data=sent)
    assert again.location == response.location


@pytest.mark.parametrize("file", ["kuitansi.pdf", "struk.pdf"])
def test_the_paper_receipt_names_the_payer_and_the_member(treasurer, scope, coop, file):
    with scope(coop):
        pay_for((1, 45_000))
    pdf = treasurer.get(f"/k/maju/bukti/BKM/2026/1/{file}").data
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()

    assert "Baznas" in text
    assert "Siti" in text


def test_the_statement_is_shown_and_printed(treasurer, scope, coop):
    with scope(coop):
        pay_for((1, 45_000))
        number = baznas().id
    page = treasurer.get(f"{PAGE}{number}/").text
    pdf = treasurer.get(f"{PAGE}{number}/rekap.pdf?dari=01-01-2026").data
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()

    assert "Siti" in page
    assert "Rp45.000" in page
    for word in ("Baznas", "Siti", "45.000", "empat puluh lima ribu rupiah"):
        assert word in text


def test_days_the_wrong_way_round_are_told(treasurer, scope, coop):
    with scope(coop):
        number = baznas().id
    query = "?dari=24-11-2026&sampai=01-11-2026"

    assert treasurer.get(f"{PAGE}{number}/{query}").status_code == 422
    assert treasurer.get(f"{PAGE}{number}/rekap.pdf{query}").status_code == 404


def test_a_payer_is_added_and_changed(treasurer, scope, coop):
    sent = contact(phone="0812 3456 789")
    response = treasurer.post(f"{PAGE}baru", data=sent)
    assert response.status_code == 303
    assert treasurer.post(f"{PAGE}baru", data=sent).location == response.location

    edit = response.location.rstrip("/") + "/ubah"
    assert "CSR Batik" in treasurer.get(edit).text
    assert treasurer.post(edit, data=contact(name="CSR Batik Jlamprang")).status_code == 303
    assert "CSR Batik Jlamprang" in treasurer.get(PAGE).text


@pytest.mark.parametrize("change", [{"name": ""}, {"name": "baznas"}, {"phone": "12"}])
def test_a_payer_that_cannot_be_is_refused_and_what_was_typed_stays(treasurer, change):
    response = treasurer.post(f"{PAGE}baru", data=contact(note="kata Pak Lurah") | change)

    assert response.status_code == 422
    assert "kata Pak Lurah" in response.text


def test_an_empty_list_says_what_a_payer_is(sign_in, other_coop):
    page = sign_in(Role.TREASURER, other_coop, name="Lain").get("/k/sejahtera/tagihan/pembayar/")

    assert "/k/sejahtera/tagihan/pembayar/baru" in page.text


def test_a_payer_nobody_knows_is_not_found(treasurer):
    assert treasurer.get(f"{PAGE}999/").status_code == 404
    assert treasurer.get(f"{SHEET}?pembayar=999").status_code == 404
    assert treasurer.get(f"{SHEET}?pembayar=x").status_code == 404


def test_supervisors_read_statements_and_pay_for_nobody(sign_in, scope, coop):
    with scope(coop):
        number = baznas().id
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(f"{PAGE}{number}/").status_code == 200
    assert supervisor.post(f"{PAGE}baru", data=contact()).status_code == 403
