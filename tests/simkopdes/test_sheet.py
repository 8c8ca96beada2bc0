"""What a cooperative copies into SIMKOPDES, the ticks, and what has changed since."""

from uuid import uuid4

import pytest

from app.auth.permissions import Role
from app.core import clock
from app.core.period import Period
from app.dues import accrual
from app.simkopdes import sheet, ticks
from app.simkopdes.sheet import Field, Section
from tests.factories import make_member, make_rate, pay

HOME = "/k/maju/simkopdes/"
DONE = f"{HOME}sudah"


@pytest.fixture
def members(scope, coop):
    with scope(coop):
        make_rate()
        first = clock.today().replace(day=1)
        siti, _budi = make_member("Siti", first), make_member("Budi", first)
        accrual.accrue(Period.current())
        pay(siti, on=clock.today(), dues=15_000, principal=25_000)


@pytest.fixture
def values(scope, coop, members):
    with scope(coop):
        found = sheet.sections(clock.today())
        return {field.key: field.value for part in found for field in part.fields}


def sent(*entered):
    return {"key": str(uuid4()), "entered": list(entered)}


def test_fields_stand_in_the_order_of_simkopdes(scope, coop, members):
    with scope(coop):
        titles = [part.title for part in sheet.sections(clock.today())]

    assert titles == [
        "Profil koperasi",
        "Pengurus dan pengawas",
        "Keanggotaan",
        "Simpanan: tagihan",
        "Usaha",
        "Keuangan",
    ]


def test_each_bill_says_who_took_part(values):
    month = f"wajib.{Period.current()}"

    assert values[f"{month}.nominal"] == "15000"
    assert values[f"{month}.partisipasi"] == "1 dari 2"
    assert values["pokok.partisipasi"] == "1 dari 2"
    assert values["keuangan.aset"] == "40000"
    assert values["anggota.laki"] == "2"


def test_what_was_entered_is_noted_once_and_what_changed_is_told(scope, coop):
    def lines(value):
        (part,) = ticks.beside([Section("Keanggotaan", [Field("anggota.aktif", "Jumlah", value)])])
        return part.lines[0]

    with scope(coop):
        assert lines("28").waits
        assert ticks.tick({"anggota.aktif": "28"}) == 1
        assert ticks.tick({"anggota.aktif": "28"}) == 0
        assert not lines("28").waits
        assert lines("30").changed
        assert lines("30").entered.value == "28"
        ticks.tick({"anggota.aktif": "30"})
        assert not lines("30").waits


def test_another_cooperatives_ticks_are_not_seen(scope, coop, other_coop):
    with scope(coop):
        ticks.tick({"anggota.aktif": "28"})
        ticks.db.session.commit()
    with scope(other_coop):
        field = Field("anggota.aktif", "Jumlah", "28")
        assert ticks.beside([Section("Keanggotaan", [field])])[0].lines[0].entered is None


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.TREASURER, Role.CHAIR])
def test_the_board_ticks_what_it_typed(sign_in, members, role):
    officer = sign_in(role)
    assert "anggota.aktif=2" in officer.get(HOME).text

    response = officer.post(DONE, data=sent("anggota.aktif=2", "anggota.calon=0"))
    assert response.status_code == 303
    page = officer.get(HOME).text
    assert "2 isian dicatat" in page
    assert "anggota.aktif=2" not in page
    assert f"Petugas {role}" in page


def test_the_value_that_was_shown_counts_and_not_the_newer_one(sign_in, members):
    secretary = sign_in(Role.SECRETARY)
    secretary.post(DONE, data=sent("anggota.aktif=1"))

    assert "“1”" in secretary.get(HOME).text


@pytest.mark.parametrize("entered", [(), ("tidak.ada=1",), ("kosong",)])
def test_nothing_ticked_is_said_beside_the_list(sign_in, members, entered):
    response = sign_in(Role.SECRETARY).post(DONE, data=sent(*entered))

    assert response.status_code == 422
    assert "Centang" in response.text


def test_supervisors_read_and_do_not_tick(sign_in, members):
    supervisor = sign_in(Role.SUPERVISOR)

    assert "Jumlah anggota" in supervisor.get(HOME).text
    assert supervisor.post(DONE, data=sent("anggota.aktif=2")).status_code == 403
    assert sign_in(Role.CASHIER).get(HOME).status_code == 403


def test_the_list_is_fetched_for_excel(sign_in, members):
    secretary = sign_in(Role.SECRETARY)
    secretary.post(DONE, data=sent("anggota.aktif=2"))
    rows = secretary.get(f"{HOME}simkopdes.csv").data.decode("utf-8-sig").splitlines()

    assert rows[0] == "bagian;isian;nilai;diinput;oleh;nilai saat diinput"
    assert any(row.startswith("Keanggotaan;Jumlah anggota;2;") for row in rows)
    assert any(row.endswith("Petugas sekretaris;2") for row in rows)


def test_a_name_that_looks_like_a_formula_stays_text(scope, coop):
    with scope(coop):
        lines = [Field("a", "Nama", "=1+1"), Field("b", "Hasil", "-5000")]
        found = ticks.as_csv(ticks.beside([Section("Profil", lines)])).decode("utf-8-sig")

    assert "'=1+1" in found
    assert ";-5000;" in found


def test_a_cooperative_without_books_has_nothing_to_copy_yet(sign_in, scope, other_coop):
    with scope(other_coop):
        found = sheet.sections(clock.today())
        values = {field.key: field.value for part in found for field in part.fields}

    assert values["keuangan.aset"] == values["keuangan.kewajiban"] == ""
    assert values["keuangan.hasil"] == values["pokok.partisipasi"] == ""
    here = f"/k/{other_coop.slug}/simkopdes/"
    assert sign_in(Role.SECRETARY, other_coop).get(here).status_code == 200
