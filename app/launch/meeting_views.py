"""Where a cooperative records that its members met (RAT) over a book year."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.core.errors import Invalid
from app.launch import documents, meetings
from app.launch.forms import MeetingForm
from app.launch.meetings import BookYear
from app.web.access import require
from app.web.once import done, once

bp = Blueprint("meetings", __name__, url_prefix="/rat", template_folder="templates")


@bp.get("/")
@require(Permission.OFFICES_VIEW)
def index() -> str:
    """Each book year: held, due or not due yet."""
    return render_template("launch/meetings.html", years=meetings.book_years(clock.today()))


@bp.get("/<int:year>")
@require(Permission.PARTICULARS_MANAGE)
def edit(year: int) -> str:
    about = _found(year)
    minutes = meetings.minutes_of(about)
    number = minutes.number if minutes else ""
    return _page(about, MeetingForm(formdata=None, obj=about.meeting, number=number))


@bp.post("/<int:year>")
@require(Permission.PARTICULARS_MANAGE)
@once
def record(year: int) -> Any:
    about, form = _found(year), MeetingForm()
    paper = form.read_paper() if form.validate() else None
    if form.errors:
        return _page(about, form), 422
    try:
        meetings.record(
            about,
            held_on=form.held_on.data,
            attended=form.attended.data,
            number=form.number.data or "",
            paper=paper,
        )
    except Invalid as error:
        early = form.held_on.data.year <= year
        form.refuse(form.held_on if early else form.paper, str(error))
        return _page(about, form), 422
    flash(_("The meeting is recorded; the city sees the day and nothing else."))
    return done(url_for("meetings.index"))


def _found(year: int) -> BookYear:
    return meetings.find(year) or abort(404)


def _page(about: BookYear, form: MeetingForm) -> str:
    return render_template(
        "launch/meeting.html",
        about=about,
        form=form,
        minutes=meetings.minutes_of(about),
        most=documents.largest() // 1024 // 1024,
    )
