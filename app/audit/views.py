from typing import Any

from flask import Blueprint, render_template, request, url_for

from app.audit import services
from app.audit.forms import FilterForm
from app.audit.services import Filter
from app.auth.permissions import Permission
from app.web.access import require
from app.web.trail_values import names_somebody, told
from app.web.trail_words import ACTIONS, FIELDS, RECORDS

bp = Blueprint("audit", __name__, url_prefix="/jejak", template_folder="templates")


@bp.get("/")
@require(Permission.AUDIT_VIEW)
def index() -> Any:
    """Who did what, with what it was before and after; the latest first."""
    form = FilterForm(request.args, meta={"csrf": False})
    form.offer()
    if not form.validate():
        return _page(form, []), 422
    return _page(form, services.events(_filter(form), before_id=_before()))


def _before() -> int | None:
    return request.args.get("sebelum", type=int)


def _filter(form: FilterForm) -> Filter:
    return Filter(
        actor_id=int(form.orang.data) if form.orang.data else None,
        record=form.catatan.data or None,
        record_id=(form.nomor.data or "").strip() or None,
        on=form.hari.data,
    )


def _page(form: FilterForm, found: Any) -> str:
    last = found[-1][0].id if len(found) == services.PAGE else None
    kept: dict[str, Any] = {
        n: value for n, value in request.args.items() if value and n != "sebelum"
    }
    return render_template(
        "audit/index.html",
        form=form,
        events=found,
        narrowed=bool(kept),
        more=url_for("audit.index", **kept, sebelum=last) if last else None,
        records=RECORDS,
        actions=ACTIONS,
        fields=FIELDS,
        told=told,
        people=services.named((event for event, _who in found), names_somebody),
    )
