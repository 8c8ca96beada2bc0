from collections.abc import Sequence

from flask import current_app, g
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import Select, func, select

from app.audit import services as audit
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.members.models import Member
from app.privacy.models import CorrectionRequest, CorrectionState
from tenants.definitions import Key
from tenants.settings import setting


def note_look(member: Member, *, by_link: bool = False) -> None:
    """Note that everything about a member was looked at. The caller commits."""
    audit.note("looked", "members", member.id, field="link" if by_link else "everything")


def link_token(member: Member) -> str:
    """The reference in a member's own link; it works for `link_hours`."""
    return str(_signer().dumps([member.tenant_id, member.id]))


def read_token(token: str) -> tuple[int, int] | None:
    """The cooperative and the member of a link; None for one not ours or too old."""
    try:
        tenant_id, member_id = _signer().loads(token, max_age=_longest())
    except (BadData, ValueError, TypeError):
        return None
    return int(tenant_id), int(member_id)


def link_hours() -> int:
    return int(setting(Key.DATA_LINK_HOURS, clock.today()))


def ask_correction(member: Member, text: str) -> CorrectionRequest:
    """Keep what a member finds wrong, until somebody answers. The caller commits."""
    asked = CorrectionRequest(member_id=member.id, text=text)
    db.session.add(asked)
    db.session.flush()
    return asked


def answer(request_id: int, text: str, *, done: bool) -> CorrectionRequest:
    """Say what came of a correction, once. The caller commits."""
    query = select(CorrectionRequest).where(CorrectionRequest.id == request_id)
    asked = db.session.scalars(query.with_for_update()).one()
    if asked.state is not CorrectionState.WAITING:
        raise DomainError(_("This request has been answered already."))
    asked.state = CorrectionState.DONE if done else CorrectionState.REFUSED
    asked.answer, asked.answered_at, asked.answered_by = text, clock.now(), g.get("actor_id")
    db.session.flush()
    return asked


def corrections() -> Sequence[tuple[CorrectionRequest, Member]]:
    """Every correction asked for: those without an answer first, the oldest on top."""
    query = (
        select(CorrectionRequest, Member)
        .join(Member, Member.id == CorrectionRequest.member_id)
        .where(Member.tenant_id == CorrectionRequest.tenant_id)
        .order_by(CorrectionRequest.answered_at.desc().nulls_first(), CorrectionRequest.asked_at)
        .limit(200)
    )
    return [(asked, member) for asked, member in db.session.execute(query)]


def find_correction(request_id: int) -> CorrectionRequest | None:
    return db.session.scalar(select(CorrectionRequest).where(CorrectionRequest.id == request_id))


def count_waiting() -> int:
    """How many corrections nobody has answered."""
    return db.session.scalar(counting_waiting()) or 0


def counting_waiting() -> Select[int]:
    """The same as a question, to be asked together with others."""
    waiting = CorrectionRequest.state == CorrectionState.WAITING
    return select(func.count()).select_from(CorrectionRequest).where(waiting)


def _longest() -> int:
    return link_hours() * 3600


def _signer() -> URLSafeTimedSerializer:
    earlier = current_app.config.get("SECRET_KEY_FALLBACKS") or []
    return URLSafeTimedSerializer([*reversed(earlier), current_app.config["SECRET_KEY"]], "privacy")
