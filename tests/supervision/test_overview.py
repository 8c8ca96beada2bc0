"""The city's pages: figures of cooperatives beside each other, and never a person."""

import io
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import update

from app.auth.permissions import Role
from app.core import clock
from app.core.period import Period
from app.dues import accrual
from app.extensions import db
from app.supervision import attention, charts, glance, overview, reporting, tables
from app.supervision.measures import MEASURES
from app.supervision.models import IndicatorMonth
from tests.factories import make_member, make_rate, pay

CANARY = "Kenari Rahasia"
COLLECTED = MEASURES["tertagih"]


@pytest.fixture
def reported(scope, coop, other_coop):
    """Maju has five members who have paid a part each; Sejahtera has nobody."""
    with scope(coop):
        make_rate()
        month = clock.today().replace(day=1)
        members = [make_member(f"{CANARY} {number}", month) for number in range(5)]
        accrual.accrue(Period.current())
        for member in members:
            pay(member, on=clock.today(), dues=9_000)
    for tenant in (coop, other_coop):
        with scope(tenant):
            reporting.report(clock.today())
            db.session.commit()


def row(settled, billed):
    return SimpleNamespace(tertagih_part=settled, tertagih_whole=billed)


def test_case_g18_sums_over_sums_and_never_a_mean():
    rows = [row(345_000, 480_000), row(615_000, 615_000), row(0, 0)]

    assert [COLLECTED.of(each) for each in rows] == [719, 1000, None]
    assert COLLECTED.over(rows) == 877


def test_what_is_not_known_is_nothing():
    assert COLLECTED.of(None) is None
    assert COLLECTED.of(row(None, None)) is None
    assert MEASURES["anggota"].of(SimpleNamespace(anggota_part=None, anggota_whole=None)) is None


def test_classes_begin_at_their_limits_whichever_way_is_good():
    assert [COLLECTED.class_of(value) for value in (None, 0, 250, 899, 900)] == [None, 1, 2, 4, 5]
    assert [MEASURES["diam"].class_of(value) for value in (0, 7, 60)] == [5, 4, 1]


def test_the_legend_says_which_values_a_class_holds(app):
    assert COLLECTED.classes()[0] == (1, "< 25,0 %")
    assert COLLECTED.classes()[-1] == (5, "≥ 90,0 %")
    with app.test_request_context():
        told = {key: dict(measure.classes()) for key, measure in MEASURES.items()}
        assert told["simpanan"][5] == "≥ Rp25 jt"
        for measure in MEASURES.values():
            for limit in measure.limits:
                begins = told[measure.key][measure.class_of(limit)]
                assert begins == f"≥ {measure.brief_of(limit)}", measure.key


def test_money_is_brief_in_a_square_and_never_more_than_it_is(app):
    money = MEASURES["simpanan"]
    with app.test_request_context():
        told = [money.brief_of(n) for n in (None, 0, 999, 825_000, 4_999_999, -1_250_000_000)]

    assert told == ["–", "Rp0", "Rp999", "Rp825 rb", "Rp4,9 jt", "-Rp1,2 M"]
    assert COLLECTED.brief_of(719) == "71,9 %"


def test_who_paid_and_how_long_the_books_are_open_can_be_chosen(app, sign_in, reported):
    dinas = sign_in(Role.CITY_AGENCY, None)
    with app.app_context():
        closed = Period.current().previous().last_day
        db.session.execute(update(IndicatorMonth).values(closed_through=closed))
        db.session.commit()
        open_days = (clock.today() - closed).days

    assert "0,0 %" in dinas.get("/kota/?ukuran=membayar").text  # one of one owes a part
    assert f"{open_days} hari" in dinas.get("/kota/?ukuran=tutup&kecamatan=Barat").text


def test_days_of_a_group_are_unknown_while_one_of_them_never_recorded():
    days = MEASURES["diam"]
    three, nine, never = (SimpleNamespace(diam_part=n, diam_whole=None) for n in (3, 9, None))

    assert days.over([three, nine]) == 9
    assert days.over([three, never]) is days.over([three, None]) is None


def test_silence_is_counted_to_the_day_that_the_figures_speak_of(app, coop):
    told = {"past": date(2026, 9, 1), "running": date(2026, 11, 1)}
    with app.app_context():
        for month in told.values():
            db.session.add(
                IndicatorMonth(
                    tenant_id=coop.id,
                    period=month,
                    reported_at=datetime(2026, 11, 24, 3, tzinfo=UTC),  # the past one told again
                    last_activity_on=month.replace(day=20),
                )
            )
        db.session.flush()
        months = {
            name: overview.standings(Period.of(month), months=1, tenant_id=coop.id)[0].now
            for name, month in told.items()
        }

    assert {name: MEASURES["diam"].of(row) for name, row in months.items()} == {
        "past": 10,
        "running": 4,
    }


