"""The numbers of many journals at once, what they were for, and which were taken back."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import String, cast, exists, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.ledger.models import Journal, Posting, Voucher, VoucherKind


@dataclass(frozen=True)
class Proof:
    """How a journal is known on paper, and whether it still counts."""

    kind: VoucherKind
    year: int
    number: int
    is_void: bool

    def __str__(self) -> str:
        return f"{self.kind}-{self.year}-{self.number:04d}"


def proofs(journal_ids: Collection[int]) -> dict[int, Proof]:
    """The proof of each journal, by its id."""
    later = aliased(Journal)
    taken_back = exists().where(
        later.tenant_id == Voucher.tenant_id,
        later.source_kind == "ledger.reversal",
        later.source_key == cast(Voucher.journal_id, String),
    )
    query = select(
        Voucher.journal_id, Voucher.kind, Voucher.year, Voucher.number, taken_back
    ).where(Voucher.journal_id.in_(journal_ids))
    return {row[0]: Proof(*row[1:]) for row in db.session.execute(query)}


def purposes(journal_ids: Collection[int]) -> dict[int, str]:
    """What each journal was for, in the words of its first line about a party."""
    query = (
        select(Posting.journal_id, Posting.memo)
        .where(Posting.journal_id.in_(journal_ids), Posting.party_id.is_not(None))
        .order_by(Posting.line.desc())
    )
    return {journal_id: memo or "" for journal_id, memo in db.session.execute(query)}
