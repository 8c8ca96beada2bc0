"""The bank beside the books: brought in once, matched, recorded, signed."""

import io
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app.auth.permissions import Role
from app.banking import entering, matching, signing, statements
from app.cash import categories, tills
from app.cash.models import Direction, TillKind
from app.core.errors import DomainError
from app.extensions import db
from app.ledger import services as ledger
from app.ledger import verify
from app.ledger.models import AccountRole
from app.ledger.services import Line, Source, credit

ROWS = [
    ["Tanggal", "Keterangan", "Debet", "Kredit", "Saldo"],
    ["02-11-2026", "SETORAN SITI", "", "1.000.000", "1.500.000"],
    ["05-11-2026", "BIAYA ADM", "12.000", "", "1.488.000"],
    ["06-11-2026", "TRF KATERING", "", "250.000", "1.738.000"],
]
CSV = "\n".join(";".join(row) for row in ROWS).encode()
UNTIL = date(2026, 11, 24)


@pytest.fixture
def bank(scope, coop):
    """A bank account with Rp500.000 from before, and one deposit in the books."""
    with scope(coop):
        till = tills.tills(TillKind.BANK)[0]
        book(till, 500_000, date(2026, 10, 30), "Saldo awal")
        book(till, 1_000_000, date(2026, 11, 1), "Setoran Siti ke bank")
        db.session.commit()
        return till.id


def book(till, amount, on, memo):
    return ledger.post(
        on=on,
        memo=memo,
        source=Source("test", str(uuid4())),
        lines=[Line(till.account_id, debit=amount), credit(AccountRole.OPENING, amount)],
    )


def bring_in(till, rows=ROWS, content=CSV):
    lines = statements.lines(rows, statements.guess(rows))
    brought = entering.bring_in(till, lines, file_name="bri.csv", content=content)
    db.session.commit()
    return brought


def admin_fee():
    return next(c for c in categories.categories(Direction.OUT) if "administrasi" in c.name)


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


def sent(**more):
    return {"key": str(uuid4())} | more


def upload(client, bank, content=CSV, name="bri.csv"):
    return client.post(
        f"/k/maju/bank/{bank}/daftar",
        data=sent(file=(io.BytesIO(content), name)),
        content_type="multipart/form-data",
    )


def test_the_treasurer_brings_in_matches_records_and_signs(sign_in, scope, coop, bank):
    treasurer = sign_in(Role.TREASURER)
    assert upload(treasurer, bank).status_code == 303
    page = treasurer.get(f"/k/maju/bank/{bank}").text
    assert "SETORAN SITI" in page
    assert "Rp1.738.000" in page
    with scope(coop):
        till = tills.find(bank)
        pair = matching.suggestions(till, UNTIL)[0]
        value = f"{pair.line.id}-{pair.booked.journal_id}"
        fee, fee_words = matching.open_lines(till, UNTIL)[1].id, admin_fee().id

    steps = [
        ("cocokkan", {"pairs": value}),
        (f"baris/{fee}/catat", {"category": fee_words, "note": "Nov"}),
        ("tanda-tangan", {"until": "24-11-2026"}),
    ]
    for where, data in steps:
        response = treasurer.post(f"/k/maju/bank/{bank}/{where}", data=sent(**data))
        assert response.status_code == 303, where

    with scope(coop):
        assert matching.last_signed(tills.find(bank)).book_balance == 1_488_000


def test_a_statement_sent_twice_is_refused_in_words(sign_in, bank):
    treasurer = sign_in(Role.TREASURER)
    upload(treasurer, bank)
    response = upload(treasurer, bank)

    assert response.status_code == 422
    assert "sudah dimasukkan" in response.text


def test_a_file_of_the_wrong_kind_is_refused(sign_in, bank):
    response = upload(sign_in(Role.TREASURER), bank, b"%PDF-1.7 \0", "koran.xlsx")

    assert response.status_code == 422


def test_unknown_columns_are_named_once(sign_in, scope, coop, bank):
    treasurer = sign_in(Role.TREASURER)
    odd = b"Hari;Ket;Masuknya;Keluarnya\n02-11-2026;Setor;5.000;\n"
    page = upload(treasurer, bank, odd).text
    assert "Masuknya" in page
    rows = page.split('name="rows" value="')[1].split('"')[0]
    refused = treasurer.post(f"/k/maju/bank/{bank}/kolom", data=sent(rows=rows, day="0"))
    assert refused.status_code == 422

    read = treasurer.post(
        f"/k/maju/bank/{bank}/kolom",
        data=sent(rows=rows, day="0", text="1", credit="2", debit="3"),
    )

    assert read.status_code == 303
    with scope(coop):
        assert entering.layout(tills.find(bank))["credit"] == "Masuknya"
    assert upload(treasurer, bank, odd.replace(b"02-11", b"03-11")).status_code == 303


def test_the_chair_reads_but_does_not_reconcile(sign_in, bank):
    chair = sign_in(Role.CHAIR)

    assert chair.get(f"/k/maju/bank/{bank}").status_code == 200
    assert upload(chair, bank).status_code == 403


def test_a_drawer_has_no_bank_and_a_stranger_finds_none(sign_in, scope, coop, other_coop, bank):
    with scope(coop):
        drawer = tills.main_till().id

    assert sign_in(Role.TREASURER).get(f"/k/maju/bank/{drawer}").status_code == 404
    stranger = sign_in(Role.TREASURER, other_coop)
    assert stranger.get(f"/k/sejahtera/bank/{bank}").status_code == 404
