"""Members who have not paid for months: proposed on a list, decided in one save."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.auth.permissions import Permission
from app.core import clock
from app.dues import arrears
from app.dues.arrears import Debtor
from app.dues.forms import PassiveForm, ResumeForm
from app.members import passive
from app.members import services as members
from app.web.access import require
from app.web.once import done, once
from tenants.definitions import Key
from tenants.settings import setting

bp = Blueprint("passive", __name__, url_prefix="/tagihan/pasif", template_folder="templates")


@bp.get("/")
@require(Permission.MEMBERS_MANAGE)
def index() -> str:
    """Who may become passive, and who is."""
    proposed = arrears.long_unpaid(_after())
    form = PassiveForm(formdata=None)
    form.reason.data = str(_("%(n)s months or more unpaid", n=_after()))
    return _page(form, proposed)


@bp.post("/")
@require(Permission.MEMBERS_MANAGE)
@once
def pause() -> Any:
    """Let those who are ticked be passive from today on."""
    proposed = arrears.long_unpaid(_after())
    form = PassiveForm()
    known = {debtor.number for debtor in proposed}
    fine = form.validate()
    if fine and not known.issuperset(form.members.data or []):
        form.refuse(form.members, _("Somebody has paid meanwhile; the list is new. Tick again."))
        fine = False
    if not fine:
        return _page(form, proposed), 422
    chosen = [member for number in form.members.data or [] if (member := members.find(number))]
    count = passive.pause(chosen, on=clock.today(), reason=form.reason.data or "")
    flash(ngettext("%(num)s member is passive now.", "%(num)s members are passive now.", count))
    return done(url_for("passive.index"))


@bp.post("/<int:number>/aktif")
@require(Permission.MEMBERS_MANAGE)
@once
def resume(number: int) -> Any:
    """Let a passive member be active again without having paid."""
    member = members.find(number) or abort(404)
    form = ResumeForm()
    reason = form.reason.data or "" if form.validate() else ""
    passive.resume([member], on=clock.today(), reason=reason)
    flash(_("%(name)s is active again.", name=member.name))
    return done(url_for("passive.index"))


def _after() -> int:
    return int(setting(Key.PASSIVE_AFTER, clock.today()))


def _page(form: PassiveForm, proposed: list[Debtor]) -> str:
    return render_template(
        "passive/index.html",
        form=form,
        after=_after(),
        proposed=proposed,
        passive=passive.now(),
        billed=setting(Key.PASSIVE_BILLED, clock.today()) == "billed",
        resume_form=ResumeForm(formdata=None),
    )
