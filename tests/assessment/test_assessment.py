"""The pre-assessment (KKPKK): points, classes, answers, handing in and the agency's verdicts."""

from fractions import Fraction
from uuid import uuid4

import pytest

from app.assessment import confirming, criteria, lifting, scoring, services
from app.assessment.forms import named
from app.assessment.models import AssessmentReport, Said
from app.assessment.scoring import AspectPoints, HealthClass, Limits
from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from tests.factories import make_member, make_rate, pay

CANARY = "Kenari Rahasia"
LIMITS = Limits((75, 50, 25), (80, 66, 51))
YEAR = clock.today().year
PAGE = f"/k/maju/kesehatan/{YEAR}"


def everything(said=Said.YES):
    return dict.fromkeys(criteria.ITEMS, (said, "Notulen 3/2026"))


@pytest.fixture
def booked(scope, coop):
    with scope(coop):
        make_rate()
        pay(make_member(CANARY), on=clock.today(), principal=25_000, dues=15_000)
        db.session.commit()


def test_case_g11_aspects_weights_and_class():
    points = [
        AspectPoints(30, [4, 3, 4]),
        AspectPoints(15, [3, 2]),
        AspectPoints(40, [4, 3, 2, 2, 3, 4, 3, 3, 2, 4, 3, 2, 3]),
        AspectPoints(15, [4, 3, 3]),
    ]
    scores = [round(float(one.score), 2) for one in points]
    together = scoring.total(points)

    assert scores == [91.67, 62.5, 73.08, 83.33]
    assert round(float(together), 2) == 78.61
    assert scoring.class_of(together, LIMITS) is HealthClass.FAIR


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("50.99", HealthClass.SPECIAL),
        ("51", HealthClass.WATCHED),
        ("65.99", HealthClass.WATCHED),
        ("66", HealthClass.FAIR),
        ("79.99", HealthClass.FAIR),
        ("80", HealthClass.HEALTHY),
    ],
)
def test_classes_begin_at_their_limits_without_rounding(score, expected):
    assert scoring.class_of(Fraction(score), LIMITS) is expected


@pytest.mark.parametrize(
    ("score", "written"),
    [("91.666667", 9167), ("78.605", 7861), ("79.996", 7999), ("65.999", 6599), ("80", 8000)],
)
def test_a_score_is_written_rounded_but_never_into_the_next_class(score, written):
    assert scoring.hundredths(Fraction(score), LIMITS) == written
    assert scoring.hundredths(None, LIMITS) is None


def test_a_ratio_below_nothing_is_written_as_it_is(app):
    with app.test_request_context():
        numbers = app.jinja_env.get_template("assessment/_numbers.html").module
        told = numbers.ratio({"a": "SHU", "b": "Aset"}, "a", "b", -334, 10_000, 7)

    assert "= -3,34 %" in told


def test_where_three_indicators_do_not_lead_on_the_page_says_so(sign_in, monkeypatch, booked):
    monkeypatch.setattr(lifting, "cheapest", lambda found: None)
    page = sign_in(Role.CHAIR).get(f"{PAGE}/").text

    assert "Tiga indikator bersama pun belum cukup" in page


@pytest.mark.parametrize(
    ("percent", "points"), [(0, 1), (25, 1), (26, 2), (50, 2), (51, 3), (75, 3), (76, 4), (100, 4)]
)
def test_points_are_given_above_each_limit(percent, points):
    assert scoring.points_of(Fraction(percent), LIMITS) == points


def test_what_does_not_apply_is_taken_out_of_the_average():
    with_nothing = [AspectPoints(30, [4]), AspectPoints(70, [])]

    assert scoring.total(with_nothing) == 100
    assert scoring.total([AspectPoints(30, [])]) is None


def test_a_standard_is_reached_from_above_or_from_below():
    assert scoring.attained(Fraction(7, 100), 7) == 100
    assert scoring.attained(Fraction(-1, 100), 7) == 0
    assert scoring.attained(Fraction(150, 100), 75, lower_is_good=True) == 50
    assert scoring.attained(Fraction(0), 75, lower_is_good=True) == 100


