import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.core import clock
from app.core.period import Period
from app.extensions import db
from app.ledger import services as ledger
from app.ledger import verify
from app.ledger.models import AccountRole, Month
from app.members import imports, services
from app.members.models import ImportMode, ImportState, MemberState
from app.savings.services import balances
from tests.members.conftest import RATNA, examined, kept, person, workbook


def entered(*rows, mode=ImportMode.GOOD_ROWS):
    sent = kept(*rows)
    sent.mode = mode
    imports.carry_out(sent.id, lambda _done, _total: None)
    db.session.commit()
    return sent


def test_good_rows_are_entered_with_what_they_had_saved(here):
    sent = entered(RATNA, person(nik="3375020207929002", birth="", sex="L", principal=10_000))
    ratna, other = services.find(1), services.find(2)

    assert (sent.state, sent.good, sent.saved_in_all) == (ImportState.ENTERED, 2, 205_000)
    assert (ratna.state, ratna.joined_on) == (MemberState.ACTIVE, date(2025, 6, 12))
    assert ratna.note == "batik"
    assert ratna.consent_at is None
    assert other.state is MemberState.CANDIDATE
    assert balances(ratna) == {
        AccountRole.PRINCIPAL_SAVINGS: 25_000,
        AccountRole.MANDATORY_SAVINGS: 75_000,
        AccountRole.VOLUNTARY_SAVINGS: 10_000,
    }
    assert ledger.total(AccountRole.PRINCIPAL_SAVINGS) == 35_000
    assert verify.differences() == []


def test_the_same_list_twice_adds_nobody(here):
    first = entered(RATNA)
    again = entered(RATNA)

    assert (again.good, again.bad) == (0, 1)
    assert "A0001" in again.verdict["bad"][0]["reasons"][0]
    assert imports.entered_before(again).id == first.id
    assert services.count(MemberState.ACTIVE) == 1


def test_an_order_carried_out_twice_enters_the_list_once(here):
    sent = entered(RATNA)
    again = imports.carry_out(sent.id, lambda _done, _total: None)

    assert again == {"good": 1, "bad": 0, "state": "entered"}
    assert services.find(2) is None


def test_all_or_nothing_enters_nothing_while_a_row_is_wrong(here):
    sent = entered(RATNA, person(nik="33750202079290"), mode=ImportMode.ALL)

    assert sent.state is ImportState.REFUSED
    assert sent.refusal
    assert services.find(1) is None
    assert (
        services.register(examined(RATNA).good[0].who, on=clock.today(), consent=True).number == 1
    )


def test_who_registered_meanwhile_is_left_alone(here):
    sent = kept(RATNA, person(nik="3375020207929002", birth="", sex="L"))
    services.register(examined(RATNA).good[0].who, on=clock.today(), consent=True)
    sent.mode = ImportMode.GOOD_ROWS
    imports.carry_out(sent.id, lambda _done, _total: None)

    assert (sent.good, sent.bad) == (1, 1)
    assert services.find(2).nik == "3375020207929002"


def test_a_closed_month_refuses_the_list_and_enters_nobody(here):
    sent = kept(RATNA)
    sent.mode = ImportMode.GOOD_ROWS
    db.session.add(Month(period=Period.current().first_day, closed_at=clock.now()))
    db.session.flush()
    imports.carry_out(sent.id, lambda _done, _total: None)

    assert sent.state is ImportState.REFUSED
    assert services.find(1) is None


def test_an_entered_list_keeps_only_the_rows_that_were_left_out(here):
    sent = entered(RATNA, person(nik="33750202079290", name="Teguh"))

    assert sent.verdict["good"] == []
    assert "Ratna Khasanah" not in str(sent.rows)
    assert [row[1] for row in imports.bad_rows(sent)] == ["Teguh"]
    assert "14" in imports.bad_rows(sent)[0][-1]


def test_old_lists_are_forgotten_but_not_their_figures(here):
    done, open_one = entered(RATNA, person(nik="1")), kept(person(nik="2"))
    recent = kept(RATNA)
    for old in (done, open_one):
        old.created_at = clock.now() - timedelta(days=31)
    db.session.flush()

    assert imports.forget_old() == 2
    assert imports.forget_old() == 0
    db.session.expire_all()
    assert (done.rows, done.is_kept, done.good, done.bad) == ([], False, 1, 1)
    assert imports.find(open_one.id) is None
    assert imports.find(recent.id) is not None


def test_no_nik_of_a_list_reaches_the_trail(here):
    entered(RATNA, person(nik="33750202079290"))
    trail = db.session.scalars(select(AuditEvent)).all()

    assert any(event.record == "member_imports" for event in trail)
    assert "3375046809719001" not in str([(event.before, event.after) for event in trail])
    assert "33750202079290" not in str([(event.before, event.after) for event in trail])


@pytest.fixture
def run(app, coop, tmp_path):
    """`flask members import`, with a list of two people of whom one is wrong."""
    file = tmp_path / "anggota.xlsx"
    file.write_bytes(workbook(RATNA, person(nik="337502020792900")))

    def invoke(*options, tenant="maju", file=file):
        arguments = ["members", "import", "--tenant", tenant, *options, str(file)]
        return app.test_cli_runner().invoke(args=arguments)

    return invoke


def test_the_command_says_in_json_what_it_did(run, scope, coop):
    result = run("--json")

    assert result.exit_code == 0, result.output
    said = json.loads(result.output)
    assert (said["good"], said["bad"], said["rows"][0]["row"]) == (1, 1, 7)
    assert set(said) == {"good", "bad", "rows"}
    assert "15" in said["rows"][0]["reason"]
    with scope(coop):
        assert services.find(1).name == "Ratna Khasanah"


def test_a_dry_run_enters_nobody(run, scope, coop):
    result = run("--dry-run")

    assert "1 would be taken over" in result.output
    with scope(coop):
        assert services.find(1) is None


def test_an_unknown_cooperative_and_a_broken_file_are_said(run, tmp_path):
    broken = tmp_path / "anggota.ods"
    broken.write_bytes(b"%PDF-1.7")

    assert run(tenant="nowhere").exit_code == 1
    assert "nowhere" in run(tenant="nowhere").output
    assert run(file=broken).exit_code == 1
