"""Savings statements: one member's, and all members' in one file."""

import io
from datetime import date
from uuid import uuid4
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from app.auth.permissions import Role
from app.core import clock
from app.downloads import services as downloads
from app.extensions import db
from app.jobs import services as jobs
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members import services as members
from app.receipts import services as receipts
from app.savings import services as savings
from app.savings import statement_paper, statements
from app.savings.statement_views import KIND
from tasks.statements import statements as print_all
from tests.factories import make_member, pay

ADDRESS = "/k/maju/laporan-simpanan"
YEAR = 2026


@pytest.fixture
def siti(scope, coop):
    """A year before, some of everything in the year, and something taken back."""
    with scope(coop):
        member = make_member("Siti Rohmah", joined_on=date(2025, 6, 12))
        pay(member, on=date(2025, 7, 1), principal=25_000, dues=30_000)
        pay(member, on=date(2026, 1, 3), dues=45_000, voluntary=100_000)
        savings.withdraw(member, 40_000, on=date(2026, 1, 5), key=uuid4())
        posted = pay(member, on=date(2026, 2, 1), dues=15_000)
        wrong = receipts.find("BKM", posted.year, posted.number).journal
        ledger.reverse(wrong, reason="salah orang", on=date(2026, 2, 2))
        db.session.commit()
        return member.nik


def of_year(year=YEAR):
    return statements.statement(members.find(1), *statements.days_of(year))


def text_of(content):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_opening_movements_and_closing_add_up_by_kind(scope, coop, siti):
    with scope(coop):
        found = of_year()

        assert sum(found.opening.values()) == 55_000
        assert [sum(m.amounts.values()) for m in found.movements] == [
            145_000,
            -40_000,
            15_000,
            -15_000,
        ]
        assert [after for _movement, after in found.rows] == [200_000, 160_000, 175_000, 160_000]
        assert found.closing == {
            AccountRole.PRINCIPAL_SAVINGS: 25_000,
            AccountRole.MANDATORY_SAVINGS: 75_000,
            AccountRole.VOLUNTARY_SAVINGS: 60_000,
        }
        assert found.closing == savings.balances(members.find(1))


def test_what_was_taken_back_stays_in_it_and_says_so(scope, coop, siti):
    with scope(coop):
        taken, mirror = of_year().movements[2:]

    assert (taken.void, mirror.void) == (True, False)
    assert "salah orang" in mirror.memo


def test_a_year_begins_where_the_one_before_ended(scope, coop, siti):
    with scope(coop):
        assert sum(of_year(2025).closing.values()) == 55_000
        assert of_year(2025).closing.items() >= of_year(2026).opening.items()


def test_another_members_money_is_not_in_it(scope, coop, siti):
    with scope(coop):
        pay(make_member("Budi"), on=date(2026, 1, 3), dues=15_000)

        assert len(of_year().movements) == 4


def test_the_page_shows_a_time_and_offers_the_paper(siti, sign_in):
    page = sign_in(Role.CASHIER).get(f"{ADDRESS}/1/?dari=01-01-2026&sampai=28-02-2026").text

    for expected in ("Siti Rohmah", "Rp55.000", "Rp160.000", "BKK-2026-0001", "BATAL"):
        assert expected in page
    assert "laporan.pdf?dari=01-01-2026" in page


def test_the_paper_says_the_same_and_never_the_nik(siti, sign_in):
    response = sign_in(Role.CASHIER).get(
        f"{ADDRESS}/1/laporan.pdf?dari=01-01-2026&sampai=28-02-2026"
    )
    text = text_of(response.data)

    assert response.mimetype == "application/pdf"
    for expected in ("Siti Rohmah", "A0001", "55.000", "160.000", "BKK-2026-0001", "BATAL"):
        assert expected in text
    assert siti not in text


def test_a_day_that_cannot_be_is_said_beside_the_field(siti, sign_in):
    response = sign_in(Role.CASHIER).get(f"{ADDRESS}/1/?dari=31-02-2025")

    assert response.status_code == 422
    assert "31-02-2025" in response.text
    assert sign_in(Role.MANAGER).get(f"{ADDRESS}/1/laporan.pdf?dari=x").status_code == 404


