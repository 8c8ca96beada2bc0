import io
from datetime import timedelta
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook

from app.auth.permissions import Role
from app.extensions import db
from app.jobs import services as jobs
from app.members import services
from app.members.models import MemberImport
from tasks.members import forget_old_lists

WHERE = "/k/maju/anggota/impor/"
LIST = b"Nama;NIK;Pokok\nRatna;3375046809719001;25000\nTeguh;337502020792900;\n"
GOOD = b"Nama;NIK\nRatna;3375046809719001\n"
ODD = b"Siapa;Nomor\nRatna;3375046809719001\nTeguh;3375020207929002\n"


def sent(**fields):
    return {"key": str(uuid4()), **fields}


def upload(client, content=LIST, name="anggota.csv", **fields):
    data = sent(file=(io.BytesIO(content), name), **fields)
    return client.post(WHERE, data=data, content_type="multipart/form-data")


def enter(client, where, mode="good_rows"):
    return client.post(where + "masukkan", data=sent(mode=mode))


@pytest.fixture
def secretary(sign_in):
    return sign_in(Role.SECRETARY)


@pytest.fixture
def where(secretary):
    """The page of a list of two people, of whom one is wrong."""
    return upload(secretary).location


def test_a_list_is_examined_before_anything_is_recorded(secretary, where, scope, coop):
    page = secretary.get(where).text

    assert "Teguh" in page
    assert "15" in page
    assert "Rp25.000" in page
    assert "3375046809719001" not in page
    assert "Ratna" in secretary.get(where + "?baris=baik").text
    assert "anggota.csv" in secretary.get(WHERE).text
    with scope(coop):
        assert services.find(1) is None


def test_a_list_sent_twice_by_an_impatient_finger_is_kept_once(secretary):
    key = str(uuid4())

    assert upload(secretary, key=key).location == upload(secretary, key=key).location


def test_the_good_rows_are_entered_once_and_the_result_stays(secretary, where, scope, coop):
    data = sent(mode="good_rows")
    for _ in range(2):
        assert secretary.post(where + "masukkan", data=data).location == where
    page = secretary.get(where).text

    assert "Petugas sekretaris" in page
    assert "Teguh" in page
    assert "Rp25.000" in page
    with scope(coop):
        assert services.find(1).name == "Ratna"
        assert services.find(2) is None


def test_the_rows_left_out_come_back_in_their_own_form_with_the_reason(secretary, where):
    for _ in range(2):  # before and after the good ones are entered
        file = secretary.get(where + "belum-masuk.xlsx")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(file.data)).get_sheet_by_index(0)
        header, teguh = sheet.to_python()

        assert header[:3] == ["Nama", "NIK", "Pokok"]
        assert teguh[:2] == ["Teguh", "337502020792900"]
        assert "15" in teguh[3]
        enter(secretary, where)


def test_where_nothing_was_left_out_there_is_no_file(secretary):
    where = upload(secretary, GOOD).location

    assert secretary.get(where + "belum-masuk.xlsx").status_code == 404


def test_all_or_nothing_is_refused_while_a_row_is_wrong(secretary, where, scope, coop):
    assert enter(secretary, where, "all").status_code == 422
    assert enter(secretary, where, "some").status_code == 422
    with scope(coop):
        assert services.find(1) is None


def test_all_or_nothing_enters_a_list_without_a_fault(secretary, scope, coop):
    enter(secretary, upload(secretary, GOOD).location, "all")

    with scope(coop):
        assert services.find(1).name == "Ratna"


def test_the_same_file_twice_adds_nobody_and_says_so(secretary, scope, coop):
    enter(secretary, upload(secretary, GOOD).location)
    again = upload(secretary, GOOD).location
    page = secretary.get(again).text

    assert "A0001" in page
    assert "notice-warn" in page
    assert enter(secretary, again).status_code == 422
    with scope(coop):
        assert services.find(2) is None


def test_columns_are_corrected_by_hand(secretary, scope, coop):
    where = upload(secretary, ODD).location
    assert "column_1" in secretary.get(where).text
    wrong = secretary.post(where + "kolom", data=sent(header="0", column_0="nik"))
    twice = secretary.post(where + "kolom", data=sent(header="0", column_0="nik", column_1="nik"))
    data = sent(header="0", column_0="name", column_1="nik")
    fine = secretary.post(where + "kolom", data=data)

    assert (wrong.status_code, twice.status_code, fine.location) == (422, 422, where)
    assert "Teguh" in secretary.get(where).text
    enter(secretary, where)
    with scope(coop):
        assert services.find(2).name == "Teguh"


def test_a_list_without_headers_begins_at_once(secretary):
    where = upload(secretary, b"Ratna;3375046809719001\nTeguh;3375020207929002\n").location
    secretary.post(where + "kolom", data=sent(header="-1", column_0="name", column_1="nik"))

    assert "Ratna" in secretary.get(where).text


