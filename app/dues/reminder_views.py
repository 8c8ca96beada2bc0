"""Who owes, and a tap that opens WhatsApp with the cooperative's own words."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.auth.permissions import Permission
from app.core.period import Period
from app.dues import arrears, collection, reminders
from app.dues.arrears import BUCKETS
from app.dues.collection import Place
from app.dues.forms import ReminderTextForm
from app.dues.reminders import Reminded
from app.dues.standing import DuesMonth, Standing
from app.dues.standings import Position, positions
from app.members import services as members
from app.members.models import Member
from app.web.access import require
from app.web.once import done, once

bp = Blueprint("reminders", __name__, url_prefix="/tagihan/pengingat", template_folder="templates")

_SHOWN = 200


@dataclass(frozen=True)
class Owing:
    """A member to be reminded: what they owe, the finished text, and the last time."""

    member: Member
    position: Position
    href: str
    last: Reminded | None


@bp.get("/")
@require(Permission.DUES_REMIND)
def index() -> str:
    """Everybody with a month that has fallen due, by place and by age."""
    place = Place.parse(request.args.get("tempat", "").replace("\x00", ""))
    age = request.args.get("umur", "")
    debtors = arrears.debtors()
    numbers = [d.number for d in debtors if place.holds(d) and age in ("", d.oldest)]
    return render_template(
        "reminders/index.html",
        owing=_owing(numbers[:_SHOWN]),
        total=len(numbers),
        place=place,
        places=_places(debtors),
        age=age,
        buckets=BUCKETS,
        latest=reminders.latest(),
        ago=ago,
    )


@bp.post("/<int:number>")
@require(Permission.DUES_REMIND)
@once
def note(number: int) -> Any:
    """Note that WhatsApp was opened for a member; the page sends this beside the tap."""
    member = members.find(number) or abort(404)
    reminders.note(member, positions([member])[member.id])
    return done(url_for("reminders.index"))


@bp.get("/teks")
@require(Permission.SETTINGS_MANAGE)
def text() -> str:
    return _text_page(ReminderTextForm(formdata=None, text=reminders.template()))


@bp.post("/teks")
@require(Permission.SETTINGS_MANAGE)
@once
def change_text() -> Any:
    """Save the text, or only show what it would say."""
    form = ReminderTextForm()
    if not form.validate():
        return _text_page(form), 422
    if "contoh" in request.form:
        return _text_page(form)
    reminders.change_template(form.text.data or "")
    flash(_("From today on reminders say this."))
    return done(url_for("reminders.index"))


def ago(last: Reminded) -> str:
    """When somebody was reminded, as one says it."""
    if last.days_ago < 1:
        return str(_("reminded today"))
    if last.days_ago == 1:
        return str(_("reminded yesterday"))
    return str(ngettext("reminded %(num)s day ago", "reminded %(num)s days ago", last.days_ago))


def _owing(numbers: list[int]) -> list[Owing]:
    rows = {row.member.number: row for row in collection.rows_of(numbers)}
    last = reminders.last_of([row.member.id for row in rows.values()])
    template = reminders.template()
    return [
        Owing(row.member, row.position, _href(row, template), last.get(row.member.id))
        for row in (rows[number] for number in numbers)
    ]


def _href(row: collection.Row, template: str) -> str:
    text = reminders.fill(template, row.member.name, row.position)
    return reminders.whatsapp(row.member, text)


def _places(debtors: Any) -> list[tuple[Place, str, int]]:
    """The places where somebody owes, with how many."""
    found = [
        (place, place.name, sum(place.holds(debtor) for debtor in debtors))
        for place, _count in collection.places()
    ]
    return [place for place in found if place[2]]


def _text_page(form: ReminderTextForm) -> str:
    months = [DuesMonth(Period.current().plus(-n), 15_000, 0) for n in (2, 1, 0)]
    sample = Position(Standing(months, 0), Period.current())
    text = form.text.data or ""
    return render_template(
        "reminders/text.html",
        form=form,
        preview="" if form.errors else reminders.fill(text, "Siti Rohmah", sample),
    )
