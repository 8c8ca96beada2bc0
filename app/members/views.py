import re
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, abort, current_app, flash, render_template, request, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.core.identity import age_on
from app.dues import arrears
from app.dues.payments import missing_principal
from app.dues.standing import Standing, standing
from app.extensions import db
from app.ledger import party_history
from app.members import listing, passive, services
from app.members.forms import ConsentForm, MemberForm, ParticularsForm
from app.members.listing import Choice, Counts, Group
from app.members.models import Member, MemberState, PassiveSpell
from app.members.reading import SELDOM
from app.savings.services import balances
from app.web.access import may, require
from app.web.once import done, once
from app.web.paging import page_of
from app.web.templating import short_month
from app.web.words import MEMBER_GROUPS, MEMBER_STATES
from tenants.definitions import Key
from tenants.settings import setting

bp = Blueprint("members", __name__, url_prefix="/anggota", template_folder="templates")

PAGE = 25


@dataclass(frozen=True)
class StripMonth:
    label: str
    state: str


@bp.get("/")
@require(Permission.MEMBERS_VIEW)
def index() -> str:
    """The register: searched as one types, narrowed, a page at a time."""
    choice = _choice()
    query, counts = listing.chosen(choice, arrears.owing), listing.counts()
    total = counts.everybody if choice.is_everybody else listing.how_many(query)
    page = page_of(total, PAGE, lambda number: _href(choice, number))
    members = listing.part(query, first=page.first, size=PAGE)
    return render_template(
        "members/index.html",
        choice=choice,
        members=members,
        owed=arrears.owed_by(members) if members else {},
        page=page,
        chips=_chips(choice, counts),
        places=listing.places(),
        words=MEMBER_STATES,
    )


@bp.get("/baru")
@require(Permission.MEMBERS_MANAGE)
def new() -> str:
    return _new_page(MemberForm())


@bp.post("/baru")
@require(Permission.MEMBERS_MANAGE)
@once
def create():  # type: ignore[no-untyped-def]
    form = MemberForm()
    if not form.validate():
        return _new_page(form), 422
    try:
        member = services.register(form.particulars, on=clock.today(), consent=True)
    except services.AlreadyMember as error:
        form.refuse(form.nik, str(error))
        return _new_page(form, error.member), 422
    flash(_("%(name)s is registered as %(code)s.", name=member.name, code=member.code))
    _warn_of_age(member)
    return done(url_for("members.show", number=member.number))


@bp.get("/<int:number>/")
@require(Permission.MEMBERS_VIEW)
def show(number: int) -> str:
    return _card(_member(number))


@bp.post("/<int:number>/nik")
@require(Permission.MEMBERS_REVEAL)
def reveal(number: int) -> str:
    """The card with the whole NIK. It never stands in an address, hence no redirect."""
    member = _member(number)
    nik = services.reveal_nik(member)
    db.session.commit()
    return _card(member, nik=nik)


@bp.get("/<int:number>/ubah")
@require(Permission.MEMBERS_MANAGE)
def edit(number: int) -> str:
    """The particulars to correct. The form holds the NIK, so showing it is a look at it."""
    member = _member(number)
    form = ParticularsForm()
    form.show(member)
    services.reveal_nik(member)
    db.session.commit()
    return render_template("members/edit.html", form=form, member=member, known=None)


@bp.post("/<int:number>/ubah")
@require(Permission.MEMBERS_MANAGE)
@once
def amend(number: int):  # type: ignore[no-untyped-def]
    member, form, known = _member(number), ParticularsForm(), None
    if form.validate():
        try:
            services.amend(member, form.particulars)
            flash(_("The particulars have been changed."))
            return done(url_for("members.show", number=number))
        except services.AlreadyMember as error:
            form.refuse(form.nik, str(error))
            known = error.member
    return render_template("members/edit.html", form=form, member=member, known=known), 422


@bp.get("/<int:number>/persetujuan")
@require(Permission.MEMBERS_MANAGE)
def consent(number: int) -> str:
    """The text to be read out to somebody who came from a list and was not asked then."""
    return _consent_page(_member(number), ConsentForm(formdata=None))