def test_without_a_column_for_the_name_nothing_can_be_entered(secretary):
    assert enter(secretary, upload(secretary, ODD).location).status_code == 422


@pytest.mark.parametrize("header", ["77", "abc", "-2", "1e3", ""])
def test_a_row_of_headers_that_does_not_exist_is_said(secretary, where, header):
    data = sent(header=header, column_0="name", column_1="nik")

    assert secretary.post(where + "kolom", data=data).status_code == 422


def test_savings_in_several_columns_are_added_up_and_nothing_else_is(secretary):
    content = b"Nama;NIK;A;B;C\nRatna;3375046809719001;15000;15000;x\n"
    where = upload(secretary, content).location
    names = {"column_0": "name", "column_1": "nik", "column_2": "mandatory"}
    fine = secretary.post(where + "kolom", data=sent(header="0", column_3="mandatory", **names))
    wrong = secretary.post(where + "kolom", data=sent(header="0", column_4="name", **names))

    assert "Rp30.000" in secretary.get(fine.location).text
    assert wrong.status_code == 422


def test_an_entered_list_is_not_examined_again(secretary, where):
    enter(secretary, where)
    data = sent(header="0", column_0="name", column_1="nik")
    answer = secretary.post(
        where + "kolom", data=data, headers={"Referer": "http://localhost" + where}
    )

    assert answer.location.endswith(where)
    assert enter(secretary, where).status_code == 422


def test_a_long_verdict_comes_a_page_at_a_time(secretary):
    rows = b"".join(b"Orang %03d;1\n" % number for number in range(60))
    where = upload(secretary, b"Nama;NIK\n" + rows).location

    assert '"row-title">Orang 024' in secretary.get(where).text
    assert '"row-title">Orang 025' not in secretary.get(where).text
    second = secretary.get(where + "?hal=2").text
    assert '"row-title">Orang 025' in second
    assert "hal=3" in second
    assert 'rel="prev"' in second
    assert '"row-title">Orang 059' in secretary.get(where + "?hal=99").text


def test_while_a_worker_enters_the_list_the_page_shows_how_far_it_is(
    secretary, where, monkeypatch, scope, coop
):
    monkeypatch.setattr("app.members.import_views.work.delay", lambda _id: None)
    enter(secretary, where)
    with scope(coop):
        kept = db.session.query(MemberImport).one()
        jobs.beat(kept.job_id, done=0, total=1)
        job_id = kept.job_id
        db.session.commit()

    page = secretary.get(where).text
    assert "<progress" in page
    assert "data-hx-get" in page
    assert enter(secretary, where).status_code == 422
    with scope(coop):
        jobs.fail(job_id, "lost")
        db.session.commit()
    assert "notice-bad" in secretary.get(where).text
    monkeypatch.undo()
    enter(secretary, where)
    with scope(coop):
        assert services.find(1).name == "Ratna"


@pytest.mark.parametrize(("seconds", "told"), [(0, False), (60, True)])
def test_a_lost_worker_is_told_while_the_list_waits_to_be_begun_again(
    secretary, where, monkeypatch, scope, coop, seconds, told
):
    monkeypatch.setattr("app.members.import_views.work.delay", lambda _id: None)
    enter(secretary, where)
    with scope(coop):
        job = jobs.claim(db.session.query(MemberImport).one().job_id)
        job.heartbeat_at -= timedelta(seconds=seconds)
        db.session.commit()

    assert ("terputus di tengah jalan" in secretary.get(where).text) is told


def test_old_lists_are_forgotten_at_night(secretary, where, scope, coop, monkeypatch):
    monkeypatch.setattr("app.members.imports.days_kept", lambda: -1)

    assert forget_old_lists() == 1
    assert secretary.get(where).status_code == 404


@pytest.mark.parametrize("name", ["anggota.xlsx", "anggota.pdf", "anggota.csv", "anggota"])
def test_a_file_that_is_no_list_is_said_beside_the_field(secretary, name):
    response = upload(secretary, b"%PDF-1.7", name)

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text


def test_no_file_at_all_is_said_beside_the_field(secretary):
    assert secretary.post(WHERE, data=sent()).status_code == 422


def test_a_list_of_another_cooperative_does_not_exist(secretary, where, sign_in, other_coop):
    address = where.replace("maju", "sejahtera")

    assert sign_in(Role.SECRETARY, other_coop, "Orang lain").get(address).status_code == 404
    assert secretary.get(WHERE + "9999999999999/").status_code == 404


def test_a_cashier_takes_over_no_lists(sign_in, where):
    cashier = sign_in(Role.CASHIER)

    assert cashier.get(WHERE).status_code == 403
    assert enter(cashier, where).status_code == 403
