"""Findings of a visit: written by the companion, answered by the board, judged by the agency."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from app.auth.permissions import Role
from app.companions import findings, visits
from app.core import clock
from app.core.errors import DomainError
from app.core.period import Period
from app.extensions import db
from app.findings.models import FindingState
from app.supervision import attention, city, overview
from tests.companions.conftest import appointed, record

HOME = "/kota/pendampingan/"
HERE = "/k/maju/kunjungan/"


def in_days(days):
    return (clock.today() + timedelta(days=days)).strftime("%d-%m-%Y")


def sent(**more):
    return {"key": str(uuid4())} | more


def filled(**more):
    usual = {"title": "Kas", "text": "Hitung tiap sore.", "seat": "bendahara", "due_on": in_days(7)}
    return sent(**(usual | more))


def write(visit, key=None):
    found = visits.find(visit.id)
    return findings.write(
        found.visit,
        title="Kas belum dihitung",
        text="Hitung tiap sore.",
        seat=Role.TREASURER,
        due_on=clock.today() + timedelta(days=7),
        key=key or uuid4(),
    )


@pytest.fixture
def finding(app, visit):
    with app.app_context():
        found = write(visit)
        db.session.commit()
        return found


def test_a_finding_written_twice_stands_once(app, visit):
    key = uuid4()
    with app.app_context():
        assert write(visit, key).id == write(visit, key).id
        assert len(findings.of_visit(visit)) == 1


def test_a_finding_is_answered_refused_answered_and_closed(app, visit):
    with app.app_context():
        found = write(visit)
        with pytest.raises(DomainError):
            findings.insist(found, "Belum ada jawaban")
        findings.answer(found, "Sudah dihitung.")
        findings.insist(found, "Mana berita acaranya?")
        findings.answer(found, "Terlampir.")
        assert [one.finding.id for one in findings.answered()] == [found.id]

        findings.close(found, "Baik.")

        assert found.state is FindingState.CLOSED
        assert not findings.unsettled()
        with pytest.raises(DomainError):
            findings.answer(found, "terlambat")


def test_what_was_said_cannot_be_changed(app, visit):
    with app.app_context():
        findings.answer(write(visit), "Sudah.")

        with pytest.raises(ProgrammingError, match="permission denied"):
            db.session.execute(text("UPDATE visit_finding_replies SET text = 'lain'"))


def test_an_approved_report_takes_no_more_findings(app, visit, other_coop):
    with app.app_context():
        visits.approve(visits.find(visit.id).visit, by=appointed("Endang", other_coop).id)

        with pytest.raises(DomainError):
            write(visit)


def test_the_role_of_the_city_reads_seat_and_day_but_no_words(app, finding):
    with app.app_context():
        (row,) = city.ask(text("SELECT seat, state FROM visit_findings"))
        assert tuple(row) == ("bendahara", "open")
        for query in ("SELECT title FROM visit_findings", "SELECT * FROM visit_finding_replies"):
            with pytest.raises(DBAPIError, match="permission denied"):
                city.ask(text(query))


def test_it_stands_on_the_first_page_and_is_answered_there(signed_in, companion, sign_in, visit):
    wahyu, treasurer = signed_in(companion), sign_in(Role.TREASURER)
    address = f"{HOME}kunjungan/{visit.id}/temuan-baru"
    assert wahyu.get(address).status_code == 200
    assert wahyu.post(address, data=filled()).status_code == 303
    assert "Temuan kunjungan kota" in treasurer.get("/k/maju/").text
    assert "Kas" in treasurer.get(HERE).text

    number = treasurer.get(HERE).text.split(f"{HERE}temuan/")[1].split('"')[0]
    answered = treasurer.post(f"{HERE}temuan/{number}/jawab", data=sent(text="Sudah dihitung."))

    assert answered.status_code == 303
    assert "Sudah dihitung." in wahyu.get(f"{HOME}temuan/{number}").text


def test_the_agency_judges_the_answer(app, sign_in, scope, coop, finding):
    with scope(coop):
        findings.answer(findings.find(finding.id).finding, "Sudah dihitung.")
        db.session.commit()
    dinas, own = sign_in(Role.CITY_AGENCY, None), f"{HOME}temuan/{finding.id}"
    assert "Kas belum dihitung" in dinas.get(HOME).text
    assert dinas.post(f"{own}/belum", data=sent(text="Mana buktinya?")).status_code == 303
    assert dinas.post(f"{own}/selesai", data=sent()).status_code == 422

    assert dinas.post(f"{own}/selesai", data=sent(text="Baik.")).status_code == 303

    assert "Selesai" in dinas.get(own).text
    assert "Temuan kunjungan kota" not in sign_in(Role.CHAIR).get("/k/maju/").text


def test_a_finding_without_words_or_with_a_past_day_is_refused(signed_in, companion, visit):
    response = signed_in(companion).post(
        f"{HOME}kunjungan/{visit.id}/temuan-baru", data=filled(text="", due_on="01-01-2025")
    )

    assert response.status_code == 422
    assert "sudah lewat" in response.text
    assert 'value="Kas"' in response.text


def test_others_neither_write_answer_nor_judge(
    signed_in, companion, other_companion, sign_in, other_coop, visit, finding
):
    wahyu, lestari = signed_in(companion), signed_in(other_companion)
    own = f"{HOME}temuan/{finding.id}"
    assert wahyu.post(f"{own}/selesai", data=sent(text="Baik.")).status_code == 403
    assert lestari.get(own).status_code == 404
    assert lestari.get(f"{HOME}kunjungan/{visit.id}/temuan-baru").status_code == 404

    here = f"{HERE}temuan/{finding.id}"
    assert sign_in(Role.CASHIER).post(f"{here}/jawab", data=sent(text="x")).status_code == 403
    assert sign_in(Role.CHAIR).post(f"{here}/jawab", data=sent()).status_code == 422
    stranger = sign_in(Role.CHAIR, other_coop)
    assert stranger.get(f"/k/sejahtera/kunjungan/temuan/{finding.id}").status_code == 404


def test_the_week_names_who_was_not_visited_for_sixty_days(app, coop, other_coop, companion):
    today = clock.today()
    with app.app_context():
        record(coop, companion, visited_on=today - timedelta(days=60))
        found = overview.standings(Period.of(today))
        raised = {(a.standing.slug, a.rule): a.text for a in attention.alerts(found, today)}
        assert "60" in raised["maju", "unvisited"]
        assert ("sejahtera", "unvisited") in raised

        record(coop, companion, visited_on=today - timedelta(days=59))
        found = overview.standings(Period.of(today))
        raised = {(a.standing.slug, a.rule) for a in attention.alerts(found, today)}
        assert ("maju", "unvisited") not in raised


def test_the_week_names_who_did_not_answer_in_time(app, coop, finding):
    today = clock.today()
    with app.app_context():

        def rules():
            found = overview.standings(Period.of(today))
            return {(a.standing.slug, a.rule) for a in attention.alerts(found, today)}

        assert ("maju", "visit_findings") not in rules()
        db.session.execute(text("UPDATE visit_findings SET due_on = '2025-01-01'"))
        assert ("maju", "visit_findings") in rules()
        db.session.execute(text("UPDATE visit_findings SET state = 'answered'"))
        assert ("maju", "visit_findings") not in rules()


def test_the_citys_page_of_a_cooperative_shows_visits_and_findings_without_words(
    sign_in, signed_in, companion, other_companion, finding, visit
):
    address = "/kota/koperasi/maju"
    pages = [sign_in(Role.CITY_OPERATOR, None).get(address).text]
    pages += [signed_in(user).get(address).text for user in (companion, other_companion)]

    assert all("Bendahara" in page and "Tutup buku" not in page for page in pages)
    links = [f"/kota/pendampingan/kunjungan/{visit.id}" in page for page in pages]
    assert links == [False, True, False]
