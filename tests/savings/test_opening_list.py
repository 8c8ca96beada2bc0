"""Opening savings from a list: judged row by row, then one balanced entry, once."""

import io
import re
from datetime import date
from uuid import uuid4

import pytest

from app.auth.permissions import Role
from app.extensions import db
from app.ledger import opening, reports, verify
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members import services as members
from app.members.models import MemberState
from app.printing.workbooks import Sheet, workbook
from app.savings import opening_list
from app.savings.opening_list import Verdict
from tests.cash.conftest import whole
from tests.factories import make_candidate, make_member

PAGE = "/k/maju/buku/saldo-awal/unggah/"
HEAD = ("Nomor anggota", "Nama", "Simpanan Pokok", "Simpanan Wajib", "Simpanan Sukarela")


@pytest.fixture(autouse=True)
def people(scope, coop):
    """Siti, Budi, and Tono, who is not a member yet."""
    with scope(coop):
        make_member("Siti Aminah")
        make_member("Budi Santoso")
        make_candidate("Tono")
        db.session.commit()


@pytest.fixture
def treasurer(sign_in):
    return sign_in(Role.TREASURER)


GOOD = (
    ("A0001", "SITI AMINAH", 25_000, 180_000, 50_000),
    ("A0002", "Budi", 25_000, 45_000, ""),
    (3, "Tono", 25_000, "", ""),
)


def listed(*rows, head=HEAD):
    return workbook([Sheet("Daftar", ("Simpanan anggota",), head, rows or GOOD)])


def send(client, content, name="simpanan.xlsx"):
    data = {"key": str(uuid4()), "file": (io.BytesIO(content), name)}
    return client.post(PAGE, data=data, content_type="multipart/form-data")


def enter(client, verdict, on="31-12-2025"):
    rows = re.search(r'name="rows"[^>]*value="([^"]+)"', verdict.text)[1]
    return client.post(f"{PAGE}masukkan", data={"key": str(uuid4()), "rows": rows, "on": on})


def judged(*rows, head=HEAD):
    return opening_list.examine([list(head), *([str(cell) for cell in row] for row in rows)])


def journals():
    return reports.journals(date(2025, 1, 1), date(2026, 12, 31))


def test_a_list_is_looked_at_first_and_records_nothing(treasurer, scope, coop):
    verdict = send(treasurer, listed())

    assert verdict.status_code == 200
    assert "Rp75.000" in verdict.text  # principal of three
    assert "Rp350.000" in verdict.text
    with scope(coop):
        assert journals() == []


def test_it_becomes_one_balanced_entry(treasurer, scope, coop):
    answer = enter(treasurer, send(treasurer, listed()))

    assert answer.status_code == 303
    assert "/jurnal/JU/2025/1" in answer.location
    with scope(coop):
        [journal] = journals()
        assert sum(line.debit for line in journal.postings) == 350_000
        assert ledger.balances_of(members.find(1).id) == {
            AccountRole.PRINCIPAL_SAVINGS: 25_000,
            AccountRole.MANDATORY_SAVINGS: 180_000,
            AccountRole.VOLUNTARY_SAVINGS: 50_000,
        }
        assert members.find(3).state is MemberState.ACTIVE
        assert verify.differences() == []


def test_the_same_list_again_changes_nothing(treasurer, scope, coop):
    first = send(treasurer, listed())
    enter(treasurer, first)

    twice = enter(treasurer, first)
    anew = send(treasurer, listed())

    assert twice.status_code == 303
    assert "unggah/masukkan" not in anew.text
    assert "3 anggota" in anew.text
    with scope(coop):
        assert len(journals()) == 1


def test_new_rows_in_the_list_are_entered_and_the_others_left_alone(treasurer, scope, coop):
    enter(treasurer, send(treasurer, listed(GOOD[0])))

    enter(treasurer, send(treasurer, listed()))

    with scope(coop):
        assert len(journals()) == 2
        assert ledger.balances_of(members.find(1).id)[AccountRole.PRINCIPAL_SAVINGS] == 25_000
        assert ledger.total(AccountRole.PRINCIPAL_SAVINGS) == 75_000


