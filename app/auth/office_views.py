"""The seats of a cooperative: who holds which office, appointing and dismissing."""

from typing import Any

from flask import Blueprint, abort, flash, g, render_template, url_for
from flask_babel import gettext as _

from app.auth import services
from app.auth.forms import AppointForm, DismissForm
from app.auth.handover import hand_over
from app.auth.models import Office, User
from app.auth.permissions import CITY, Permission, Role
from app.core import clock
from app.core.errors import DomainError
from app.web.access import may, require
from app.web.once import done, once
from app.web.templating import day

bp = Blueprint("offices", __name__, url_prefix="/pengurus", template_folder="templates")


@bp.get("/")
@require(Permission.OFFICES_VIEW)
def index() -> str:
    return _page(AppointForm(formdata=None, from_date=clock.today()))


@bp.post("/")
@require(Permission.OFFICES_MANAGE)
@once
def appoint() -> Any:
    """Give somebody an office; whoever has no password yet gets a link to set one."""
    form = AppointForm()
    if not form.validate():
        return _page(form), 422
    user = appointed(form, g.tenant)
    if user is None:
        return _page(form), 422
    if user.password_hash is None and services.may_invite(user, g.tenant):
        return done(hand_over(user, back=url_for("offices.index")))
    flash(_("%(name)s is appointed and signs in as before.", name=user.name))
    return done(url_for("offices.index"))


@bp.get("/<int:id>")
@require(Permission.OFFICES_VIEW)
def show(id: int) -> str:
    """One seat: its holder, and for whoever may change it, ending it and a new link."""
    return _seat_page(*_seat(id), DismissForm(formdata=None, last_day=clock.today()))


@bp.post("/<int:id>/akhiri")
@require(Permission.OFFICES_MANAGE)
@once
def dismiss(id: int) -> Any:
    office, user = _seat(id)
    form = DismissForm()
    if not form.validate() or not dismissed(office, form):
        return _seat_page(office, user, form), 422
    flash(told_end(office, user))
    return done(url_for("offices.index"))


@bp.post("/<int:id>/undangan")
@require(Permission.OFFICES_MANAGE)
@once
def renew(id: int) -> Any:
    """A new link for somebody who lost theirs or forgot the password; the old one dies."""
    _office, user = _seat(id)
    if not services.may_invite(user, g.tenant):
        raise DomainError(
            _("%(name)s serves elsewhere too: ask the operator for a link.", name=user.name)
        )
    return done(hand_over(user, back=url_for("offices.index")))


def appointed(form: AppointForm, tenant: Any) -> User | None:
    """Give the person of a form an office; None, with a message beside it, if that cannot be."""
    user = _person(form)
    if user is None:
        return None
    try:
        services.appoint(
            user,
            Role(form.role.data),
            tenant,
            from_date=form.from_date.data,
            until_date=form.until_date.data,
            decree=form.decree.data or "",
            is_ward_head=form.is_ward_head.data,
        )
    except DomainError as error:
        form.refuse(form.role, str(error))
        return None
    return user


def _person(form: AppointForm) -> User | None:
    """Who is meant; None, with a message beside the way to reach them, if it is somebody else."""
    phone, email = form.phone.data, form.email.data or None
    try:
        return services.register_person(form.name.data or "", email=email, phone=phone)
    except DomainError as error:
        form.refuse(form.phone if phone else form.email, str(error))
        return None


def dismissed(office: Office, form: DismissForm) -> bool:
    """End an office; False, with a message beside the day, if it cannot end then."""
    try:
        services.dismiss(office, last_day=form.last_day.data)
    except DomainError as error:
        form.refuse(form.last_day, str(error))
        return False
    return True


def told_end(office: Office, user: User) -> str:
    """What is said when an office was ended, which may be on a day to come."""
    last_day = office.until_date
    if last_day is not None and last_day >= clock.today():
        return str(
            _(
                "The office of %(name)s ends with %(day)s and opens nothing after that.",
                name=user.name,
                day=day(last_day),
            )
        )
    return str(_("The office has ended. %(name)s is signed out everywhere.", name=user.name))


def _seat(id: int) -> tuple[Office, User]:
    found = services.find_seat(id)
    if found is None or found[0].role in CITY:
        abort(404)
    return found


def _page(form: AppointForm) -> str:
    seats = services.seats(g.tenant)
    return render_template(
        "auth/offices.html",
        seats=seats,
        warnings=services.warnings([office for office, _user in seats], clock.today()),
        form=form,
    )


def _seat_page(office: Office, user: User, form: DismissForm) -> str:
    return render_template(
        "auth/office.html",
        office=office,
        person=user,
        form=form,
        may_change=may(Permission.OFFICES_MANAGE),
        back=url_for("offices.index"),
        end_url=url_for("offices.dismiss", id=office.id),
        renew_url=url_for("offices.renew", id=office.id),
    )
