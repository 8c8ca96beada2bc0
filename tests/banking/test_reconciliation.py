"""The bank beside the books: brought in once, matched, recorded, signed."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app.banking import matching, signing
from app.cash import categories, tills
from app.cash.models import Direction, TillKind
from app.core.errors import DomainError
from app.extensions import db
from app.ledger import services as ledger
from app.ledger import verify
from app.ledger.models import AccountRole
from tenants.scope import act_as
from tests.banking.conftest import ROWS, UNTIL, admin_fee, book, bring_in
from tests.conftest import make_user


def test_a_statement_is_brought_in_once(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        assert bring_in(till).new == 3

        with pytest.raises(DomainError):
            bring_in(till)


def test_lines_that_an_earlier_statement_had_are_passed_over(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        bring_in(till)
        more = [*ROWS, ["07-11-2026", "BUNGA", "", "1.000", "1.739.000"]]
        brought = bring_in(till, more, b"another")

        assert (brought.new, brought.known) == (1, 3)


def test_the_deposit_is_proposed_and_matched(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        bring_in(till)
        pairs = matching.suggestions(till, UNTIL)
        assert [(p.line.text, p.booked.memo) for p in pairs] == [
            ("SETORAN SITI", "Setoran Siti ke bank")
        ]

        for _ in range(2):
            matching.match(till, pairs[0].line.id, [pairs[0].booked.journal_id])

        assert [line.text for line in matching.open_lines(till, UNTIL)] == [
            "BIAYA ADM",
            "TRF KATERING",
        ]


def test_a_journal_is_matched_with_one_line_only(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        twice = [ROWS[0], ROWS[1], ["02-11-2026", "SETORAN LAIN", "", "1.000.000", "2.500.000"]]
        bring_in(till, twice)
        first, second = matching.open_lines(till, UNTIL)
        journal = matching.open_journals(till, UNTIL)[0].journal_id
        matching.match(till, first.id, [journal])

        with pytest.raises(DomainError):
            matching.match(till, second.id, [journal])


def test_journals_that_come_to_another_sum_are_refused(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        bring_in(till)
        fee = matching.open_lines(till, UNTIL)[1]
        journal = matching.open_journals(till, UNTIL)[0].journal_id

        with pytest.raises(DomainError):
            matching.match(till, fee.id, [journal])


def test_what_only_the_bank_knows_is_recorded_in_plain_words(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        bring_in(till)
        fee = matching.open_lines(till, UNTIL)[1]
        posted = matching.record(till, fee.id, admin_fee(), "")

        assert posted.kind == "BKK"
        assert ledger.total(AccountRole.BANK_CHARGES) == 12_000
        assert matching.matched_journals(till, fee)[0].amount == -12_000
        assert verify.differences() == []


def test_money_out_is_not_recorded_as_money_in(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        bring_in(till)
        fee = matching.open_lines(till, UNTIL)[1]

        with pytest.raises(DomainError):
            matching.record(till, fee.id, categories.categories(Direction.IN)[0], "")


def test_what_stands_on_one_side_only_explains_the_difference(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        bring_in(till)
        now = signing.compare(till, UNTIL)
        assert (now.bank, now.book, now.start) == (1_738_000, 1_500_000, 0)
        assert now.explained == 0

        kept = signing.sign(till, UNTIL, note="diperiksa")

        assert len(kept.open_items["bank"]) == 3
        with pytest.raises(ProgrammingError, match="permission denied"):
            db.session.execute(text("UPDATE reconciliations SET bank_balance = 1"))


def test_what_is_not_explained_cannot_be_signed(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        book(till, 7_000, date(2026, 10, 31), "Lupa")
        bring_in(till)
        assert signing.compare(till, UNTIL).start == -7_000

        with pytest.raises(DomainError):
            signing.sign(till, UNTIL, note="")


def test_a_match_before_a_signed_day_stays(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        bring_in(till)
        pair = matching.suggestions(till, UNTIL)[0]
        matching.match(till, pair.line.id, [pair.booked.journal_id])
        signing.sign(till, UNTIL, note="")

        with pytest.raises(DomainError):
            matching.unmatch(till, pair.line.id)


def test_a_match_can_be_taken_back(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        bring_in(till)
        pair = matching.suggestions(till, UNTIL)[0]
        matching.match(till, pair.line.id, [pair.booked.journal_id])
        matching.unmatch(till, pair.line.id)

        assert len(matching.open_lines(till, UNTIL)) == 3


def test_the_fee_and_the_interest_of_a_bank_are_known_by_their_words(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        interest = ["07-11-2026", "BUNGA TABUNGAN", "", "1.000", "1.739.000"]
        bring_in(till, [*ROWS, interest])
        into, out = (categories.categories(way) for way in (Direction.IN, Direction.OUT))
        deposit, fee, catering, earned = matching.open_lines(till, UNTIL)

        assert matching.likely(fee, out) == admin_fee()
        assert matching.likely(earned, into).name == "Terima bunga bank"
        assert matching.likely(deposit, into) is matching.likely(catering, into) is None


def test_a_reconciliation_keeps_who_signed_it(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        bring_in(till)
        act_as(make_user("Tono", "tono@example.org").id)
        kept = signing.sign(till, UNTIL, note="")

        assert [(each.by, each.open_count) for each in signing.signed(till)] == [("Tono", 4)]
        assert signing.find(till, kept.id).kept is kept
        assert signing.find(tills.tills(TillKind.BANK)[1], kept.id) is None


THREE_DEPOSITS = [
    ROWS[0],
    ["02-11-2026", "SETORAN", "", "100.000", "600.000"],
    ["10-11-2026", "SETORAN", "", "50.000", "650.000"],
    ["20-11-2026", "SETORAN", "", "7.000", "657.000"],
]


def test_a_statement_that_is_missing_in_between_is_noticed_until_it_comes(scope, coop, bank):
    header, first, between, last = THREE_DEPOSITS
    with scope(coop):
        till = tills.find(bank)
        bring_in(till, [header, first], b"first")
        bring_in(till, [header, last], b"last")
        assert signing.compare(till, UNTIL).gap == 50_000
        assert signing.compare(till, date(2026, 11, 19)).gap == 0
        with pytest.raises(DomainError, match="di antaranya"):
            signing.sign(till, UNTIL, note="")

        bring_in(till, [header, between], b"between")
        assert signing.compare(till, UNTIL).gap == 0


def test_rounded_sen_are_no_missing_statement(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        sen = [["02-11-2026", f"BUNGA {n}", "", "0,60", f"{500_000 + n * 0.6:.2f}"] for n in (1, 2)]
        bring_in(till, [ROWS[0], *sen], b"sen")

        assert signing.compare(till, UNTIL).gap == 0


def take_back(posted):
    journal = ledger.find_journal(posted.kind, posted.year, posted.number)
    ledger.reverse(journal, reason="salah kata", on=date(2026, 11, 20))


def test_what_was_recorded_by_mistake_is_taken_back_and_recorded_anew(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        bring_in(till)
        fee = matching.open_lines(till, UNTIL)[1]
        wrong = next(c for c in categories.categories(Direction.OUT) if "ATK" in c.name)
        take_back(matching.record(till, fee.id, wrong, ""))
        matching.unmatch(till, fee.id)
        matching.record(till, fee.id, admin_fee(), "")

        assert ledger.total(AccountRole.BANK_CHARGES) == 12_000
        assert matching.matched_journals(till, fee)[0].memo.startswith("Bayar administrasi")
        assert signing.compare(till, UNTIL).explained == 0


def test_what_was_taken_back_in_the_books_does_not_wait_for_the_bank(scope, coop, bank):
    with scope(coop):
        till = tills.find(bank)
        bring_in(till)
        waiting = matching.open_journals(till, UNTIL)
        mistaken = book(till, 77_000, date(2026, 11, 12), "Salah bank")
        assert len(matching.open_journals(till, UNTIL)) == len(waiting) + 1
        take_back(mistaken)

        assert matching.open_journals(till, UNTIL) == waiting
        assert len(matching.open_journals(till, date(2026, 11, 15))) == len(waiting) + 1
        assert signing.compare(till, UNTIL).explained == 0
