"""The public page, the open data, and the choice of each cooperative what stands there."""

import csv
import io
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from app.auth.permissions import Role
from app.core import clock
from app.core.period import Period
from app.dues import accrual
from app.extensions import db
from app.open import lines, services
from app.open.columns import COLUMNS
from app.open.models import Subject
from app.open.reading import QUANTITIES, Month
from app.supervision import city, reporting
from tenants.definitions import Key
from tenants.queries import find_tenant
from tenants.settings import decide_for_city
from tests.conftest import open_coop
from tests.factories import make_member, make_rate, pay

CANARY = "Kenari Rahasia"
CHOICE = "/k/maju/keterbukaan/"
KEY = "6f4a4f0e-6d0c-4a64-8a8a-0123456789ab"


def report(scope, tenant, members=0, **paid):
    with scope(tenant):
        make_rate()
        people = [
            make_member(f"{CANARY} {number}", clock.today().replace(day=1))
            for number in range(members)
        ]
        if members:
            accrual.accrue(Period.current())
        if paid:
            pay(people[0], on=clock.today(), **paid)
        reporting.report(clock.today())
        db.session.commit()


@pytest.fixture
def reported(app, scope, coop, other_coop):
    """Maju has six members, Sejahtera two, two more one each; three more have nobody."""
    report(scope, coop, 6, dues=9_000)
    report(scope, other_coop, 2)
    for number in range(2):
        report(scope, open_coop(app, f"kecil-{number}"), 1, dues=9_000)
    for number in range(3):
        report(scope, open_coop(app, f"kosong-{number}"))


@pytest.fixture
def publish(scope, coop):
    def choose(*subjects):
        with scope(coop):
            services.publish(subjects)
            db.session.commit()

    return choose


