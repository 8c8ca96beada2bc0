"""The pages of documents and launches, for the cooperative and for the city."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook

from app.assessment import city_views as assessments
from app.auth.permissions import Role
from app.core import clock
from app.launch import board, city_views
from app.simkopdes import views as ministry
from app.supervision.checklist import ITEMS
from app.supervision.commands import supervision
from tests.cash.conftest import whole

HOME = "/k/maju/dokumen/"
NEW = f"{HOME}baru"
BOARD = "/kota/peluncuran/"
SECRET = "Kenari Rahasia"


def sent(**more):
    return {"key": str(uuid4())} | more


def filled(**more):
    usual = {
        "kind": "nib",
        "state": "ada",
        "number": "9120",
        "dated_on": "01-06-2025",
        "issuer": "OSS",
        "valid_until": "",
        "note": SECRET,
    }
    return sent(**(usual | more))


@pytest.fixture
def secretary(sign_in):
    return sign_in(Role.SECRETARY)


@pytest.fixture
def dinas(sign_in):
    return sign_in(Role.CITY_AGENCY, None)


def test_a_document_is_entered_with_its_file_and_corrected(secretary):
    assert "Belum ada dokumen" in secretary.get(HOME).text
    assert 'value="nib"' in secretary.get(f"{NEW}?jenis=nib").text
    form = filled(paper=(io.BytesIO(b"%PDF-1.7"), "nib.pdf"))
    response = secretary.post(NEW, data=form)
    assert response.status_code == 303
    assert secretary.post(NEW, data=filled() | {"key": form["key"]}).status_code != 500

    own = response.location
    assert "9120" in secretary.get(own).text
    assert secretary.get(f"{own}/berkas").mimetype == "application/pdf"
    assert "9120" in secretary.get(f"{own}/ubah").text
    assert secretary.post(f"{own}/ubah", data=filled(number="777")).status_code == 303
    assert "777" in secretary.get(HOME).text
    assert secretary.get(f"{own}/berkas").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"valid_until": "01-01-2025"}, "Berakhir sebelum"),
        ({"dated_on": "01-01-2099"}, "belum tiba"),
        ({"valid_until": "besok"}, "24-11-2026"),
        ({"kind": "ijazah"}, ""),
        ({"state": "kedaluwarsa"}, ""),
        ({"number": "9" * 81}, "80"),
        ({"paper": (io.BytesIO(b"MZ"), "nib.exe")}, "Kirim PDF"),
        ({"paper": (io.BytesIO(b"%PDF-" + b"x" * 10 * 1024 * 1024), "nib.pdf")}, "10 MB"),
    ],
)
def test_a_wrong_document_is_refused_beside_the_field(secretary, wrong, said):
    response = secretary.post(NEW, **whole(filled(**wrong)))

    assert response.status_code == 422
    assert said in response.text
    assert SECRET in response.text


def test_an_item_is_ticked_with_evidence(secretary):
    own = f"{HOME}siap/petugas"
    assert secretary.get(own).status_code == 200
    assert secretary.get(f"{HOME}siap/akta").status_code == 404
    empty = secretary.post(own, data=sent(note="", document="0"))
    assert (empty.status_code, "Tulis buktinya" in empty.text) == (422, True)

    assert secretary.post(own, data=sent(note="Dilatih dinas", document="0")).status_code == 303
    assert "Dilatih dinas" in secretary.get(own).text
    assert secretary.post(f"{own}/batal", data=sent()).status_code == 303
    assert "Dilatih dinas" not in secretary.get(own).text


def test_supervisors_read_documents_and_change_none(sign_in, secretary):
    own = secretary.post(NEW, data=filled()).location
    supervisor = sign_in(Role.SUPERVISOR)

    assert "9120" in supervisor.get(own).text
    assert supervisor.get(NEW).status_code == 403
    assert supervisor.post(f"{HOME}rencana", data=sent()).status_code == 403
    assert sign_in(Role.CASHIER).get(HOME).status_code == 403


def test_a_document_of_another_cooperative_is_not_found(sign_in, other_coop, secretary):
    own = secretary.post(NEW, data=filled()).location.replace("maju", "sejahtera")

    assert sign_in(Role.CHAIR, other_coop).get(own).status_code == 404


def test_days_planned_by_either_side_are_seen_by_both(secretary, dinas):
    days = sent(soft_on="01-12-2026", grand_on="", meeting_on="20-03-2026")
    assert secretary.post(f"{HOME}rencana", data=days).status_code == 303
    page = dinas.get(f"{BOARD}koperasi/maju").text
    assert "1 Des 2026" in page
    assert "20 Mar 2026" in page

    plan = sent(soft_on="02-12-2026", grand_on="12-07-2027")
    assert dinas.post(f"{BOARD}koperasi/maju", data=plan).status_code == 303
    page = secretary.get(HOME).text
    assert "12 Jul 2027" in page
    assert "20 Mar 2026" in page
    assert dinas.post(f"{BOARD}koperasi/maju", data=sent(soft_on="x")).status_code == 422
    assert secretary.post(f"{HOME}rencana", data=sent(soft_on="x")).status_code == 422


def test_the_board_shows_how_each_stands_and_no_paper(secretary, dinas, other_coop):
    until = clock.today() + timedelta(days=5)
    secretary.post(NEW, data=filled(valid_until=until.strftime("%d-%m-%Y")))
    later = (until + timedelta(days=1)).strftime("%d-%m-%Y")

    for address in (BOARD, f"{BOARD}serentak", f"{BOARD}koperasi/maju"):
        page = dinas.get(address)
        assert page.status_code == 200
        assert "Maju" in page.text
        assert "9120" not in page.text
        assert SECRET not in page.text
    assert dinas.get(BOARD).text.count("sign-ok") == 1
    assert dinas.get(f"{BOARD}?hari={later}").text.count("sign-bad") == 1
    assert "Sejahtera" not in dinas.get(f"{BOARD}?kecamatan=Pekalongan+Barat").text
    assert "/kota/peluncuran/koperasi/maju" in dinas.get("/kota/koperasi/maju").text


def test_the_board_is_fetched_for_excel(secretary, dinas):
    secretary.post(NEW, data=filled())
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(dinas.get(f"{BOARD}peluncuran.xlsx").data)
    ).get_sheet_by_index(0)
    rows = book.to_python()
    head = next(row for row in rows if "Kelurahan" in row)
    maju = next(row for row in rows if "Maju" in row)

    assert maju[next(i for i, cell in enumerate(head) if "NIB" in cell)] == "ada"
    assert SECRET not in str(rows)


@pytest.mark.parametrize("asked", ["hari=besok", "hari=31-02-2026", "kecamatan=Mars"])
def test_a_day_or_district_that_is_none_is_refused(dinas, asked):
    assert dinas.get(f"{BOARD}?{asked}").status_code == 422
    assert dinas.get(f"{BOARD}serentak?{asked}").status_code == 422
    assert dinas.get(f"{BOARD}peluncuran.xlsx?{asked}").status_code == 404


def test_a_cooperative_that_is_not_there_is_not_found(dinas):
    assert dinas.get(f"{BOARD}koperasi/tidak-ada").status_code == 404


def test_a_companion_reads_the_board_and_plans_nothing(sign_in, coop):
    companion = sign_in(Role.CITY_COMPANION, None)

    assert companion.get(BOARD).status_code == 200
    assert companion.post(f"{BOARD}koperasi/maju", data=sent()).status_code == 403


def test_the_checklist_is_reported_with_the_figures(app, coop):
    result = app.test_cli_runner().invoke(supervision, ["report", "--tenant", "maju"])

    assert result.exit_code == 0, result.output
    with app.app_context():
        assert len(board.places(slug="maju")[0].marks) == len(ITEMS)


def test_lists_of_a_province_come_a_page_at_a_time(dinas, monkeypatch):
    for views in (city_views, ministry, assessments):
        monkeypatch.setattr(views, "PAGE", 10)
    first, last = (dinas.get(f"{BOARD}?hal={page}").text for page in (1, 3))

    assert first.count("/kota/peluncuran/koperasi/") == 10
    assert "hal=2" in first
    assert 'rel="prev"' in last
    assert dinas.get(f"{BOARD}?hal=99").status_code == 200
    assert dinas.get("/kota/kesehatan/?hal=2").status_code == 200
    assert dinas.get("/kota/simkopdes/?hal=2").status_code == 200
