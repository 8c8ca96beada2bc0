"""The people of the city, and any office as the operator may end it or renew its link."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.auth import services
from app.auth.forms import CityAppointForm, DismissForm
from app.auth.handover import hand_over
from app.auth.models import Office, User
from app.auth.office_views import dismissed, told_end
from app.auth.permissions import CITY, Permission, Role
from app.core import clock
from app.core.errors import DomainError
from app.platform import people
from app.web.access import require
from app.web.once import done, once
from tenants.queries import active_tenants, get_tenant

bp = Blueprint("people", __name__, url_prefix="/petugas", template_folder="templates")


@bp.get("/")
@require(Permission.CITY_OPERATE)
def index() -> str:
    return _page(_form(formdata=None, from_date=clock.today()))


@bp.post("/")
@require(Permission.CITY_OPERATE)
@once
def appoint() -> Any:
    """Give somebody an office of the city; a companion one for each cooperative ticked."""
    form = _form()
    user = _appointed(form) if form.validate() else None
    if user is None:
        return _page(form), 422
    if user.password_hash is None:
        return done(hand_over(user, back=url_for("people.index")))
    flash(_("%(name)s is appointed and signs in as before.", name=user.name))
    return done(url_for("people.index"))


@bp.get("/<int:id>")
@require(Permission.CITY_OPERATE)
def show(id: int) -> str:
    return _seat_page(*_seat(id), DismissForm(formdata=None, last_day=clock.today()))


@bp.post("/<int:id>/akhiri")
@require(Permission.CITY_OPERATE)
@once
def dismiss(id: int) -> Any:
    office, user = _seat(id)
    form = DismissForm()
    if not form.validate() or not dismissed(office, form):
        return _seat_page(office, user, form), 422
    flash(told_end(office, user))
    return done(_back(office))


@bp.post("/<int:id>/undangan")
@require(Permission.CITY_OPERATE)
@once
def renew(id: int) -> Any:
    office, user = _seat(id)
    return done(hand_over(user, back=_back(office)))


def _appointed(form: CityAppointForm) -> User | None:
    user = services.register_person(
        form.name.data or "", email=form.email.data or None, phone=form.phone.data
    )
    role = Role(form.role.data)
    ticked = form.cooperatives.data or [] if role is Role.CITY_COMPANION else []
    try:
        people.appoint(
            user,
            role,
            [get_tenant(tenant_id) for tenant_id in ticked],
            from_date=form.from_date.data,
            decree=form.decree.data or "",
        )
    except DomainError as error:
        form.refuse(form.role, str(error))
        return None
    return user


def _form(**values: Any) -> CityAppointForm:
    return CityAppointForm(**values).offer(active_tenants())


def _seat(id: int) -> tuple[Office, User]:
    return services.find_seat(id) or abort(404)


def _back(office: Office) -> str:
    """The list in which an office stands."""
    if office.role in CITY or office.tenant_id is None:
        return url_for("people.index")
    return url_for("operator.seats", name=get_tenant(office.tenant_id).slug)


def _page(form: CityAppointForm) -> str:
    return render_template("people/index.html", serving=people.serving(), form=form)


def _seat_page(office: Office, user: User, form: DismissForm) -> str:
    return render_template(
        "auth/office.html",
        office=office,
        person=user,
        where=get_tenant(office.tenant_id).ward if office.tenant_id else "",
        form=form,
        may_change=True,
        back=_back(office),
        end_url=url_for("people.dismiss", id=office.id),
        renew_url=url_for("people.renew", id=office.id),
    )
