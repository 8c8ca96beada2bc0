"""The statement of a payer on paper: for whom, what and when, with what was taken back."""

from typing import Any

from app.core import clock
from app.core.money import terbilang
from app.dues.payers import PaidFor, Statement
from app.printing.days import in_short, written
from app.printing.pdf import pdf
from tenants.scope import current_tenant


def printed(statement: Statement) -> bytes:
    coop = current_tenant()
    data = {
        "coop": coop.legal_name,
        "address": coop.address,
        "payer": statement.payer.name,
        "first": in_short(statement.first),
        "last": in_short(statement.last),
        "day": written(clock.today()),
        "total": statement.total,
        "spelled": terbilang(statement.total),
        "members": statement.members,
        "lines": [_line(line) for line in statement.lines],
    }
    return pdf("dues/print/payer.typ", data, at=clock.now())


def _line(line: PaidFor) -> dict[str, Any]:
    return {
        "on": in_short(line.on),
        "proof": str(line.proof),
        "member": line.member.name,
        "code": line.member.code,
        "what": line.what,
        "amount": line.amount,
        "void": line.proof.is_void,
    }
