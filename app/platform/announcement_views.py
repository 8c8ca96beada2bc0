"""Announcements: written by the city, read and put away by every officer."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.auth.permissions import Permission
from app.core import clock
from app.core.errors import Invalid
from app.platform import announcements
from app.platform.forms import AnnouncementForm
from app.platform.models import Announcement
from app.web.access import require
from app.web.forms import Form
from app.web.once import done, once

bp = Blueprint("announcements", __name__, url_prefix="/pengumuman", template_folder="templates")
here_bp = Blueprint("announced", __name__, url_prefix="/pengumuman")


@bp.get("/")
@require(Permission.ANNOUNCEMENTS_WRITE)
def index() -> str:
    return _page(AnnouncementForm(formdata=None, from_date=clock.today()))


@bp.post("/")
@require(Permission.ANNOUNCEMENTS_WRITE)
@once
def write() -> Any:
    form = AnnouncementForm()
    if not form.validate():
        return _page(form), 422
    days = {"from_date": form.from_date.data, "until_date": form.until_date.data}
    try:
        announcements.write(form.text.data or "", **days)
    except Invalid as error:
        form.refuse(form.until_date, str(error))
        return _page(form), 422
    flash(_("It stands on every officer's first page in these days."))
    return done(url_for("announcements.index"))


@bp.post("/<int:id>/turunkan")
@require(Permission.ANNOUNCEMENTS_WRITE)
@once
def take_down(id: int) -> Any:
    announcements.take_down(_found(id))
    flash(_("Nobody sees it any more."))
    return done(url_for("announcements.index"))


@here_bp.post("/<int:id>/tutup")
@require(Permission.COOP_VIEW)
@once
def dismiss(id: int) -> Any:
    announcements.dismiss(_found(id), current_user.id)
    return done(url_for("home.show"))


def _found(id: int) -> Announcement:
    return announcements.find(id) or abort(404)


def _page(form: AnnouncementForm) -> str:
    return render_template(
        "announcements/index.html",
        written=announcements.all_written(),
        form=form,
        again=Form(formdata=None),
    )
