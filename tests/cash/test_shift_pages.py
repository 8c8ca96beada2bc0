"""The pages of a shift: opening, counting, and what others see of it."""

import io

import pytest
from flask import g
from pypdf import PdfReader

from app.auth.permissions import Role
from app.cash import shifts, tills
from app.core import clock
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from tests.cash.conftest import sent
from tests.factories import make_member, pay

PAGE = "/k/maju/kas/giliran/"
TODAY = clock.today()


@pytest.fixture
def cashier(sign_in):
    return sign_in(Role.CASHIER, name="kasir")


@pytest.fixture
def opened(cashier, scope, coop):
    """The shift that the cashier has opened on the page."""
    with scope(coop):
        main = tills.main_till().id
    assert cashier.post(PAGE + "buka", data=sent(till=main, count="0")).status_code == 303
    with scope(coop):
        return shifts.latest()[0].shift.id


def take_in(amount, scope, coop):
    with scope(coop):
        pay(make_member("Siti"), on=TODAY, voluntary=amount)


def test_a_shift_is_opened_once_however_often_it_is_sent(cashier, scope, coop):
    with scope(coop):
        form = sent(till=tills.main_till().id, count="0")
    assert cashier.get(PAGE + "buka").status_code == 200
    for _ in range(2):
        assert cashier.post(PAGE + "buka", data=form).status_code == 303

    with scope(coop):
        assert len(shifts.latest()) == 1


@pytest.mark.parametrize("count", ["", "-1", "banyak", "10.000,50"])
def test_a_first_count_that_cannot_be_is_refused(cashier, scope, coop, count):
    with scope(coop):
        main = tills.main_till().id
    response = cashier.post(PAGE + "buka", data=sent(till=main, count=count))

    assert response.status_code == 422
    assert 'id="count-wrong"' in response.text


def test_a_first_count_that_differs_is_explained_beside_the_field(cashier, scope, coop):
    with scope(coop):
        main = tills.main_till().id
    response = cashier.post(PAGE + "buka", data=sent(till=main, count="5000"))
    assert response.status_code == 422
    assert 'id="note-wrong"' in response.text

    form = sent(till=main, count="5000", note="modal kembalian")
    assert cashier.post(PAGE + "buka", data=form).status_code == 303


def test_a_drawer_that_is_taken_is_said_beside_the_field(sign_in, opened, scope, coop):
    with scope(coop):
        main = tills.main_till().id
    response = sign_in(Role.MANAGER).post(PAGE + "buka", data=sent(till=main, count="0"))

    assert response.status_code == 422
    assert 'id="till-wrong"' in response.text


def test_the_cashier_counts_and_closes(cashier, opened, scope, coop):
    take_in(45_000, scope, coop)
    page = cashier.get(f"{PAGE}{opened}/tutup").text
    assert "Rp100.000" in page
    assert "Rp45.000" not in page  # what should be there is shown after the count

    response = cashier.post(f"{PAGE}{opened}/tutup", data=sent(n20000="2", n5000="1"))

    assert response.status_code == 303
    assert "Rp45.000" in cashier.get(response.location).text
    assert cashier.get(f"{PAGE}{opened}/tutup").status_code == 200


def test_minus_one_note_is_refused_beside_the_field(cashier, opened):
    response = cashier.post(f"{PAGE}{opened}/tutup", data=sent(n20000="-1", n5000="x", n100="1e9"))

    assert response.status_code == 422
    for field in ("n20000", "n5000", "n100"):
        assert f'id="{field}-wrong"' in response.text
    assert 'value="-1"' in response.text


def test_a_difference_is_shown_and_wants_a_word(cashier, opened, scope, coop):
    take_in(45_000, scope, coop)
    response = cashier.post(f"{PAGE}{opened}/tutup", data=sent(n20000="2"))
    assert response.status_code == 422
    assert 'id="note-wrong"' in response.text
    assert "Rp5.000" in response.text

    form = sent(n20000="2", note="salah kembalian")
    for _ in range(2):
        assert cashier.post(f"{PAGE}{opened}/tutup", data=form).status_code == 303
    with scope(coop):
        assert ledger.total(AccountRole.CASH_SHORT) == 5_000


def test_in_a_closed_month_nothing_is_counted(cashier, opened, scope, coop, monkeypatch):
    take_in(45_000, scope, coop)
    with scope(coop):
        db.session.execute(
            db.text(
                "INSERT INTO months (tenant_id, period, closed_at)"
                " VALUES (:tenant, date_trunc('month', CAST(:today AS date)), now())"
                " ON CONFLICT (tenant_id, period) DO UPDATE SET closed_at = now()"
            ),
            {"tenant": g.tenant.id, "today": TODAY},
        )
        db.session.commit()
    response = cashier.post(f"{PAGE}{opened}/tutup", data=sent(n20000="2", note="kurang"))

    assert response.status_code == 422
    with scope(coop):
        assert shifts.find(opened).shift.closed_at is None


def test_another_officer_asks_to_close_and_the_chair_approves(sign_in, opened, scope, coop):
    manager, chair = sign_in(Role.MANAGER), sign_in(Role.CHAIR)
    assert manager.get(f"{PAGE}{opened}/tutup").status_code == 200
    response = manager.post(f"{PAGE}{opened}/tutup", data=sent(n1000="2", note="kasir pulang"))
    assert "/persetujuan/" in response.location
    with scope(coop):
        assert shifts.find(opened).shift.closed_at is None

    assert chair.post(f"{response.location}/setuju", data=sent()).status_code == 303

    with scope(coop):
        assert shifts.find(opened).shift.closed_at is not None
        assert ledger.total(AccountRole.CASH_OVER) == 2_000


