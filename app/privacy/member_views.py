"""The member's side: their own data behind the link they were sent."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, Response, abort, flash, render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.extensions import db, limiter
from app.members import services as members
from app.members.models import Member
from app.privacy import paper, record, services
from app.privacy.forms import CorrectionForm
from app.web.access import public
from app.web.once import done, once
from app.web.words import CORRECTION_STATES
from tenants.queries import find_tenant_by_id
from tenants.scope import tenant_scope

bp = Blueprint("my_data", __name__, url_prefix="/data-saya", template_folder="templates")
limiter.limit("60/minute")(bp)


@bp.get("/<token>")
@public
def show(token: str) -> str:
    with _member(token) as member:
        return _page(token, member, CorrectionForm(formdata=None))


@bp.get("/<token>/salinan.pdf")
@public
def as_pdf(token: str) -> Response:
    with _member(token) as member:
        content = paper.copy(record.everything(member), at=clock.now())
    return _file(content, "application/pdf", "data-saya.pdf")


@bp.get("/<token>/salinan.json")
@public
def as_json(token: str) -> Response:
    with _member(token) as member:
        content = json.dumps(record.everything(member), ensure_ascii=False, indent=1)
    return _file(content.encode(), "application/json", "data-saya.json")


@bp.post("/<token>/pembetulan")
@public
@once
def ask(token: str) -> Any:
    with _member(token, looks=False) as member:
        form = CorrectionForm()
        if not form.validate():
            return _page(token, member, form), 422
        services.ask_correction(member, form.text.data or "")
        flash(_("Your request is kept. The cooperative answers here."))
        return done(url_for("my_data.show", token=token))


@contextmanager
def _member(token: str, *, looks: bool = True) -> Iterator[Member]:
    """The member whose link this is, in the scope of their cooperative; a look is noted."""
    known = services.read_token(token)
    tenant = find_tenant_by_id(known[0]) if known else None
    if known is None or tenant is None or not tenant.is_active:
        abort(404)
    with tenant_scope(tenant):
        member = members.find_by_party(known[1]) or abort(404)
        if looks:
            services.note_look(member, by_link=True)
            db.session.commit()
        yield member


def _page(token: str, member: Member, form: CorrectionForm) -> str:
    return render_template(
        "privacy/mine.html",
        token=token,
        member=member,
        record=record.everything(member),
        form=form,
        states=CORRECTION_STATES,
    )


def _file(content: bytes, mimetype: str, name: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
