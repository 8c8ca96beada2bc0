"""A month of the books with one journal, and how its page is asked."""

from datetime import date
from uuid import uuid4

from app.core.period import Period
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.ledger.services import Source, credit, debit

MONTH = Period(2026, 3)
PAGE = "/k/maju/buku/tutup/2026-03"


def post(on=date(2026, 3, 2), *, key="1", against=AccountRole.GRANTS):
    lines = [debit(AccountRole.CASH, 45_000), credit(against, 45_000)]
    return ledger.post(on=on, memo="uji", source=Source("test", key), lines=lines)


def key(**more):
    return {"key": str(uuid4()), **more}
