"""The books as others' programs read them: beancount and hledger come to our trial balance."""

import os
import shutil
import subprocess
from datetime import date

import pytest
from beancount import loader
from beancount.core import realization
from sqlalchemy import text

from app.extensions import db
from app.ledger import reports
from app.ledger import services as ledger
from app.ledger.export import Extent, Format, export
from app.ledger.models import AccountRole
from app.ledger.services import Line, Source, credit, debit
from tests.factories import make_member, pay

YEARS = [None, 2025, 2026]
NAME = 'Siti "Rahasia" \\ Rohmah; dkk, | tag:x'


@pytest.fixture(autouse=True)
def books(scope, coop):
    """A year and a bit: members, an expense, a reversal, a loss, awkward words."""
    with scope(coop):
        siti = make_member(NAME)
        pay(siti, on=date(2025, 6, 12), principal=25_000, dues=45_000, voluntary=7)
        pay(make_member("Budi"), on=date(2026, 2, 3), voluntary=100_001)
        power = reports.find_account("6.1.3.01").id
        lines = [Line(power, debit=33_333), credit(AccountRole.BANK_BRI, 33_333)]
        for key, day in (("1", date(2025, 12, 31)), ("2", date(2026, 1, 1))):
            posted = ledger.post(
                on=day, memo='listrik; "Des"\\', source=Source("t", key), lines=lines
            )
        journal = ledger.find_journal(posted.kind, posted.year, posted.number)
        ledger.reverse(journal, reason="salah", on=date(2026, 1, 2))
        lines = [debit(AccountRole.OPENING, 5), credit(AccountRole.CASH, 5)]
        ledger.post(on=date(2026, 3, 1), memo="", source=Source("t", "3"), lines=lines)
        db.session.commit()


@pytest.fixture
def ours(scope, coop):
    """Our trial balance: the code of each account with what it holds, debit positive."""

    def read(year):
        with scope(coop):
            extent = Extent.of(year)
            lines = reports.trial_balance(extent.first, extent.last).lines
            return {line.code.replace(".", "-"): line.closing for line in lines if line.closing}

    return read


@pytest.fixture
def written(scope, coop, tmp_path):
    def write(format, year=None, names=False):
        file = tmp_path / f"books.{format}"
        with scope(coop):
            file.write_text("\n".join(export(format, year=year, names=names)) + "\n")
        return file

    return write


@pytest.fixture
def hledger():
    """The program itself; on the build server it must be there."""
    found = shutil.which("hledger")
    if not found:
        assert not os.environ.get("CI"), "hledger is missing on the build server"
        pytest.skip("no hledger here (to have it: apt-get install hledger)")

    def run(file, *arguments):
        command = [found, "--file", str(file), "--strict", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def code_of(account):
    return "-".join(account.split(":")[-1].split("-")[:4])


@pytest.mark.parametrize("year", YEARS)
def test_beancount_comes_to_our_trial_balance(written, ours, year):
    entries, errors, _options = loader.load_file(str(written(Format.BEANCOUNT, year)))

    assert errors == []
    theirs = {}
    for account in realization.iter_children(realization.realize(entries)):
        for position in account.balance:
            assert position.units.currency == "IDR"
            theirs[code_of(account.account)] = int(position.units.number)
    assert theirs == ours(year) != {}


@pytest.mark.parametrize("year", YEARS)
def test_hledger_comes_to_our_trial_balance(written, ours, hledger, year):
    file = written(Format.HLEDGER, year)
    hledger(file, "check", "--strict")

    said = hledger(file, "balance", "--flat", "--no-total", "--output-format", "csv")

    rows = [line.replace('"', "").split(",") for line in said.splitlines()[1:]]
    theirs = {code_of(account): int(amount.removesuffix(" IDR")) for account, amount in rows}
    assert theirs == ours(year) != {}


@pytest.mark.parametrize("format", Format)
def test_a_year_begins_with_what_was_there_by_party(written, format):
    said = written(format, 2026).read_text()

    assert "Saldo awal tahun" in said
    assert "2025-" not in said.replace("SALDO-2025", "")
    assert "Saldo awal tahun" not in written(format).read_text()


@pytest.mark.parametrize("format", Format)
def test_a_balance_that_is_kept_wrongly_is_refused_by_the_program(
    written, hledger, scope, coop, format
):
    with scope(coop):
        wrong = "UPDATE account_months SET debit = debit + 1 WHERE debit = 33333"
        db.session.execute(text(wrong))
        db.session.commit()

    file = written(format)

    if format is Format.BEANCOUNT:
        assert "Balance failed" in str(loader.load_file(str(file))[1])
    else:
        with pytest.raises(AssertionError, match="assertion"):
            hledger(file, "check")


@pytest.mark.parametrize("format", Format)
def test_names_stay_behind_unless_asked_for(written, format):
    without, with_names = (written(format, names=names).read_text() for names in (False, True))

    for name in ("Siti", "Budi", "listrik"):
        assert name not in without
        assert name in with_names


def test_an_unknown_cooperative_is_said_in_one_sentence(app):
    asked = ["ledger", "export", "--tenant", "tiada", "--format", "hledger"]

    done = app.test_cli_runner().invoke(args=asked)

    assert done.exit_code == 1
    assert done.stderr == "Error: there is no cooperative 'tiada'\n"
