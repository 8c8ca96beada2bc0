"""What a stranger may learn from the code on a receipt: whether it holds, and nothing else."""

from dataclasses import dataclass
from datetime import date

from app.core.money import Rupiah
from app.ledger import services as ledger
from app.receipts import services
from tenants.scope import current_tenant


@dataclass(frozen=True)
class Checked:
    """A receipt without its person: their initials are all that is told of them."""

    number: str
    on: date
    amount: Rupiah
    is_income: bool
    cooperative: str
    initials: str
    void_since: date | None


def look(journal_id: int) -> Checked | None:
    """The receipt of a journal of this cooperative, for the eyes of anybody."""
    journal = ledger.find_journal_by_id(journal_id)
    found = services.of(journal) if journal else None
    if found is None:
        return None
    return Checked(
        number=found.number,
        on=found.journal.posted_on,
        amount=found.total,
        is_income=found.is_income,
        cooperative=current_tenant().legal_name,
        initials=initials(found.member.name),
        void_since=found.reversal.posted_on if found.reversal else None,
    )


def initials(name: str) -> str:
    """Siti Rohmah: S. R."""
    return " ".join(f"{word[0].upper()}." for word in name.split())
