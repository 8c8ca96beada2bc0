"""Findings: written by supervisors, answered by the board, and nothing said is lost."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.findings import services
from app.findings.models import FindingState

ADDRESS = "/k/maju/temuan/"


def write(due_on=None):
    found = services.write(
        title="Kas belum dihitung",
        text="Hitung kas tiap sore.",
        seat=Role.TREASURER,
        due_on=due_on or clock.today() + timedelta(days=7),
    )
    db.session.commit()
    return found


def sent(**more):
    return {"key": str(uuid4())} | more


def test_a_finding_is_answered_and_closed(scope, coop):
    with scope(coop):
        found = write()
        services.answer(found, "Sudah dihitung.")
        assert found.state is FindingState.ANSWERED
        services.insist(found, "Mana berita acaranya?")
        assert found.state is FindingState.OPEN
        services.answer(found, "Terlampir.")
        services.close(found, "Baik.")

        assert [reply.text for reply, _ in services.replies(found)][-1] == "Baik."
        assert services.count_unsettled() == 0


def test_numbers_have_no_gaps(scope, coop):
    with scope(coop):
        assert [write().number, write().number] == [1, 2]


def test_a_closed_finding_takes_no_more_words(scope, coop):
    with scope(coop):
        found = write()
        services.close(found, "Baik.")

        with pytest.raises(DomainError):
            services.answer(found, "terlambat")


def test_what_was_said_cannot_be_changed(scope, coop):
    with scope(coop):
        services.answer(write(), "Sudah.")

        with pytest.raises(ProgrammingError, match="permission denied"):
            db.session.execute(text("UPDATE finding_replies SET text = 'lain'"))


def test_a_finding_is_overdue_after_its_day(scope, coop):
    with scope(coop):
        assert write(due_on=date(2026, 1, 1)).is_overdue
        assert not write().is_overdue


def test_a_supervisor_writes_and_the_treasurer_answers(sign_in, scope, coop):
    supervisor, treasurer = sign_in(Role.SUPERVISOR), sign_in(Role.TREASURER)
    day = (clock.today() + timedelta(days=3)).strftime("%d-%m-%Y")
    written = supervisor.post(
        f"{ADDRESS}baru",
        data=sent(title="Kas", text="Hitung kas.", seat="bendahara", due_on=day),
    )
    assert written.status_code == 303

    answered = treasurer.post(f"{ADDRESS}1/jawab", data=sent(text="Sudah dihitung."))

    assert answered.status_code == 303
    assert "Sudah dihitung." in supervisor.get(f"{ADDRESS}1").text
    with scope(coop):
        assert services.find(1).state is FindingState.ANSWERED


def test_a_finding_without_words_or_with_a_past_day_is_refused(sign_in):
    supervisor = sign_in(Role.SUPERVISOR)
    response = supervisor.post(
        f"{ADDRESS}baru", data=sent(title="Kas", seat="bendahara", due_on="01-01-2025")
    )

    assert response.status_code == 422
    assert "sudah lewat" in response.text
    assert 'value="Kas"' in response.text


def test_an_empty_answer_is_refused(sign_in, scope, coop):
    with scope(coop):
        write()

    assert sign_in(Role.TREASURER).post(f"{ADDRESS}1/jawab", data=sent()).status_code == 422


def test_the_board_does_not_close_findings_itself(sign_in, scope, coop):
    with scope(coop):
        write()
    chair = sign_in(Role.CHAIR)

    assert chair.post(f"{ADDRESS}1/selesai", data=sent(text="ok")).status_code == 403
    assert chair.get(f"{ADDRESS}baru").status_code == 403


def test_findings_of_another_cooperative_are_not_found(sign_in, scope, coop, other_coop):
    with scope(coop):
        write()

    assert sign_in(Role.SUPERVISOR, other_coop).get(f"{ADDRESS}1").status_code == 404