def data(app):
    answer = app.test_client().get("/terbuka/data.csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def line(app, name):
    return next(row for row in data(app) if row["nama"] == name)


def test_anybody_sees_the_citys_sums_and_no_name(app, scope, reported):
    for number in range(2):
        report(scope, open_coop(app, f"besar-{number}"), 5, dues=9_000)
    for address in ("/terbuka/", "/terbuka/skema", "/terbuka/data.csv", "/terbuka/data.json"):
        answer = app.test_client().get(address)

        assert answer.status_code == 200, address
        assert CANARY not in answer.text, address
        assert "Set-Cookie" not in answer.headers, address
    assert "11,3 %" in app.test_client().get("/terbuka/").text.replace("\xa0", " ")


def test_before_anything_is_reported_the_page_says_so(app):
    page = app.test_client().get("/terbuka/")

    assert page.status_code == 200
    assert "Belum ada koperasi yang melapor" in page.text
    assert app.test_client().get("/terbuka/data.json").json["data"] == []


def test_the_data_have_the_columns_that_the_schema_describes(app, reported):
    names = [column.name for column in COLUMNS]
    schema = app.test_client().get("/terbuka/skema").text

    assert list(data(app)[0]) == names
    assert list(app.test_client().get("/terbuka/data.json").json["data"][0]) == names
    assert all(f"<code>{name}</code>" in schema for name in names)
    assert "CC BY 4.0" in schema


def test_the_names_of_the_columns_stay(app):
    assert [column.name for column in COLUMNS][:12] == [
        "bulan",
        "tingkat",
        "kode_wilayah",
        "nama",
        "kecamatan",
        "melapor",
        "tahap_terdaftar",
        "tahap_punya_anggota",
        "tahap_mulai_buku",
        "tahap_menagih_iuran",
        "tahap_rutin_tiga_bulan",
        "tahap_tutup_buku",
    ]


def test_a_cooperative_is_not_in_the_data_until_it_agrees(app, reported, publish):
    assert all(row["tingkat"] != "koperasi" for row in data(app))

    publish(Subject.MEMBERS)
    maju = line(app, "Maju")
    assert maju["anggota_aktif"] == "6"
    assert (maju["simpanan"], maju["penjualan"], maju["status"], maju["dokumen"]) == ("",) * 4
    assert "Maju" in app.test_client().get("/terbuka/").text

    publish()
    assert "Maju" not in [row["nama"] for row in data(app)]


def test_the_citys_page_of_a_cooperative_shows_what_it_publishes(sign_in, reported, publish):
    dinas = sign_in(Role.CITY_AGENCY, None)
    assert "belum membuka angkanya" in dinas.get("/kota/koperasi/maju").text

    publish(Subject.LAUNCH)
    page = dinas.get("/kota/koperasi/maju").text
    assert "0 dari 5" in page
    assert "belum membuka angkanya" not in page


def test_what_a_cooperative_of_few_members_publishes_is_hidden_all_the_same(app, scope, reported):
    with app.app_context():
        tenant = find_tenant("sejahtera")
    with scope(tenant):
        services.publish(list(Subject))
        db.session.commit()
    two = line(app, "Sejahtera")

    assert (two["anggota_aktif"], two["simpanan"]) == ("", "")
    assert "anggota_aktif|simpanan" in two["disembunyikan"]
    assert two["penjualan"] == ""  # nothing stands in its books: not known, and not hidden
    assert "penjualan" not in two["disembunyikan"]
    assert two["dokumen"] == "0"


def test_a_district_in_which_a_published_one_gives_the_rest_away_is_hidden(app, reported, publish):
    assert line(app, "Barat")["anggota_aktif"] == "10"

    publish(Subject.MEMBERS)  # then 10 - 6 = 4 would be read off

    assert line(app, "Barat")["anggota_aktif"] == ""
    assert "anggota_aktif" in line(app, "Barat")["disembunyikan"]
    assert ">*<" in app.test_client().get("/terbuka/").text


def test_how_many_cooperatives_a_sum_needs_is_a_setting(app, reported):
    with app.app_context():
        decide_for_city(Key.OPEN_FEWEST, 8, from_date=clock.today())
        db.session.commit()

    assert line(app, "Barat")["anggota_aktif"] == ""


def test_cooperatives_that_add_nothing_hide_nobody(app, scope, coop, other_coop):
    report(scope, coop, 6, principal=25_000)
    report(scope, other_coop)
    for number in range(5):
        report(scope, open_coop(app, f"kosong-{number}"))
    barat = line(app, "Barat")

    assert (barat["melapor"], barat["tahap_punya_anggota"]) == ("7", "1")
    assert barat["anggota_aktif"] == barat["iuran_ditagih"] == ""
    assert barat["iuran_diterima"] == barat["penjualan"] == "0"


def test_what_has_not_changed_is_not_sent_again(app, reported, publish):
    client = app.test_client()
    for address in ("/terbuka/", "/terbuka/skema", "/terbuka/data.csv", "/terbuka/data.json"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

        assert "public" in first.headers["Cache-Control"], address
        assert (again.status_code, again.data) == (304, b""), address
    publish(Subject.MEMBERS)
    assert client.get(address, headers=[("If-None-Match", first.headers["ETag"])]).data


def test_a_page_for_somebody_signed_in_is_not_kept_for_others(sign_in, reported):
    page = sign_in(Role.CITY_AGENCY, None).get("/terbuka/")

    assert "private" in page.headers["Cache-Control"]


def test_the_page_is_there_in_english_without_a_cookie(app, reported):
    assert "Open figures of the cooperatives" in app.test_client().get("/terbuka/?bahasa=en").text


def test_the_page_is_linked_from_where_people_sign_in(app, sign_in, reported):
    assert 'href="/terbuka/"' in app.test_client().get("/masuk").text
    assert 'href="/terbuka/"' in sign_in(Role.CITY_AGENCY, None).get("/kota/").text


def test_the_chair_chooses_and_it_is_kept_who_and_when(app, sign_in, coop):
    chair = sign_in(Role.CHAIR)
    answer = chair.post(CHOICE, data={"key": KEY, "subjects": ["members", "launch"]})
    page = chair.get(CHOICE).text

    assert answer.status_code == 303
    assert "Petugas ketua" in page
    assert page.count("checked") == 2


def test_a_choice_sent_twice_or_made_again_is_noted_once(app, scope, sign_in, coop):
    chair = sign_in(Role.CHAIR)
    for key in (KEY, KEY, KEY.replace("6f", "7f")):
        chair.post(CHOICE, data={"key": key, "subjects": ["members"]})

    with scope(coop):
        assert len(services.decisions()) == 1


def test_a_group_that_is_not_there_is_refused(sign_in, coop):
    answer = sign_in(Role.CHAIR).post(CHOICE, data={"key": KEY, "subjects": ["names"]})

    assert answer.status_code == 422
    assert 'href="#subjects"' in answer.text


def test_others_of_the_cooperative_see_it_and_cannot_change_it(sign_in, coop):
    treasurer = sign_in(Role.TREASURER)

    assert "Ketua yang memutuskan" in treasurer.get(CHOICE).text
    assert treasurer.post(CHOICE, data={"key": KEY}).status_code == 403


def test_a_stranger_finds_nothing(sign_in, other_coop):
    assert sign_in(Role.CHAIR, other_coop).get(CHOICE).status_code == 404


def test_the_city_learns_what_is_published_and_not_who_decided(app, publish, coop):
    publish(Subject.SAVINGS)
    with app.app_context():
        rows = city.ask(text("SELECT tenant_id, subject, published FROM publications"))
        assert [tuple(row) for row in rows] == [(coop.id, "savings", True)]
        with pytest.raises(Exception, match="permission denied"):
            city.ask(text("SELECT decided_by FROM publications"))


def test_a_choice_is_never_changed_or_deleted(app, publish):
    publish(Subject.SAVINGS)
    for statement in ("DELETE FROM publications", "UPDATE publications SET published = false"):
        with app.app_context(), pytest.raises(Exception, match="permission denied"):
            db.session.execute(text(statement))


def test_what_a_month_leaves_out_is_left_out_of_the_next():
    """The page shows fewer months than the file; what either leaves out is the same."""
    sums = {"Barat": (9, 1, 9), "Timur": (60, 4, 60), "Utara": (61, 4, 61)}
    later = sums | {"Timur": (62, 4, 62)}
    months = [month_of(Period(2026, 11), later), month_of(Period(2026, 10), sums)]

    hidden = [
        [line.name for line in month if "anggota_aktif" in line.hidden]
        for month in lines.every(months, fewest=3)
    ]
    assert hidden == [["Barat", "Timur"], ["Barat", "Timur"]]


def month_of(period, sums):
    steps = {f"step_{number}": 0 for number in range(7)}
    rows = []
    for district, told in sums.items():
        row = SimpleNamespace(district=district, ward_code="33.75.01.1001", reported=4, **steps)
        for quantity in QUANTITIES:
            for name, value in zip(("", "_secret", "_people"), told, strict=True):
                setattr(row, f"{quantity.column}{name}", value)
        rows.append(row)
    return Month(period, rows, [])