@pytest.mark.parametrize(("size", "width"), [("", 420), ("58", 164)])
def test_the_report_is_printed(cashier, opened, scope, coop, size, width):
    take_in(45_000, scope, coop)
    cashier.post(f"{PAGE}{opened}/tutup", data=sent(n20000="2", note="salah *kembalian*"))
    response = cashier.get(f"{PAGE}{opened}/laporan.pdf?ukuran={size}")
    page = PdfReader(io.BytesIO(response.data)).pages[0]

    assert round(float(page.mediabox.width)) == width
    assert "Rp45.000" in page.extract_text()
    assert "-Rp5.000" in page.extract_text()
    assert "salah *kembalian*" in page.extract_text()


@pytest.mark.parametrize("size", ["", "58"])
def test_paper_tells_what_should_be_there_only_after_the_count(cashier, opened, scope, coop, size):
    take_in(45_000, scope, coop)
    address = f"{PAGE}{opened}/laporan.pdf?ukuran={size}"

    def printed():
        page = PdfReader(io.BytesIO(cashier.get(address).data)).pages[0]
        return page.extract_text()

    assert "Seharusnya ada" not in printed()
    cashier.post(f"{PAGE}{opened}/tutup", data=sent(n5000="9"))
    assert "Seharusnya ada" in printed()


def test_a_cashier_counts_blind_and_the_treasurer_looks(cashier, sign_in, opened, scope, coop):
    take_in(45_000, scope, coop)
    with scope(coop):
        book = f"/k/maju/kas/buku/{tills.main_till().id}"
    treasurer = sign_in(Role.TREASURER)

    assert "Rp45.000" in treasurer.get("/k/maju/kas/").text
    assert "Rp45.000" not in cashier.get("/k/maju/kas/").text
    for page in (book, f"{book}.pdf", f"{book}.xlsx"):
        assert treasurer.get(page, follow_redirects=True).status_code == 200
        refused = cashier.get(page, follow_redirects=True)
        assert refused.status_code == 422
        assert "Hitung isi laci dulu" in refused.text

    cashier.post(f"{PAGE}{opened}/tutup", data=sent(n5000="9"))
    assert "Rp45.000" in cashier.get("/k/maju/kas/").text
    assert cashier.get(book).status_code == 200


def test_a_cashier_without_a_shift_is_reminded(cashier, sign_in, scope, coop):
    address = "/k/maju/kas/giliran/buka"
    assert address in cashier.get("/k/maju/terima/").text
    assert address not in sign_in(Role.TREASURER).get("/k/maju/terima/").text

    with scope(coop):
        main = tills.main_till().id
    cashier.post(PAGE + "buka", data=sent(till=main, count="0"))
    assert address not in cashier.get("/k/maju/terima/").text


def test_an_address_kept_from_before_leads_to_the_shift(cashier, opened):
    moved = cashier.get(f"/k/maju/kas/sif/{opened}/laporan.pdf?ukuran=58")

    assert moved.status_code == 301
    assert moved.location == f"{PAGE}{opened}/laporan.pdf?ukuran=58"
    assert cashier.get("/k/maju/kas/sif/").location == PAGE


def test_supervisors_look_and_do_not_count(sign_in, opened):
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(PAGE).status_code == 200
    assert supervisor.get(f"{PAGE}{opened}").status_code == 200
    assert supervisor.get(f"{PAGE}{opened}/tutup").status_code == 403
    assert supervisor.post(PAGE + "buka", data=sent()).status_code == 403


def test_a_shift_of_another_cooperative_is_not_found(sign_in, other_coop, opened):
    stranger = sign_in(Role.TREASURER, other_coop)

    assert stranger.get(f"{PAGE}{opened}").status_code == 404
    for page in ("", "/tutup", "/laporan.pdf"):
        assert stranger.get(f"/k/sejahtera/kas/giliran/{opened}{page}").status_code == 404


def test_the_shifts_are_listed_with_their_differences(cashier, opened):
    assert "kasir" in cashier.get(PAGE).text
    cashier.post(f"{PAGE}{opened}/tutup", data=sent(n500="1", note="receh"))

    assert "Rp500" in cashier.get(PAGE).text


def test_who_looks_at_a_shift_sees_that_its_count_waits(sign_in, opened, cashier):
    manager = sign_in(Role.MANAGER)
    assert "Hitung dan tutup untuk kasir" in manager.get(f"{PAGE}{opened}").text
    form = sent(n1000="2", note="kasir pulang")
    request = manager.post(f"{PAGE}{opened}/tutup", data=form).location

    page = cashier.get(f"{PAGE}{opened}").text
    assert "kasir pulang" in page
    assert f"{opened}/tutup" not in page
    assert f"{PAGE}{opened}" in sign_in(Role.CHAIR).get(request).text

    refusal = sent(answer="tunggu kasir")
    assert sign_in(Role.TREASURER).post(f"{request}/kembalikan", data=refusal).status_code == 303
    page = cashier.get(f"{PAGE}{opened}").text
    assert "tunggu kasir" in page
    assert f"{opened}/tutup" in page


def test_a_difference_leads_to_its_journal(cashier, sign_in, opened):
    cashier.post(f"{PAGE}{opened}/tutup", data=sent(n500="1", note="receh"))
    journal = f"/buku/jurnal/JU/{TODAY.year}/1"

    assert journal in sign_in(Role.TREASURER).get(f"{PAGE}{opened}").text
    assert journal not in cashier.get(f"{PAGE}{opened}").text
