"""How the items of the checklist stand at a cooperative, and the report of it to the city."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import case, delete, null, select, text
from sqlalchemy.dialects import postgresql

from app.auth.models import User
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.launch import documents
from app.launch.models import Document, Evidence, Readiness
from app.supervision.checklist import CHAPTERS, ITEMS, Chapter, Item, Proof, State
from tenants.definitions import Key
from tenants.models import Tenant
from tenants.scope import current_tenant
from tenants.settings import setting

# Documents whose number also stands in the particulars of the cooperative.
_REGISTERED = {
    "akta": "deed",
    "sk_ahu": "legal_decree",
    "npwp": "tax_number",
    "nib": "business_number",
    "nik": "cooperative_number",
}


@dataclass(frozen=True)
class Standing:
    """An item: how it stands, until when, and what shows it."""

    item: Item
    state: State
    valid_until: date | None = None
    document: Document | None = None
    evidence: Evidence | None = None
    by: str = ""  # who ticked it

    @property
    def done(self) -> bool:
        return self.state is State.HELD


def chapters(today: date) -> list[tuple[Chapter, list[Standing]]]:
    """The whole checklist as it stands today."""
    held: dict[str, list[Document]] = {}
    for document in documents.every():
        held.setdefault(document.kind, []).append(document)
    ticked = _ticked()
    counted = _counted(today)
    registered = _registered()

    def stands(item: Item) -> Standing:
        if item.proof is Proof.COMPUTED:
            return Standing(item, State.HELD if counted[item.key] else State.NOT_YET)
        if item.proof is Proof.PERSON:
            evidence, by = ticked.get(item.key, (None, ""))
            state = State.HELD if evidence else State.NOT_YET
            return Standing(item, state, evidence=evidence, by=by)
        return _of_documents(item, held.get(item.key, []), item.key in registered, today)

    return [(chapter, [stands(item) for item in chapter.items]) for chapter in CHAPTERS]


def report() -> None:
    """Tell the city how every item stands today. The caller commits."""
    standings = [one for _chapter, found in chapters(clock.today()) for one in found]
    insert = postgresql.insert(Readiness).values([_row(one) for one in standings])
    changed: dict[str, Any] = {
        name: insert.excluded[name] for name in ("state", "valid_until", "reported_at")
    }
    changed["held_since"] = case(
        (insert.excluded.state != State.HELD, null()),
        (Readiness.state == State.HELD, Readiness.held_since),
        else_=clock.today(),
    )
    db.session.execute(
        insert.on_conflict_do_update(index_elements=["tenant_id", "item"], set_=changed)
    )


def _row(standing: Standing) -> dict[str, Any]:
    """An item as it is reported. That a document has run out, the city sees when the day comes."""
    return {
        "tenant_id": current_tenant().id,
        "item": standing.item.key,
        "state": State.HELD if standing.state is State.EXPIRED else standing.state,
        "valid_until": standing.valid_until,
        "reported_at": clock.now(),
    }


def tick(item: Item, *, note: str, document_id: int | None) -> None:
    """Find an item done, with what shows it; again, that replaces it. The caller commits."""
    if not note and document_id is None:
        raise DomainError(_("Write what shows it, or choose a document."))
    row = {
        "note": note,
        "document_id": document_id,
        "ticked_at": clock.now(),
        "ticked_by": g.get("actor_id"),
    }
    db.session.execute(
        postgresql.insert(Evidence)
        .values(tenant_id=current_tenant().id, item=item.key, **row)
        .on_conflict_do_update(index_elements=["tenant_id", "item"], set_=row)
    )


def take_back(item: Item) -> None:
    """Find an item not done after all. The caller commits."""
    db.session.execute(delete(Evidence).where(Evidence.item == item.key))


def find_ticked(key: str) -> Item | None:
    """An item that a person ticks, by its name."""
    item = ITEMS.get(key)
    return item if item and item.proof is Proof.PERSON else None


def _of_documents(item: Item, held: Sequence[Document], registered: bool, today: date) -> Standing:
    """The best of the documents of a kind; a registered number alone is enough."""
    order = (State.HELD, State.EXPIRED, State.UNDER_WAY, State.NOT_YET)
    best = min(held, key=lambda document: order.index(document.state_on(today)), default=None)
    if best is None or (registered and best.state in (State.NOT_YET, State.UNDER_WAY)):
        return Standing(item, State.HELD if registered else State.NOT_YET, document=best)
    until = best.valid_until if best.state is State.HELD else None
    return Standing(item, best.state_on(today), until, document=best)


def _registered() -> set[str]:
    """The documents whose numbers are known; read anew, as they may just have been changed."""
    tenant = db.session.get_one(Tenant, current_tenant().id)
    return {item for item, column in _REGISTERED.items() if getattr(tenant, column)}


def _ticked() -> dict[str, tuple[Evidence, str]]:
    query = select(Evidence, User.name).outerjoin(User, User.id == Evidence.ticked_by)
    return {row.item: (row, name or "") for row, name in db.session.execute(query)}


_COUNTED = text("""
    SELECT (SELECT count(*) FROM members WHERE tenant_id = :tenant
            AND joined_on <= :on AND (left_on IS NULL OR left_on > :on)) AS members,
           EXISTS (SELECT FROM dues_charges WHERE tenant_id = :tenant) AS billed,
           EXISTS (SELECT FROM journals WHERE tenant_id = :tenant) AS opened,
           EXISTS (SELECT FROM months WHERE tenant_id = :tenant AND closed_at IS NOT NULL)
               AS closed,
           EXISTS (SELECT FROM account_months m
                   JOIN accounts a ON a.tenant_id = :tenant AND a.id = m.account_id
                        AND a.type = 'revenue'
                   JOIN units u ON u.tenant_id = :tenant AND u.id = m.unit_id AND u.code <> '00'
                   WHERE m.tenant_id = :tenant AND m.credit > m.debit) AS earning,
           count(DISTINCT user_id) FILTER (WHERE role IN ('ketua', 'wakil_usaha',
                'wakil_anggota', 'sekretaris', 'bendahara')) AS board,
           count(DISTINCT user_id) FILTER (WHERE role IN ('ketua_pengawas', 'pengawas'))
               AS supervisors
    FROM offices WHERE tenant_id = :tenant
      AND from_date <= :on AND (until_date IS NULL OR until_date >= :on)
""")


def _counted(today: date) -> dict[str, bool]:
    """The items that the books and the register of members answer by themselves."""
    found: Any = db.session.execute(_COUNTED, {"tenant": current_tenant().id, "on": today}).one()
    return {
        "pengurus": found.board >= int(setting(Key.LAUNCH_BOARD, today)),
        "pengawas": found.supervisors >= int(setting(Key.LAUNCH_SUPERVISORS, today)),
        "anggota": found.members >= int(setting(Key.LAUNCH_MEMBERS, today)),
        "iuran": found.billed,
        "gerai": found.earning,
        "saldo": found.opened,
        "tutup": found.closed,
    }
