"""Ledgers of accounts and of parties, on paper and as workbooks."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.ledger import parties, reports
from app.ledger.forms import LedgerForm
from app.ledger.models import Account
from app.statements import ledgers, paper
from app.statements.downloads import answer, carried, dated, told_on
from app.statements.paper import Table
from app.web.access import require

bp = Blueprint("account_books", __name__, url_prefix="/laporan", template_folder="templates")


@bp.get("/buku-besar/<code>.pdf")
@require(Permission.LEDGER_VIEW)
@dated
def pdf(code: str) -> Response:
    return _file(_account_book(code), "pdf", f"buku-besar-{code}")


@bp.get("/buku-besar/<code>.xlsx")
@require(Permission.LEDGER_VIEW)
@dated
def workbook(code: str) -> Response:
    return _file(_account_book(code), "xlsx", f"buku-besar-{code}")


@bp.get("/neraca-saldo.pdf")
@require(Permission.LEDGER_VIEW)
@dated
def trial_pdf() -> Response:
    return _file(_trial_balance(), "pdf", "neraca-saldo")


@bp.get("/neraca-saldo.xlsx")
@require(Permission.LEDGER_VIEW)
@dated
def trial_workbook() -> Response:
    return _file(_trial_balance(), "xlsx", "neraca-saldo")


@bp.get("/buku-pembantu/")
@require(Permission.LEDGER_VIEW)
def subsidiaries() -> str:
    """The accounts that have a subsidiary ledger."""
    return render_template("statements/subsidiaries.html", accounts=parties.accounts())


@bp.get("/buku-pembantu/<code>")
@require(Permission.LEDGER_VIEW)
def subsidiary(code: str) -> tuple[str, int]:
    """What each party has in an account (buku pembantu)."""
    account, form = _asked(code)
    fine = _days(form)
    known = {"known_at": form.diketahui.data}
    page = render_template(
        "statements/subsidiary.html",
        account=account,
        form=form,
        lines=parties.balances(account, form.dari.data, form.sampai.data, **known) if fine else [],
        fine=fine,
        carried=carried(),
    )
    return page, 200 if fine else 422


@bp.get("/buku-pembantu/<code>.pdf")
@require(Permission.LEDGER_VIEW)
@dated
def subsidiary_pdf(code: str) -> Response:
    return _file(_subsidiary_book(code), "pdf", f"buku-pembantu-{code}")


@bp.get("/buku-pembantu/<code>.xlsx")
@require(Permission.LEDGER_VIEW)
@dated
def subsidiary_workbook(code: str) -> Response:
    return _file(_subsidiary_book(code), "xlsx", f"buku-pembantu-{code}")


def _account_book(code: str) -> tuple[Table, LedgerForm]:
    account, form = _asked(code)
    _days(form) or told_on("ledger.account", code=code)
    return (
        ledgers.account_book(account, form.dari.data, form.sampai.data, **_narrowed(form)),
        form,
    )


def _subsidiary_book(code: str) -> tuple[Table, LedgerForm]:
    account, form = _asked(code)
    _days(form) or told_on("account_books.subsidiary", code=code)
    known_at = form.diketahui.data
    return (
        ledgers.subsidiary_book(account, form.dari.data, form.sampai.data, known_at=known_at),
        form,
    )


def _trial_balance() -> tuple[Table, LedgerForm]:
    form = LedgerForm(request.args, meta={"csrf": False})
    _days(form) or told_on("ledger.trial_balance")
    return ledgers.trial_balance_book(form.dari.data, form.sampai.data, **_narrowed(form)), form


def _asked(code: str) -> tuple[Account, LedgerForm]:
    account = reports.find_account(code) or abort(404)
    return account, LedgerForm(request.args, meta={"csrf": False})


def _days(form: LedgerForm) -> bool:
    """Fill in the days that were left out; False, said beside the field, for wrong ones."""
    fine = bool(form.validate())
    if not form.sampai.typed:
        form.sampai.data = clock.today()
    if not form.dari.typed and form.sampai.data:
        form.dari.data = form.sampai.data.replace(month=1, day=1)
    if fine and form.dari.data > form.sampai.data:
        form.refuse(form.dari, _("The first day is after the last."))
        return False
    return fine


def _narrowed(form: LedgerForm) -> dict[str, Any]:
    return {"unit": form.unit, "known_at": form.diketahui.data}


def _file(made: tuple[Table, LedgerForm], kind: str, name: str) -> Response:
    table, form = made
    make = paper.table_pdf if kind == "pdf" else paper.table_workbook
    return answer(make(table, form.diketahui.data), kind, name, form.sampai.data)
