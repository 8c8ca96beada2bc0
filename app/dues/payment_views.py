"""Taking money in: find the member, press the button with the amount, show the receipt."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for

from app.auth.permissions import Permission
from app.cash import shifts
from app.core.errors import DomainError
from app.core.money import Rupiah
from app.core.period import Period
from app.dues import arrears, payments
from app.dues.forms import PaymentForm
from app.dues.payments import Method, Payment
from app.dues.standing import (
    MonthState,
    Standing,
    covers,
    last_billed,
    months_ahead,
    standing,
    sum_of_next,
)
from app.extensions import db
from app.ledger import months as books
from app.members import services as members
from app.members.models import Member
from app.web.access import may, require
from app.web.once import done, once
from app.web.templating import month

bp = Blueprint("payments", __name__, url_prefix="/terima", template_folder="templates")

_OFFERED = (1, 3, 6, 12)
_MOST_AHEAD = 12  # months beyond what is owed, in the list of numbers of months
_SHOWN = 6  # months of the past in the strip


@dataclass(frozen=True)
class StripMonth:
    label: str
    state: MonthState


@dataclass(frozen=True)
class Offer:
    """A button that carries an amount: so many months, and which ones they are."""

    months: int
    amount: Rupiah
    covers: str


@bp.get("/")
@require(Permission.SAVINGS_RECEIVE)
def find() -> Any:
    """Who is paying? Searched as one types; the return key opens the only one it can be."""
    text = " ".join(request.args.get("q", "").split())[:60]
    found = _who(text)
    if len(found) == 1 and _is_meant(found[0], text) and "HX-Request" not in request.headers:
        return redirect(url_for("payments.receive", number=found[0].number))
    return render_template(
        "payments/find.html",
        q=text,
        found=found,
        owed=arrears.owed_by(found) if found else {},
        without_shift=_is_without_shift(),
        nobody=not text and not members.numbered_after(0, limit=1),
    )


@bp.get("/<int:number>/")
@require(Permission.SAVINGS_RECEIVE)
def receive(number: int) -> str:
    """One member, how they stand, and what they may want to pay."""
    member = members.find(number) or abort(404)
    return _page(member, PaymentForm(formdata=None), PaymentForm(formdata=None))


@bp.post("/<int:number>/")
@require(Permission.SAVINGS_RECEIVE)
@once
def record(number: int) -> Any:
    member = members.find(number) or abort(404)
    form = PaymentForm()
    if not form.validate():
        return _again(member, form)
    try:
        posted = payments.receive(
            member,
            _payment(form),
            on=form.on.data,
            key=g.form_key,
            method=Method(form.method.data),
            seen=form.paid_as_seen,
        )
    except DomainError as error:
        db.session.rollback()
        _explain(form, str(error))
        return _again(member, form)
    return done(
        url_for("receipts.show", kind=posted.kind.value, year=posted.year, number=posted.number)
    )


def _who(text: str) -> Sequence[Member]:
    """The members meant; a number as it stands on the card, A0005, is one member's."""
    if numbered := re.fullmatch(r"[Aa]0*([1-9]\d{0,5})", text):
        member = members.find(int(numbered[1]))
        return [member] if member else []
    return members.search(text) if text else []


def _is_meant(member: Member, text: str) -> bool:
    """Whether it was typed so; a name that merely sounds alike is shown first, not opened."""
    return text.casefold() in member.name.casefold() or any(c.isdecimal() for c in text)


def _is_without_shift() -> bool:
    """Whether to remind of opening a shift: cashiers always, others once they have had one."""
    if not may(Permission.CASH_HANDLE) or shifts.mine() is not None:
        return False
    return not may(Permission.CASH_MANAGE) or shifts.has_held()


def _payment(form: PaymentForm) -> Payment:
    return Payment(form.principal.data or 0, form.dues.data or 0, form.voluntary.data or 0)


def _explain(form: PaymentForm, message: str) -> None:
    """Put a broken rule beside the field that broke it."""
    if books.is_closed(form.on.data):
        form.refuse(form.on, message)
    elif form.principal.data:
        form.refuse(form.principal, message)
    else:
        form.refuse(form.dues, message)


def _again(member: Member, form: PaymentForm) -> tuple[str, int]:
    """The page once more, with what was typed and the fold with the fields open."""
    return _page(member, PaymentForm(formdata=None), form), 422


def _page(member: Member, quick: PaymentForm, other: PaymentForm) -> str:
    """Forms with a key each: buttons with amounts, a list of months, fields for any amount."""
    now = standing(member)
    chosen = PaymentForm(formdata=None)
    for form in (quick, chosen, other):
        form.seen.data = str(now.paid)
    missing = 0 if member.left_on else payments.owed_principal(member, quick.on.data)
    if missing and member.joined_on is None and not other.is_submitted():
        other.principal.data = missing
    return render_template(
        "payments/receive.html",
        member=member,
        now=now,
        missing=missing,
        strip=_strip(member, now),
        all_owed=_all_owed(now),
        offers=_offers(member, now, [n for n in _OFFERED if n != len(now.unpaid)]),
        choices=_offers(member, now, range(1, len(now.unpaid) + _MOST_AHEAD + 1)),
        quick=quick,
        chosen=_named("chosen", chosen),
        other=_named("other", other),
    )


def _named(prefix: str, form: PaymentForm) -> PaymentForm:
    """Ids of its own for a form, since the page holds several."""
    for field in form:
        field.id = f"{prefix}-{field.id}"
    return form


def _all_owed(now: Standing) -> Offer | None:
    """The button for everything unpaid; none for whoever owes nothing."""
    if not now.unpaid:
        return None
    months = [(month.period, month.owed) for month in now.unpaid]
    return Offer(len(months), now.owed, payments.describe(months))


def _offers(member: Member, now: Standing, counts: Iterable[int]) -> list[Offer]:
    """What so many months come to; whoever has left pays only what they owe."""
    after = last_billed(member, now)
    most = len(now.unpaid) if member.left_on else math.inf
    priced = [(n, sum_of_next(now, n, after=after)) for n in counts if n <= most]
    return [
        Offer(count, amount, payments.describe(covers(now, amount, after=after)))
        for count, amount in priced
        if amount > 0
    ]


def _strip(member: Member, now: Standing) -> list[StripMonth]:
    """The last months, those paid ahead, and the next one."""
    after = last_billed(member, now)
    ahead = [period for period, _part in months_ahead(member, now)][:_SHOWN]
    past = [StripMonth(_short(m.period), m.state) for m in now.months[-_SHOWN:]]
    paid = [StripMonth(_short(period), MonthState.PAID) for period in ahead]
    coming = (ahead[-1] if ahead else after).next()
    return [*past, *paid, StripMonth(_short(coming), MonthState.LATER)]


def _short(period: Period) -> str:
    return month(period).split()[0]
