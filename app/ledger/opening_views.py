"""Opening balances: written down page by page, looked at as a whole, recorded once."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core.period import Period
from app.ledger import opening, services
from app.ledger.entry_forms import RecordOpeningForm, amounts_form
from app.ledger.models import Account, AccountType
from app.members import services as members
from app.members.models import Member
from app.web.access import require
from app.web.once import done, once
from app.web.words import ACCOUNT_TYPES
from tenants.definitions import Key
from tenants.settings import setting

bp = Blueprint("opening", __name__, url_prefix="/buku/saldo-awal", template_folder="templates")

PAGE = 20


@bp.get("/")
@require(Permission.LEDGER_VIEW)
def show() -> str:
    """What is written down so far, what is left to explain, and the last step."""
    return _sheet_page(RecordOpeningForm(formdata=None, on=_last_month_end()))


@bp.post("/")
@require(Permission.LEDGER_POST)
@once
def record() -> Any:
    form = RecordOpeningForm()
    if not form.validate():
        return _sheet_page(form), 422
    opening.record(form.on.data)
    _admit_paid_up(form.on.data)
    flash(_("The opening balances are in the books."))
    return done(url_for("opening.show"))


@bp.get("/akun")
@require(Permission.LEDGER_POST)
def accounts() -> str:
    return _accounts_page(opening.accounts(), None)


@bp.post("/akun")
@require(Permission.LEDGER_POST)
@once
def write_accounts() -> Any:
    asked = opening.accounts()
    form = _account_fields(asked)()
    if not form.validate():
        return _accounts_page(asked, form), 422
    opening.write({(a.id, None): form[f"account{a.id}"].data or 0 for a in asked})
    flash(_("Written down. It is in the books only after the last step."))
    return done(url_for("opening.show"))


@bp.get("/anggota")
@require(Permission.LEDGER_POST)
def savings() -> str:
    return _savings_page(_members_from(_after()), None)


@bp.post("/anggota")
@require(Permission.LEDGER_POST)
@once
def write_savings() -> Any:
    people = _members_from(_after())
    form = _member_fields(people)()
    if not form.validate():
        return _savings_page(people, form), 422
    opening.write(
        {
            (services.account(role).id, person.id): form[_name(person, role)].data or 0
            for person in people
            for role in opening.BY_MEMBER
        }
    )
    flash(_("Written down. It is in the books only after the last step."))
    more = members.numbered_after(people[-1].number, limit=1) if people else []
    if more:
        return done(url_for("opening.savings", setelah=people[-1].number))
    return done(url_for("opening.show"))


def _admit_paid_up(on: date) -> None:
    """Whoever had paid all of the principal before is a member, as with any other payment."""
    asked = int(setting(Key.PRINCIPAL, on))
    for party_id, amount in opening.principals():
        person = members.find_by_party(party_id)
        if person is not None and amount >= asked:
            members.activate(person, on=on)


def _sheet_page(form: RecordOpeningForm) -> str:
    return render_template(
        "ledger/opening.html", form=form, sheet=opening.sheet(), recorded=opening.recorded()
    )


def _accounts_page(asked: Any, form: Any) -> str:
    if form is None:
        known = opening.written()
        values = {f"account{a.id}": known.get((a.id, None)) for a in asked}
        form = _account_fields(asked)(formdata=None, data=values)
    groups = [
        (ACCOUNT_TYPES[kind], [form[f"account{a.id}"] for a in asked if a.type is kind])
        for kind in AccountType
    ]
    return render_template("ledger/opening_accounts.html", form=form, groups=groups)


def _account_fields(asked: Any) -> Any:
    return amounts_form(
        (f"account{a.id}", f"{a.code} {a.name}", _may_be_negative(a)) for a in asked
    )


def _may_be_negative(account: Account) -> bool:
    """A loss carried on stands in equity as less than nothing."""
    return account.type is AccountType.EQUITY


def _savings_page(people: Any, form: Any) -> str:
    if form is None:
        known = opening.written([person.id for person in people])
        values = {
            _name(person, role): known.get((services.account(role).id, person.id))
            for person in people
            for role in opening.BY_MEMBER
        }
        form = _member_fields(people)(formdata=None, data=values)
    rows = [
        (person, [form[_name(person, role)] for role in opening.BY_MEMBER]) for person in people
    ]
    return render_template("ledger/opening_savings.html", form=form, rows=rows, after=_after())


def _member_fields(people: Any) -> Any:
    labels = {role: services.account(role).name for role in opening.BY_MEMBER}
    return amounts_form(
        (_name(person, role), labels[role], False)
        for person in people
        for role in opening.BY_MEMBER
    )


def _name(person: Member, role: Any) -> str:
    return f"member{person.id}_{role.value}"


def _members_from(number: int) -> Any:
    return members.numbered_after(number, limit=PAGE)


def _after() -> int:
    written = request.args.get("setelah", "0")
    return int(written) if written.isdecimal() and len(written) < 10 else 0


def _last_month_end() -> Any:
    return Period.current().first_day - timedelta(days=1)