def test_ratios_show_the_figures_of_the_books(scope, coop, booked):
    with scope(coop):
        found = services.assess(YEAR)

    ratios = {
        one.indicator.key: one
        for part in found.aspects
        for one in part.indicators
        if one.indicator.ratio
    }
    assert (ratios["D.ekuitas"].top, ratios["D.ekuitas"].bottom) == (40_000, 40_000)
    assert ratios["D.ekuitas"].points == 4
    assert ratios["C.kas"].points is None  # it owes nothing, so there is nothing to divide by


def test_everything_answered_yes_beats_everything_answered_no(scope, coop, booked):
    with scope(coop):
        scores = {}
        for said in (Said.YES, Said.NO):
            services.answer(YEAR, everything(said))
            scores[said] = services.assess(YEAR).score
        lifts = services.lifts(services.assess(YEAR))

    assert scores[Said.YES] > scores[Said.NO]
    assert lifts[0].score > scores[Said.NO]
    assert [lift.score for lift in lifts] == sorted((x.score for x in lifts), reverse=True)


def test_nothing_is_handed_in_while_items_are_open(scope, coop, booked):
    with scope(coop), pytest.raises(DomainError):
        services.hand_in(YEAR, key=uuid4())


def test_where_nothing_applies_there_is_no_score_and_no_class(scope, coop, sign_in):
    with scope(coop):
        services.answer(YEAR, everything(Said.DOES_NOT_APPLY))
        report = services.hand_in(YEAR, key=uuid4())
        db.session.commit()

    assert (report.score, report.health) == (None, None)
    assert "Pra-penilaian" in sign_in(Role.CHAIR).get(f"{PAGE}/").text
    assert "Maju" in sign_in(Role.CITY_AGENCY, None).get("/kota/kesehatan/").text


def test_handed_in_twice_it_counts_once_and_stays_as_it_was(scope, coop, booked):
    key = uuid4()
    with scope(coop):
        services.answer(YEAR, everything())
        first = services.hand_in(YEAR, key=key)
        before = first.score
        services.answer(YEAR, everything(Said.NO))
        again = services.hand_in(YEAR, key=key)

        assert again.id == first.id
        assert again.score == before
        assert len(services.history()) == 1


def answers(said="yes"):
    aspect = criteria.find("A")
    form = {"key": str(uuid4())}
    for item in aspect.items:
        said_field, evidence = named(item.key)
        form |= {said_field: said, evidence: "Notulen 3/2026"}
    return form


def test_the_board_answers_an_aspect_and_sees_it(sign_in, booked):
    chair = sign_in(Role.CHAIR)
    page = chair.post(f"{PAGE}/A", data=answers(), follow_redirects=True).text

    assert "bukan predikat resmi" in page
    assert "10 dari 10" in page


def test_a_missing_answer_is_said_beside_it_and_the_rest_is_kept(sign_in, booked):
    form = answers()
    del form[named("A.prinsip.suara")[0]]
    page = sign_in(Role.CHAIR).post(f"{PAGE}/A", data=form)

    assert page.status_code == 422
    assert "Notulen 3/2026" in page.text


def test_supervisors_look_and_do_not_answer(sign_in, booked):
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(f"{PAGE}/").status_code == 200
    assert supervisor.post(f"{PAGE}/A", data=answers()).status_code == 403


@pytest.mark.parametrize("address", ["1999/", "2999/", f"{YEAR}/Z"])
def test_what_is_not_assessed_is_not_found(sign_in, booked, address):
    assert sign_in(Role.CHAIR).get(f"/k/maju/kesehatan/{address}").status_code == 404


@pytest.fixture
def handed_in(scope, coop, booked):
    with scope(coop):
        services.answer(YEAR, everything())
        report = services.hand_in(YEAR, key=uuid4())
        db.session.commit()
        return report.id


