from flask import Blueprint, render_template

from app.approvals import services as approvals
from app.auth.permissions import Permission
from app.core.period import Period
from app.findings import services as findings
from app.ledger import months
from app.ledger import services as ledger
from app.ledger.models import AccountRole
from app.members import services as members
from app.members.models import MemberState
from app.privacy import services as privacy
from app.web.access import may, require

bp = Blueprint("home", __name__, template_folder="templates")

_MONEY = (AccountRole.CASH, AccountRole.BANK_BRI, AccountRole.VOLUNTARY_SAVINGS)


@bp.get("/")
@require(Permission.COOP_VIEW)
def show() -> str:
    """What is to be done and how much there is; an office without money sees no sums."""
    sees_money = may(Permission.LEDGER_VIEW)
    first_open = months.first_open() if sees_money else None
    return render_template(
        "home/show.html",
        counts={state.value: members.count(state) for state in MemberState},
        sums=[ledger.total(role) for role in _MONEY] if sees_money else None,
        findings=findings.count_unsettled() if may(Permission.FINDINGS_VIEW) else 0,
        corrections=privacy.count_waiting() if may(Permission.MEMBERS_REVEAL) else 0,
        asked=approvals.count_waiting() if may(Permission.APPROVALS_DECIDE) else 0,
        closable=first_open if first_open and first_open < Period.current() else None,
    )
