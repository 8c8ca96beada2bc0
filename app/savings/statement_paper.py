"""The savings statement on paper: of one member, and of all members in one file."""

import re
from collections.abc import Callable
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask_babel import force_locale
from flask_babel import gettext as _

from app.core import clock
from app.core.money import Rupiah, terbilang
from app.downloads import services as downloads
from app.downloads.models import Download
from app.ledger.subsidiary import Balances, Movement
from app.printing.days import in_short, written
from app.printing.pdf import pdf
from app.savings import statements
from app.savings.services import KINDS
from app.savings.statements import Statement
from tenants.scope import current_tenant

_REPORT_EVERY = 50


def sheet(statement: Statement) -> bytes:
    """A4, as many pages as it takes. The NIK never stands on it."""
    with force_locale("id"):
        data = _content(statement) | {"words": _words(statement)}
    return pdf("savings/print/statement.typ", data, at=clock.now())


def bundle(year: int, report: Callable[[int, int], None]) -> tuple[Download, int]:
    """The statements of all members of a year, one PDF each, in one zip; and how many.

    Who never had any savings has none. The caller commits.
    """
    total, printed = statements.count(year), 0
    with TemporaryFile() as file:
        with ZipFile(file, "w") as bundled:
            for done, statement in enumerate(statements.all_statements(year)):
                if done % _REPORT_EVERY == 0:
                    report(done, total)
                if not statement.is_empty:
                    bundled.writestr(_entry(statement), sheet(statement), ZIP_DEFLATED)
                    printed += 1
        name = f"laporan-simpanan-{year}-{current_tenant().slug}.zip"
        return downloads.keep(file, name=name, mime="application/zip"), printed


def _entry(statement: Statement) -> ZipInfo:
    """A0012-Siti-Rohmah.pdf"""
    name = re.sub(r"\W+", "-", statement.member.name).strip("-")
    made_at = clock.now().astimezone(clock.CITY_TIMEZONE)
    return ZipInfo(f"{statement.member.code}-{name}.pdf", date_time=made_at.timetuple()[:6])


def _content(statement: Statement) -> dict[str, Any]:
    coop, member = current_tenant(), statement.member
    closing = sum(statement.closing.values())
    return {
        "cooperative": coop.legal_name,
        "address": coop.address,
        "member": member.name,
        "code": member.code,
        "neighbourhood": member.neighbourhood,
        "since": written(member.joined_on) if member.joined_on else "–",
        "opening": _row(statement.opening),
        "rows": [_moved(movement, after) for movement, after in statement.rows],
        "closing": _row(statement.closing),
        "spelled": terbilang(closing),
        "printed": written(clock.today()),
    }


def _row(amounts: Balances) -> list[int]:
    return [amounts.get(kind, 0) for kind in KINDS]


def _moved(movement: Movement, after: Rupiah) -> dict[str, Any]:
    return {
        "day": in_short(movement.on),
        "voucher": movement.voucher,
        "for": movement.memo,
        "void": movement.void,
        "amounts": _row(movement.amounts),
        "after": after,
    }


def _words(statement: Statement) -> dict[str, str]:
    first, last = written(statement.first), written(statement.last)
    return {
        "title": _("Savings statement"),
        "period": _("%(first)s through %(last)s", first=first, last=last),
        "member": _("Member"),
        "neighbourhood": _("RT/RW"),
        "since": _("Member since"),
        "day": _("Date"),
        "voucher": _("Receipt no."),
        "for": _("What for"),
        "principal": _("Principal"),
        "mandatory": _("Mandatory"),
        "voluntary": _("Voluntary"),
        "after": _("Balance"),
        "opening": _("Balance on %(day)s", day=first),
        "closing": _("Balance at the end of %(day)s", day=last),
        "void": _("VOID"),
        "spelled": _("In words"),
        "nothing": _("Nothing moved in this time."),
        "note": _("Anything wrong? Bring this sheet and your receipts to the treasurer."),
        "treasurer": _("Treasurer"),
    }
