"""Signing in and out, the devices of a person, and their password."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from app.auth import services, sessions
from app.auth.forms import ChangePasswordForm, SetPasswordForm, SignInForm
from app.auth.handover import kept
from app.auth.models import User
from app.auth.permissions import CITY
from app.extensions import LANGUAGES, db, limiter
from app.web import resume
from app.web.access import personal, public
from app.web.forms import Form
from app.web.once import done, once
from tenants.queries import get_tenant

bp = Blueprint("auth", __name__, template_folder="templates")


@bp.get("/")
@public
def root() -> Any:
    """Lead a person to where they hold an office; to a choice where there are several."""
    if not current_user.is_authenticated:
        return redirect(url_for("auth.sign_in"))
    places = _places(current_user)
    if len(places) == 1:
        return redirect(places[0][1])
    return render_template("auth/places.html", places=places)


@bp.get("/masuk")
@public
def sign_in() -> str:
    return render_template("auth/sign_in.html", form=SignInForm(), lanjut=_own_path())


@bp.post("/masuk")
@public
@limiter.limit("60/minute")
@limiter.limit(
    "8/minute",
    key_func=lambda: sessions.name_key(request.form.get("username", "")),
    deduct_when=lambda response: response.status_code == 422,  # only what was refused counts
)
def enter() -> Any:
    form = SignInForm()
    user = (
        sessions.authenticate(form.username.data or "", form.password.data or "")
        if form.validate()
        else None
    )
    if user is None:
        if not form.errors:
            form.refuse(form.username, _("The name and the secret word do not belong together."))
        page = render_template(
            "auth/sign_in.html", form=form, lanjut=_own_path(), kept=request.form.get("kept", "")
        )
        return page, 422
    _open(user)
    return _go_on()


@bp.post("/keluar")
@public
def sign_out() -> Response:
    """Also for whom the session has run out already: leaving always works."""
    _end_present()
    logout_user()
    session.clear()
    response = redirect(url_for("auth.sign_in"), code=303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response  # type: ignore[return-value]


@bp.post("/bahasa")
@public
def language() -> Response:
    wanted = request.form.get("language", "")
    back = request.referrer or ""
    where = back if back.startswith(request.host_url) else url_for("auth.root")
    response = redirect(where, code=303)
    if wanted in LANGUAGES:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(
            "bahasa", wanted, max_age=31_536_000, samesite="Lax", secure=secure, httponly=True
        )
    return response  # type: ignore[return-value]


@bp.get("/perangkat")
@personal
def sessions_page() -> str:
    return _devices(ChangePasswordForm())


bp.add_url_rule("/perangkat", "sessions", sessions_page)


@bp.post("/perangkat/<int:id>/keluarkan")
@personal
@once
def end(id: int) -> Response:
    """End one of one's own sessions elsewhere."""
    sessions.end_session(current_user, id)
    flash(_("That device is signed out."))
    return done(url_for("auth.sessions"))


@bp.post("/perangkat/keluarkan-lain")
@personal
@once
def end_others() -> Response:
    """End every session but this one: a phone was lost, say."""
    sessions.end_all_sessions(current_user.id, but=current_user.session.id)
    flash(_("All other devices are signed out."))
    return done(url_for("auth.sessions"))


@bp.post("/kata-sandi")
@personal
@limiter.limit("8/minute")
def change_password() -> Any:
    """Not `@once`: nothing derived from a password is kept, and twice does no harm."""
    form = ChangePasswordForm()
    if not form.validate():
        return _devices(form), 422
    name = current_user.email or current_user.phone
    if sessions.authenticate(name, form.present_password.data or "") is None:
        form.refuse(form.present_password, _("This is not the present one."))
        return _devices(form), 422
    services.set_password(current_user, form.password.data or "", keep=current_user.session.id)
    db.session.commit()
    flash(_("The secret word is changed. Other devices are signed out."))
    return redirect(url_for("auth.sessions"), code=303)


@bp.get("/undangan/")
@personal
def handover() -> Any:
    """The link somebody has just made, to be copied or sent by WhatsApp."""
    made = kept()
    if made is None:
        flash(_("The link has been used or is too old. Make a new one."), "warn")
        return redirect(url_for("auth.root"))
    return render_template("auth/handover.html", made=made)


@bp.get("/undangan/<token>")
@public
@limiter.limit("30/minute")
def invitation(token: str) -> Any:
    user = services.find_invited(token)
    return _invitation(SetPasswordForm(), user) if user else _dead_invitation()


@bp.post("/undangan/<token>")
@public
@limiter.limit("30/minute")
def accept(token: str) -> Any:
    """Set the first password, once; the invitation is used up by it."""
    user = services.find_invited(token)
    if user is None:
        return _dead_invitation()
    form = SetPasswordForm()
    if not form.validate():
        return _invitation(form, user), 422
    services.set_password(user, form.password.data or "")
    db.session.commit()
    flash(_("The secret word is set. Sign in with it."))
    return redirect(url_for("auth.sign_in"), code=303)


def _invitation(form: SetPasswordForm, user: User) -> str:
    return render_template("auth/invitation.html", form=form, who=user)


def _dead_invitation() -> tuple[str, int]:
    """Used, replaced, too old or never made: the same answer, and whom to ask."""
    return render_template("auth/dead_invitation.html"), 410


def _open(user: User) -> None:
    """A new session under a new cookie; what the old cookie held is gone."""
    _end_present()
    session.clear()
    opened = sessions.open_session(user, device=_device(), address=request.remote_addr or "")
    db.session.commit()
    login_user(user)
    session["_user_id"] = opened.token


def _end_present() -> None:
    if current_user.is_authenticated:
        sessions.end_session(current_user, current_user.session.id)
        db.session.commit()


def _go_on() -> Any:
    """To what was being sent when a session ran out, else to the page that was asked for."""
    kept = resume.unpack(request.form.get("kept", ""))
    if kept is not None:
        return render_template("auth/resume.html", kept=kept)
    return redirect(_own_path() or url_for("auth.root"), code=303)


def _own_path() -> str:
    """The page to go on to, if it is one of ours."""
    wanted = request.values.get("lanjut", "")
    ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    return wanted if ours else ""


def _devices(form: ChangePasswordForm) -> str:
    return render_template(
        "auth/sessions.html", open=sessions.open_sessions(current_user), form=form, end=Form()
    )


def _device() -> str:
    """What a person would call the browser: "Chrome, Android"."""
    agent = request.user_agent.string
    browsers = ("Edg", "OPR", "SamsungBrowser", "Firefox", "Chrome", "Safari")
    systems = ("Android", "iPhone", "Windows", "Mac OS", "Linux")
    browser = next((name for name in browsers if name in agent), "")
    system = next((name for name in systems if name in agent), "")
    return ", ".join(part for part in (browser, system) if part) or agent[:60] or "?"


def _places(user: User) -> list[tuple[str, str]]:
    """Where a person may go, by name and address."""
    offices = services.offices_of(user)
    ids = {o.tenant_id for o in offices if o.tenant_id and o.role not in CITY}
    places = [(t.legal_name, f"/k/{t.slug}/") for t in map(get_tenant, sorted(ids))]
    if any(office.role in CITY for office in offices):
        places.append((_("Pekalongan City"), url_for("city.index")))
    return places