@bp.post("/<int:number>/persetujuan")
@require(Permission.MEMBERS_MANAGE)
@once
def agree(number: int):  # type: ignore[no-untyped-def]
    member, form = _member(number), ConsentForm()
    if not form.validate():
        return _consent_page(member, form), 422
    services.agree(member)
    flash(_("It is noted that %(name)s agreed.", name=member.name))
    return done(url_for("members.show", number=number))


def _member(number: int) -> Member:
    # Numbers beyond the column's reach belong to nobody.
    return (services.find(number) if number < 2**31 else None) or abort(404)


def _typed(text: str) -> str:
    """What was searched for, without signs that no name, number or telephone has."""
    return "".join(c for c in text if c.isprintable() and (c.isascii() or c.isalpha()))[:60].strip()


def _choice() -> Choice:
    """What the address asks for; what it cannot mean does not narrow."""
    group, place = request.args.get("status", ""), request.args.get("rt", "")
    return Choice(
        _typed(request.args.get("q", "")),
        Group(group) if group in list(Group) else None,
        place if re.fullmatch(r"\d{3}(/\d{3})?", place) else "",
    )


def _href(choice: Choice, number: int = 1) -> str:
    more: dict[str, Any] = {
        "q": choice.text,
        "status": choice.group.value if choice.group else "",
        "rt": choice.place,
        "hal": number if number > 1 else "",
    }
    return url_for("members.index", **{name: value for name, value in more.items() if value})


def _chips(choice: Choice, counts: Counts) -> list[tuple[Any, str, bool, int | None]]:
    return [
        (_("All"), _href(replace(choice, group=None)), choice.group is None, counts.everybody),
        *(
            (MEMBER_GROUPS[g], _href(replace(choice, group=g)), g is choice.group, counts.of.get(g))
            for g in Group
            if g is Group.OWING or counts.of[g] or g is choice.group
        ),
    ]


def _consent_page(member: Member, form: ConsentForm) -> str:
    text = setting(Key.CONSENT, clock.today())
    return render_template("members/consent.html", member=member, form=form, consent=text)


def _new_page(form: MemberForm, known: Member | None = None) -> str:
    consent = setting(Key.CONSENT, clock.today())
    return render_template("members/new.html", form=form, known=known, consent=consent)


def _warn_of_age(member: Member) -> None:
    """A young person is only warned about: a married one may join. A NIK has two digits of the
    year, so that a child's says that they are over a hundred."""
    least, age = int(setting(Key.MINIMUM_AGE, clock.today())), age_on(member.born_on, clock.today())
    if age < least:
        flash(_("Younger than %(age)s: check that this person may join.", age=least), "warn")
    if age > SELDOM:
        words = _("%(age)s years old by the NIK. If not, correct the date of birth.", age=age)
        flash(words, "warn")


def _card(member: Member, nik: str = "") -> str:
    now, held = standing(member), balances(member)
    return render_template(
        "members/show.html",
        member=member,
        nik=nik,
        state=MEMBER_STATES[member.state],
        spell=_spell(member),
        months=_strip(now),
        standing=now,
        balances=held,
        owed_principal=0 if member.left_on else missing_principal(held, clock.today()),
        movements=party_history.latest(member.id, limit=8),
        receive=_receive_href(member),
    )


def _spell(member: Member) -> PassiveSpell | None:
    """Since when a member is passive; of the others nobody asks."""
    passive_now = member.state is MemberState.PASSIVE
    return next(iter(passive.spells_of(member)), None) if passive_now else None


def _strip(now: Standing) -> list[StripMonth]:
    """The last twelve months billed, oldest first."""
    return [StripMonth(short_month(month.period), month.state.value) for month in now.months[-12:]]


def _receive_href(member: Member) -> str | None:
    fits = "payments.receive" in current_app.view_functions and member.left_on is None
    if not fits or not may(Permission.SAVINGS_RECEIVE):
        return None
    return url_for("payments.receive", number=member.number)
