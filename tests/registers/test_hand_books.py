"""The books that are written in by hand: a line once, an answer later, printed as a book."""

import io
from datetime import date
from uuid import uuid4

import pytest
from pypdf import PdfReader

from app.assets import borrowed, register
from app.assets.models import AssetGroup
from app.assets.register import Particulars
from app.auth.permissions import Role
from app.core.errors import DomainError
from app.extensions import db
from app.ledger import services as ledger
from app.registers import entries, services
from app.registers.entries import Written
from app.registers.models import Register
from tests.factories import make_member, pay

ADDRESS = "/k/maju/buku-organisasi/"
GUESTS = f"{ADDRESS}catatan/tamu"


def sent(**more):
    return {
        "key": str(uuid4()),
        "on": "20-03-2026",
        "who": "Ibu Rahmawati",
        "office": "Dindagkop-UKM",
        "text": "Melihat pembukuan",
        "answer": "",
    } | more


def words(response):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.data)).pages)


def test_a_line_is_written_once_and_printed(sign_in):
    secretary, line = sign_in(Role.SECRETARY), sent()
    first, again = secretary.post(GUESTS, data=line), secretary.post(GUESTS, data=line)

    assert first.status_code == again.status_code == 303
    page = secretary.get(GUESTS).text
    assert page.count("Melihat pembukuan") == 1
    printed = words(secretary.get(f"{ADDRESS}tamu.pdf?dari=2026-01-01&sampai=2026-06-30"))
    assert "BUKU TAMU" in printed
    assert "Rahmawati" in printed
    assert "1 / 1" in printed
    assert "Tanda tangan" in printed


def test_lines_are_numbered_without_gaps_in_each_book(scope, coop):
    with scope(coop):
        what = Written(date(2026, 3, 1), "Siti", "A0001", "Buka sampai sore")
        key = uuid4()
        for register, again in ((Register.SUGGESTIONS, key), (Register.SUGGESTIONS, key)):
            entries.write(register, what, key=again)
        second = entries.write(Register.SUGGESTIONS, what, key=uuid4())
        other = entries.write(Register.EVENTS, what, key=uuid4())

        assert (second.number, other.number) == (2, 1)
        assert entries.counts()[Register.SUGGESTIONS] == 2


def test_an_answer_is_written_later(sign_in):
    secretary = sign_in(Role.SECRETARY)
    secretary.post(f"{ADDRESS}catatan/saran", data=sent(text="Buka sampai sore"))
    line = f"{ADDRESS}catatan/saran/1"

    assert "belum dijawab" in secretary.get(f"{ADDRESS}catatan/saran").text
    empty = secretary.post(line, data={"key": str(uuid4()), "answer": " "})
    fine = secretary.post(line, data={"key": str(uuid4()), "answer": "Mulai April"})

    assert (empty.status_code, fine.status_code) == (422, 303)
    assert "Mulai April" in secretary.get(line).text


@pytest.mark.parametrize(
    "wrong", [{"who": ""}, {"text": "  "}, {"on": "31-02-2026"}, {"on": "01-01-2099"}]
)
def test_a_line_that_lacks_something_is_refused_and_keeps_what_was_typed(sign_in, wrong):
    answer = sign_in(Role.SECRETARY).post(GUESTS, data=sent(**wrong))

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "Dindagkop-UKM" in answer.text


def test_supervisors_read_and_do_not_write(sign_in):
    supervisor = sign_in(Role.SUPERVISOR)

    assert supervisor.get(GUESTS).status_code == 200
    assert supervisor.post(GUESTS, data=sent()).status_code == 403
    assert sign_in(Role.CASHIER).get(GUESTS).status_code == 403


def test_books_and_lines_that_do_not_exist_are_not_found(sign_in, other_coop):
    secretary = sign_in(Role.SECRETARY)

    for where in ("catatan/resep", "catatan/tamu/9", "catatan/tamu/99999999999"):
        assert secretary.get(ADDRESS + where).status_code == 404
    assert sign_in(Role.CHAIR, other_coop).get(GUESTS).status_code == 404


def test_the_inventory_holds_what_is_owned_and_what_is_lent(sign_in, scope, coop):
    with scope(coop):
        freezer = Particulars(
            name="Freezer",
            group=AssetGroup.EQUIPMENT,
            unit_id=ledger.units()[0].id,
            acquired_on=date(2026, 1, 20),
            cost=10_000_000,
            residual=0,
            life_months=48,
        )
        register.enter(freezer, as_grant=True)
        borrowed.receive(
            borrowed.Loan(name="Timbangan", owner="Kelurahan Medono", received_on=date(2026, 2, 1))
        )
        db.session.commit()
    chair = sign_in(Role.CHAIR)
    inventory = words(chair.get(f"{ADDRESS}inventaris.pdf"))

    assert "10.000.000" in inventory
    assert "Kelurahan Medono" in inventory
    assert "Timbangan" in words(chair.get(f"{ADDRESS}pinjam-pakai.pdf"))


def test_the_journal_adds_up_and_says_when_it_is_too_long(sign_in, scope, coop, monkeypatch):
    with scope(coop):
        pay(make_member("Siti"), on=date(2026, 3, 1), voluntary=50_000)
    span = "?dari=2026-01-01&sampai=2026-06-30"
    printed = words(sign_in(Role.CHAIR).get(f"{ADDRESS}jurnal.pdf{span}"))

    assert "BKM-2026-0001" in printed
    assert printed.count("50.000") == 4  # both lines and both sums
    monkeypatch.setattr(services, "MOST_LINES", 1)
    with scope(coop), pytest.raises(DomainError):
        services.journal_lines(date(2026, 1, 1), date(2026, 6, 30))
