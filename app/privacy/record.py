"""Everything that is kept about one member, as plain data: for the screen, PDF and JSON."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.audit.models import AuditEvent
from app.auth.models import User
from app.core import clock
from app.core.period import Period
from app.dues import reminders
from app.dues.payers import paid_for
from app.dues.standing import standing
from app.extensions import db
from app.ledger import reports, reversals
from app.ledger.models import Journal, Posting
from app.members import passive
from app.members.models import Member
from app.privacy import retention
from app.privacy.models import CorrectionRequest
from app.savings.services import balances
from tenants.scope import current_tenant

_PARTICULARS = (
    "name", "number", "nik", "sex", "born_on", "birth_place", "birth_note", "address", "rt", "rw",
    "phone", "occupation", "group", "business", "heir_name", "heir_relation", "heir_phone",
    "registered_on", "joined_on", "left_on", "left_reason", "consent_version", "consent_at",
)  # fmt: skip


def everything(member: Member) -> dict[str, Any]:
    """Particulars, savings, months, journals, corrections, who looked, and until when kept."""
    until = retention.kept_until(member)
    return {
        "cooperative": current_tenant().legal_name,
        "particulars": {name: _plain(getattr(member, name)) for name in _PARTICULARS},
        "savings": {kind.value: amount for kind, amount in balances(member).items()},
        "months": _months(member),
        "journals": _journals(member),
        "passive": _passive(member),
        "reminders": _reminders(member),
        "paid_by_others": _paid_by_others(member),
        "corrections": _corrections(member),
        "looked": looked(member),
        "kept_until": until.isoformat() if until else None,
    }


def looked(member: Member) -> list[dict[str, str]]:
    """Who looked at the whole NIK or at everything, and when; the latest first."""
    query = (
        select(AuditEvent.at, AuditEvent.after, User.name)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(
            AuditEvent.tenant_id == member.tenant_id,
            AuditEvent.record == "members",
            AuditEvent.record_id == str(member.id),
            AuditEvent.action == "looked",
        )
        .order_by(AuditEvent.id.desc())
    )
    return [
        {"at": _plain(at), "by": name or "", "what": str((after or {}).get("field", ""))}
        for at, after, name in db.session.execute(query)
    ]


def _months(member: Member) -> list[dict[str, Any]]:
    return [
        {"month": str(m.period), "amount": m.amount, "settled": m.settled, "waived": m.waived}
        for m in standing(member).months
    ]


def _journals(member: Member) -> list[dict[str, Any]]:
    history = reports.history_of(member.id, limit=100_000)
    void = reversals.taken_back(history)
    return [_journal(j, member) | {"void": j.id in void} for j in reversed(history)]


def _journal(journal: Journal, member: Member) -> dict[str, Any]:
    mine: list[Posting] = [line for line in journal.postings if line.party_id == member.id]
    return {
        "number": str(journal.voucher),
        "on": journal.posted_on.isoformat(),
        "for": journal.memo,
        "added": sum(line.credit - line.debit for line in mine),
    }


def _passive(member: Member) -> list[dict[str, Any]]:
    return [
        {
            "from": _plain(spell.from_on),
            "until": _plain(spell.until_on),
            "why": spell.reason,
            "ended": spell.end_reason,
        }
        for spell in passive.spells_of(member)
    ]


def _reminders(member: Member) -> list[dict[str, Any]]:
    return [
        {"at": _plain(reminder.sent_at), "months": reminder.months, "amount": reminder.amount}
        for reminder in reminders.of(member)
    ]


def _paid_by_others(member: Member) -> list[dict[str, Any]]:
    return [
        {"on": _plain(on), "by": name, "amount": amount} for on, name, amount in paid_for(member)
    ]


def _corrections(member: Member) -> list[dict[str, Any]]:
    query = select(CorrectionRequest).where(CorrectionRequest.member_id == member.id)
    return [
        {"at": _plain(c.asked_at), "text": c.text, "state": c.state.value, "answer": c.answer}
        for c in db.session.scalars(query.order_by(CorrectionRequest.id))
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(clock.CITY_TIMEZONE).isoformat()  # the day as it was here
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Period) else value