def test_a_line_is_broken_where_nothing_is_known():
    drawn = charts.sparkline([1, None, 2, 3], 'Maju "satu"')

    assert drawn.count("<polyline") == 1
    assert drawn.count("<circle") == 1
    assert "&#34;satu&#34;" in drawn


def test_every_ward_of_the_city_has_its_place_on_the_map(app):
    with app.app_context():
        found = glance.ranking(COLLECTED, Period.current())
        drawn = [place.slug for line in glance.tiles(found) for place in line if place]

    assert len(drawn) == len(set(drawn)) == len(found)
    assert drawn.index("bandengan") < drawn.index("bendan-kergon") < drawn.index("banyurip")


def test_the_ranking_has_the_best_first_and_the_unknown_last(app, reported):
    with app.app_context():
        best, worst, named = (
            glance.ranking(COLLECTED, Period.current(), order=order) for order in glance.ORDERS
        )

    assert (best[0].slug, best[0].now) == (worst[0].slug, worst[0].now) == ("maju", 600)
    assert best[-1].now is worst[-1].now is None
    assert [place.ward for place in named] == sorted(place.ward for place in named)


def test_the_way_of_each_says_where_it_is_stuck(app, reported):
    with app.app_context():
        stages = glance.funnel(Period.current())

    assert "sejahtera" in [slug for slug, _ward in stages[0].named]
    assert "maju" in [slug for slug, _ward in stages[3].named]
    assert stages[1].reached == 1


def test_rules_say_who_is_silent_and_what_is_missing(app, reported):
    with app.app_context():
        found = overview.standings(Period.current())
        later = clock.today() + timedelta(days=20)
        raised = {(a.standing.slug, a.rule): a.text for a in attention.alerts(found, later)}

    assert "20" in raised["maju", "silent"]
    assert ("sejahtera", "silent") in raised
    assert ("maju", "documents") in raised


def test_the_dinas_sees_the_city_and_no_name(sign_in, reported):
    dinas = sign_in(Role.CITY_AGENCY, None)
    pages = ["/kota/", "/kota/pekan-ini/", "/kota/koperasi/maju", "/kota/?ukuran=simpanan"]
    for address in pages:
        page = dinas.get(address)

        assert page.status_code == 200, address
        assert CANARY not in page.text, address
    assert "60,0 %" in dinas.get("/kota/").text


def test_the_report_is_printed_and_can_be_added_up(sign_in, reported):
    dinas = sign_in(Role.CITY_AGENCY, None)
    printed = PdfReader(io.BytesIO(dinas.get("/kota/laporan.pdf").data))
    rows = CalamineWorkbook.from_filelike(
        io.BytesIO(dinas.get("/kota/laporan.xlsx").data)
    ).get_sheet_by_index(0)
    words = "".join(page.extract_text() for page in printed.pages)

    assert "LAPORAN BULANAN" in words
    assert CANARY not in words + str(rows.to_python())
    assert rows.to_python()[-1][0] == "Semua"
    assert rows.to_python()[-1][-2:] == [75_000, 45_000]  # what the percentage is made of
    assert "Bulan 20" not in words + str(rows.to_python())  # a month is written in words


def test_the_first_page_says_how_fresh_it_is_and_who_has_closed(app, sign_in, reported):
    before = Period.current().previous()
    with app.app_context():
        db.session.execute(update(IndicatorMonth).values(closed_through=before.last_day))
        db.session.commit()
    page = sign_in(Role.CITY_AGENCY, None).get("/kota/?kecamatan=Barat").text

    assert "Data per" in page
    assert "sudah ditutup di 2 dari 2 koperasi" in page
    assert "≥ 90,0 %" in page


def test_the_report_on_the_27_is_one_sheet_with_room_to_sign(app, reported):
    with app.app_context():
        period = Period.current()
        of_city = overview.standings(period, months=1)[:27]
        printed = PdfReader(io.BytesIO(tables.report(of_city, period, at=clock.now())))

    assert len(printed.pages) == 1
    assert "Kepala Dinas" in printed.pages[0].extract_text()


@pytest.mark.parametrize("month", ["Jan 2099", "2026-13", "besok"])
def test_a_month_that_cannot_be_is_refused_beside_the_field(sign_in, month):
    response = sign_in(Role.CITY_AGENCY, None).get(f"/kota/?bulan={month}")

    assert response.status_code == 422
    assert month in response.text


def test_a_past_month_without_reports_is_shown_as_unknown(sign_in, reported):
    page = sign_in(Role.CITY_AGENCY, None).get("/kota/?bulan=2025-01").text

    assert "–" in page


def test_a_cooperative_that_is_not_there_is_not_found(sign_in):
    assert sign_in(Role.CITY_AGENCY, None).get("/kota/koperasi/tidak-ada").status_code == 404


def test_an_officer_of_a_cooperative_does_not_open_the_citys_pages(sign_in, reported):
    treasurer = sign_in(Role.TREASURER)

    assert treasurer.get("/kota/").status_code == 404
    assert treasurer.get("/kota/laporan.xlsx").status_code == 404
