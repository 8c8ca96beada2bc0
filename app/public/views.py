"""The page behind the QR code of a receipt."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from app.extensions import limiter
from app.receipts import checking, tokens
from app.receipts.checking import Checked
from app.web.access import public
from tenants.queries import find_tenant_by_id
from tenants.scope import tenant_scope

bp = Blueprint("public", __name__, template_folder="templates")


@bp.get("/cek/<token>")
@public
@limiter.limit("60/minute")
def check(token: str) -> tuple[str, int]:
    """Whether a receipt holds, for whoever has it in their hands."""
    found = _look(token)
    if found is None:
        return _unknown()
    return render_template("public/check.html", receipt=found), 200


def _look(token: str) -> Checked | None:
    reference = tokens.read(token)
    tenant = find_tenant_by_id(reference.tenant_id) if reference else None
    if reference is None or tenant is None:
        return None
    with tenant_scope(tenant):
        return checking.look(reference.journal_id)


def _unknown() -> tuple[str, int]:
    page = render_template(
        "errors/error.html",
        code=404,
        title=_("This is no receipt of ours"),
        message=_("The address was not made by this system, or a part of it is missing."),
        what_next=_("Scan the code again. If it stays so, show the receipt to the treasurer."),
    )
    return page, 404