def test_what_was_taken_back_can_be_entered_anew(treasurer, scope, coop):
    enter(treasurer, send(treasurer, listed()))
    with scope(coop):
        ledger.reverse(journals()[0], reason="salah", on=date(2026, 1, 2))
        db.session.commit()

    enter(treasurer, send(treasurer, listed()))

    with scope(coop):
        assert ledger.total(AccountRole.PRINCIPAL_SAVINGS) == 75_000


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("A0009", "Siti", 1, 1, 1), "Tidak ada anggota"),
        (("", "Siti", 1, 1, 1), "Nomor dan NIK kosong"),
        (("A0001", "Joko", 1, 1, 1), "Siti Aminah"),
        (("A0001", "", 1, 1, 1), "Nama"),
        (("A0001", "Siti", "-5", 1, 1), "-5"),
        (("A0001", "Siti", "dua puluh", 1, 1), "dua puluh"),
        (("A0001", "Siti", "15.000,50", 1, 1), "15.000,50"),
        (("A0001", "Siti", "", "", ""), "Tidak ada jumlah"),
    ],
)
def test_a_row_that_cannot_be_is_told_why(treasurer, row, said):
    verdict = send(treasurer, listed(row, GOOD[1]))

    assert verdict.status_code == 200
    assert said in verdict.text
    assert "1 anggota bisa dimasukkan" in verdict.text


def test_members_are_known_by_their_nik_too(scope, coop):
    with scope(coop):
        head = ("NIK", "Nama", "Pokok")
        siti = members.find(1)

        assert judged((siti.nik, "Siti", 25_000), head=head)[0].number == 1
        head = ("NIK", *HEAD)
        [wrong] = judged((siti.nik, "A0002", "Budi", 1, 1, 1), head=head)
        assert wrong.verdict is Verdict.BAD


def test_twice_in_a_list_counts_once(scope, coop):
    with scope(coop):
        verdicts = [row.verdict for row in judged(GOOD[0], GOOD[0])]

        assert verdicts == [Verdict.GOOD, Verdict.BAD]


def test_other_amounts_than_the_books_hold_are_not_added(treasurer):
    enter(treasurer, send(treasurer, listed()))

    other = send(treasurer, listed(("A0001", "Siti", 25_000, 999_000, 0)))

    assert "Rp255.000" in other.text
    assert "unggah/masukkan" not in other.text


def test_what_is_written_down_by_hand_is_not_doubled(scope, coop):
    with scope(coop):
        account = ledger.account(AccountRole.PRINCIPAL_SAVINGS).id
        opening.write({(account, members.find(1).id): 25_000})

        assert judged(GOOD[0])[0].verdict is Verdict.BAD


def test_who_came_with_a_list_is_not_brought_in_by_hand_as_well(treasurer, scope, coop):
    enter(treasurer, send(treasurer, listed()))
    with scope(coop):
        account = ledger.account(AccountRole.PRINCIPAL_SAVINGS).id
        opening.write({(account, members.find(1).id): 25_000})
        with pytest.raises(Exception, match="Siti"):
            opening.record(date(2025, 12, 31))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7", "simpanan.pdf"),
        (b"not a workbook", "simpanan.xlsx"),
        (b"", "simpanan.csv"),
        (b"a;b;c\n1;2;3\n", "simpanan.csv"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_beside_the_field(treasurer, content, name):
    answer = send(treasurer, content, name)

    assert answer.status_code == 422
    assert 'id="file-wrong"' in answer.text


def test_a_file_that_is_too_large_is_said_beside_the_field(treasurer):
    large = {"key": str(uuid4()), "file": (io.BytesIO(b";" * 11 * 1024 * 1024), "simpanan.csv")}
    answer = treasurer.post(PAGE, **whole(large))

    assert answer.status_code == 422
    assert "10 MB" in answer.text


def test_a_closed_month_is_said_beside_the_day(treasurer, scope, coop):
    verdict = send(treasurer, listed())
    assert enter(treasurer, verdict, on="31-02-2025").status_code == 422
    assert enter(treasurer, verdict, on="31-12-2099").status_code == 422


def test_a_list_that_was_tampered_with_is_refused(treasurer):
    sent = {"key": str(uuid4()), "rows": "W10=.x.y", "on": "31-12-2025"}

    assert treasurer.post(f"{PAGE}masukkan", data=sent).status_code == 422


def test_the_list_to_fill_in_holds_the_members_and_can_be_sent_back(treasurer):
    blank = treasurer.get(f"{PAGE}daftar.xlsx")

    assert blank.status_code == 200
    verdict = send(treasurer, blank.data)
    assert verdict.text.count("Tidak ada jumlah") == 3


@pytest.mark.parametrize("role", [Role.CHAIR, Role.CASHIER, Role.SUPERVISOR])
def test_other_offices_do_not_bring_in_savings(sign_in, role):
    assert sign_in(role).get(PAGE).status_code == 403


def test_a_stranger_does_not_learn_of_it(sign_in, other_coop):
    assert sign_in(Role.TREASURER, other_coop).get(PAGE).status_code == 404
