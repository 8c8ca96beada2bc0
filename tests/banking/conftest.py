"""What the tests of the bank share: an account, its statement, and its fee."""

from datetime import date
from uuid import uuid4

import pytest

from app.banking import entering, statements
from app.cash import categories, tills
from app.cash.models import Direction, TillKind
from app.extensions import db
from app.ledger import services as ledger
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