def test_a_member_without_savings_has_a_page_that_says_so(scope, coop, sign_in):
    with scope(coop):
        make_member("Ani")

    assert "Tidak ada pergerakan" in sign_in(Role.CASHIER).get(f"{ADDRESS}/1/").text
    assert sign_in(Role.MANAGER).get(f"{ADDRESS}/9/").status_code == 404


def bundle_of(scope, coop, seen):
    with scope(coop):
        kept, printed = statement_paper.bundle(YEAR, lambda *done: seen.append(done))
        db.session.commit()
        content = b"".join(downloads.pieces(kept.id))
        assert len(content) == kept.size
    return ZipFile(io.BytesIO(content)), printed


def test_everybody_who_has_savings_gets_one_pdf(scope, coop, siti):
    with scope(coop):
        pay(make_member("Budi / Ananda"), on=date(2026, 1, 3), dues=15_000)
        make_member("Ani")
    seen = []
    bundled, printed = bundle_of(scope, coop, seen)

    assert bundled.namelist() == ["A0001-Siti-Rohmah.pdf", "A0002-Budi-Ananda.pdf"]
    assert printed == 2
    assert seen == [(0, 3)]
    assert "Siti Rohmah" in text_of(bundled.read("A0001-Siti-Rohmah.pdf"))
    assert all(siti not in text_of(bundled.read(name)) for name in bundled.namelist())


@pytest.fixture
def made(scope, coop, siti):
    """A finished job of all statements, done as a worker does it."""
    with scope(coop):
        job = jobs.ask(KIND, "1", tenant_id=coop.id, year=YEAR)
        jobs.finish(job.id, print_all(job, lambda _done, _total: None))
        db.session.commit()
        return f"{ADDRESS}/proses/{job.id}"


def test_the_file_can_be_fetched_and_it_is_noted_who_did(made, sign_in):
    secretary = sign_in(Role.SECRETARY)
    assert "1 laporan" in secretary.get(made).text

    response = secretary.get(f"{made}/unduh")

    assert ZipFile(io.BytesIO(response.data)).namelist() == ["A0001-Siti-Rohmah.pdf"]
    assert "laporan-simpanan-2026-maju.zip" in response.headers["Content-Disposition"]
    assert "laporan-simpanan-2026-maju.zip" in sign_in(Role.CHAIR).get("/k/maju/jejak/").text


def test_once_deleted_the_page_says_to_print_anew(made, sign_in, monkeypatch):
    secretary = sign_in(Role.SECRETARY)
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: date(today.year + 1, today.month, 1))

    assert "sudah dihapus" in secretary.get(made).text
    assert secretary.get(f"{made}/unduh").status_code == 404


@pytest.mark.parametrize("ending", ["", "/unduh"])
def test_a_cashier_and_a_stranger_do_not_get_everybodys_statements(
    made, ending, sign_in, other_coop
):
    assert sign_in(Role.CASHIER).get(made + ending).status_code == 403
    assert sign_in(Role.TREASURER, other_coop).get(made + ending).status_code == 404


def test_a_job_of_another_kind_is_not_shown_here(scope, coop, sign_in):
    with scope(coop):
        job = jobs.ask("dues.accrual", "1", tenant_id=coop.id)
        db.session.commit()
        job_id = job.id

    assert sign_in(Role.TREASURER).get(f"{ADDRESS}/proses/{job_id}").status_code == 404


def test_asking_needs_a_year_that_has_statements(siti, sign_in, monkeypatch):
    told = []
    monkeypatch.setattr("app.savings.statement_views.work.delay", told.append)
    treasurer = sign_in(Role.TREASURER)

    def ask(year):
        return treasurer.post(f"{ADDRESS}/", data={"key": str(uuid4()), "year": year})

    assert ask("1999").status_code == 422
    assert ask("").status_code == 422
    assert told == []
    assert ask("2025").status_code == 303
    assert len(told) == 1
