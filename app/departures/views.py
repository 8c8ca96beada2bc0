"""Leaving: what it comes to, the papers, and paying out."""

from typing import Any

from flask import Blueprint, Response, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.approvals import services as approvals
from app.approvals.models import Approval
from app.auth.permissions import Permission
from app.cash import paying
from app.core import clock
from app.core.errors import DomainError
from app.departures import papers, services
from app.departures.forms import DepartureForm, RefundForm
from app.departures.models import DepartureKind
from app.extensions import db
from app.ledger import services as ledger
from app.ledger.services import Posted, Source
from app.members import services as members
from app.members.models import Member
from app.web.access import require
from app.web.once import done, once
from app.web.words import APPROVAL_STATES, DEPARTURES

bp = Blueprint("departures", __name__, url_prefix="/keluar", template_folder="templates")


@bp.get("/")
@require(Permission.MEMBERS_VIEW)
def index() -> str:
    """Who has left and is still owed something."""
    return render_template(
        "departures/index.html", owed=[(m, services.settlement(m)) for m in services.unpaid()]
    )


@bp.get("/<int:number>")
@require(Permission.MEMBERS_VIEW)
def show(number: int) -> str:
    member = _member(number)
    return _page(member, DepartureForm(formdata=None), RefundForm(formdata=None))


@bp.post("/<int:number>")
@require(Permission.MEMBERS_MANAGE)
@once
def depart(number: int) -> Any:
    member, form = _member(number), DepartureForm()
    if not (form.validate() and _note(member, form)):
        return _page(_member(number), form, RefundForm(formdata=None)), 422
    flash(_("%(name)s has left. What is owed back stands below.", name=member.name))
    return done(url_for("departures.show", number=number))


@bp.post("/<int:number>/bayar")
@require(Permission.SAVINGS_WITHDRAW)
@once
def refund(number: int) -> Any:
    member, form = _member(number), RefundForm()
    departure = services.find(member)
    form.to_heirs = departure is not None and departure.kind is DepartureKind.DEATH
    outcome = _pay(member, form) if form.validate() else None
    if outcome is None:
        return _page(_member(number), DepartureForm(formdata=None), form), 422
    if isinstance(outcome, Approval):
        flash(_("A second person has to approve this amount first."), "warn")
        return done(url_for("approvals.show", id=outcome.id))
    return done(
        url_for("receipts.show", kind=outcome.kind.value, year=outcome.year, number=outcome.number)
    )


@bp.get("/<int:number>/surat.pdf")
@require(Permission.MEMBERS_VIEW)
def paper(number: int) -> Response:
    """The statement of leaving with what is paid out, to be signed by both."""
    member = _member(number)
    departure = services.find(member) or abort(404)
    content = papers.statement(member, departure, services.settlement(member), at=clock.now())
    name = f"keluar-{member.code}.pdf"
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _note(member: Member, form: DepartureForm) -> bool:
    """False, with a message beside the day, when a rule forbids it."""
    try:
        services.depart(
            member,
            DepartureKind(form.kind.data),
            on=form.on.data,
            reason=form.reason.data or "",
            letter=form.letter.data or "",
        )
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.on, str(error))
        return False
    return True


def _pay(member: Member, form: RefundForm) -> Posted | Approval | None:
    """None, with a message beside the till, when a rule forbids it."""
    try:
        return services.ask_or_refund(
            member,
            on=form.on.data,
            recipient=form.recipient.data or "",
            papers=form.papers.data or "",
            till=paying.named(form.till.data),
        )
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.till, str(error))
        return None


def _member(number: int) -> Member:
    return (members.find(number) if number < 2**31 else None) or abort(404)


def _page(member: Member, form: DepartureForm, refund_form: RefundForm) -> str:
    departure = services.find(member)
    asked = approvals.find_by_key(services.KIND, services.key_of(member))
    paid = ledger.find_by_source(Source(services.KIND, services.key_of(member)))
    return render_template(
        "departures/show.html",
        member=member,
        departure=departure,
        settlement=services.settlement(member),
        kinds=DEPARTURES,
        form=form,
        refund_form=refund_form,
        asked=asked,
        states=APPROVAL_STATES,
        paid=paid,
    )