def test_open_items_are_said_when_one_hands_in_too_early(sign_in, booked):
    page = sign_in(Role.CHAIR).post(f"{PAGE}/serahkan", data={"key": str(uuid4())})

    assert page.status_code == 422
    assert "belum dijawab" in page.text


def test_the_agency_confirms_an_answer_and_the_cooperative_sees_it(sign_in, handed_in):
    dinas = sign_in(Role.CITY_AGENCY, None)
    assert CANARY not in dinas.get(f"/kota/kesehatan/{handed_in}").text
    form = {"key": str(uuid4()), "agreed": "no", "note": "Notulen tidak ada"}

    dinas.post(f"/kota/kesehatan/{handed_in}/A.prinsip.suara", data=form)

    seen = sign_in(Role.CHAIR).get(f"/k/maju/kesehatan/diserahkan/{handed_in}").text
    assert "Notulen tidak ada" in seen
    assert dinas.get("/kota/kesehatan/").status_code == 200


def test_who_does_not_agree_says_why(sign_in, handed_in):
    dinas = sign_in(Role.CITY_AGENCY, None)
    form = {"key": str(uuid4()), "agreed": "no", "note": ""}
    page = dinas.post(f"/kota/kesehatan/{handed_in}/A.prinsip.suara", data=form)

    assert page.status_code == 422
    assert dinas.get(f"/kota/kesehatan/{handed_in}/tidak.ada").status_code == 404


def test_a_companion_looks_and_does_not_confirm(sign_in, handed_in):
    companion = sign_in(Role.CITY_COMPANION, None)
    form = {"key": str(uuid4()), "agreed": "yes", "note": ""}
    address = f"/kota/kesehatan/{handed_in}"

    assert companion.get(address).status_code == 200
    assert companion.post(f"{address}/A.prinsip.suara", data=form).status_code == 403


def test_another_cooperative_does_not_find_the_report(sign_in, other_coop, handed_in):
    stranger = sign_in(Role.CHAIR, other_coop)

    assert stranger.get(f"/k/sejahtera/kesehatan/diserahkan/{handed_in}").status_code == 404


def test_a_verdict_given_again_replaces_the_first(app, scope, coop, handed_in):
    with scope(coop):
        report = db.session.get_one(AssessmentReport, handed_in)
        for agreed in (False, True, True):
            confirming.decide(report, "A.prinsip.suara", agreed=agreed, note="")

        assert confirming.counts(report) == confirming.Counts(agreed=1, refused=0)


def test_indonesian_criteria_are_marked_as_such_on_an_english_page(sign_in):
    chair = sign_in(Role.CHAIR)
    chair.set_cookie("bahasa", "en")

    page = chair.get(f"{PAGE}/").text

    assert '<html lang="en"' in page
    assert '<span lang="id">Tata kelola</span>' in page
    assert '<span lang="id">Total aset</span>' in page


def test_the_books_of_a_single_saver_are_judged_and_no_amount_is_handed_in(
    scope, coop, booked, sign_in
):
    with scope(coop):
        services.answer(YEAR, everything())
        report = services.hand_in(YEAR, key=uuid4())
        db.session.commit()
        assert report.score is not None
        number = report.id

    page = sign_in(Role.CITY_AGENCY, None).get(f"/kota/kesehatan/{number}").text
    assert "40.000" not in page
    assert "kurang dari 5 orang menabung" in page


def test_the_amounts_of_five_savers_are_handed_in(scope, coop, booked):
    with scope(coop):
        for number in range(4):
            pay(make_member(f"Budi {number}"), on=clock.today(), principal=25_000)
        services.answer(YEAR, everything())
        report = services.hand_in(YEAR, key=uuid4())

    told = {
        one["bottom"]
        for aspect in report.content["aspects"]
        for one in aspect["indicators"]
        if one["ratio"]
    }
    assert 140_000 in told
