from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from app.core import clock
from app.core.identity import Sex, mask_nik
from app.core.money import Rupiah
from app.ledger.models import Party
from tenants.models import TenantModel, tenant_fk


class MemberState(StrEnum):
    CANDIDATE = "calon"
    ACTIVE = "aktif"
    PASSIVE = "pasif"
    LEFT = "keluar"


class Member(TenantModel):
    """A member (anggota). Shares its key with the party that holds its balances."""

    __tablename__ = "members"
    __table_args__ = (
        tenant_fk("id", "parties"),
        UniqueConstraint("tenant_id", "number"),
        # One person is a member once; who has left may register again, under a new number.
        Index(
            "uq_members_nik",
            "tenant_id",
            "nik",
            unique=True,
            postgresql_where="left_on IS NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]  # nomor anggota, as printed on the card
    nik: Mapped[str] = mapped_column(String(16))
    sex: Mapped[Sex]
    born_on: Mapped[date]
    birth_place: Mapped[str] = mapped_column(String(60), default="")
    birth_note: Mapped[str] = mapped_column(String(200), default="")  # why it differs from the NIK
    address: Mapped[str] = mapped_column(String(200), default="")
    rt: Mapped[str] = mapped_column(String(3), default="")  # "003"
    rw: Mapped[str] = mapped_column(String(3), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")  # E.164
    occupation: Mapped[str] = mapped_column(String(60), default="")
    group: Mapped[str] = mapped_column(String(60), default="")  # kelompok: PKK, nelayan, …
    business: Mapped[str] = mapped_column(String(60), default="")  # UMKM: what they make or sell
    note: Mapped[str] = mapped_column(String(200), default="")
    heir_name: Mapped[str] = mapped_column(String(120), default="")
    heir_relation: Mapped[str] = mapped_column(String(40), default="")
    heir_phone: Mapped[str] = mapped_column(String(20), default="")
    registered_on: Mapped[date]
    joined_on: Mapped[date | None]  # when the candidate became a member
    left_on: Mapped[date | None]
    left_reason: Mapped[str] = mapped_column(String(200), default="")
    forgotten_on: Mapped[date | None]  # since then nothing personal is kept
    consent_version: Mapped[str] = mapped_column(String(10), default="")  # date of the text
    consent_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    party: Mapped[Party] = relationship(lazy="joined", innerjoin=True)

    if TYPE_CHECKING:
        passive_since: Mapped[date | None]  # computed, see below

    @property
    def name(self) -> str:
        return self.party.name

    @property
    def code(self) -> str:
        """The number as people write it: A0012."""
        return f"A{self.number:04d}"

    @property
    def masked_nik(self) -> str:
        return mask_nik(self.nik)

    @property
    def state(self) -> MemberState:
        if self.left_on is not None:
            return MemberState.LEFT
        if self.passive_since is not None:
            return MemberState.PASSIVE
        return MemberState.ACTIVE if self.joined_on else MemberState.CANDIDATE

    @property
    def neighbourhood(self) -> str:
        """RT/RW as on the KTP: 003/002; empty when it is not known."""
        return f"{self.rt}/{self.rw}" if self.rt and self.rw else self.rt or self.rw


class ImportState(StrEnum):
    EXAMINED = "examined"
    ORDERED = "ordered"  # a job is to enter it
    ENTERED = "entered"
    REFUSED = "refused"  # nothing was entered; `refusal` says why


class ImportMode(StrEnum):
    GOOD_ROWS = "good_rows"
    ALL = "all"


class MemberImport(TenantModel):
    """A list of members that somebody sent: as it was read, the verdict on it, what came of it.

    What is entered stands in the register; of the list only the rows that were not taken over
    are kept, and those only for the days that the city has set.
    """

    __tablename__ = "member_imports"
    __table_args__ = (Index(None, "tenant_id", "digest"),)

    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))  # of the file: sent twice, it is the same
    rows: Mapped[list[list[str]]] = mapped_column(JSONB, deferred=True)
    columns: Mapped[dict[str, Any]]  # see `imports`
    verdict: Mapped[dict[str, Any]] = mapped_column(deferred=True)  # see `imports`
    good: Mapped[int] = mapped_column(default=0)
    bad: Mapped[int] = mapped_column(default=0)
    saved: Mapped[dict[str, Any]] = mapped_column(default=dict)  # rupiah by kind, of the good
    state: Mapped[ImportState] = mapped_column(default=ImportState.EXAMINED)
    mode: Mapped[ImportMode | None]
    refusal: Mapped[str] = mapped_column(String(300), default="")
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime | None]

    @property
    def saved_in_all(self) -> Rupiah:
        """What the people taken over had saved, which is posted as an opening entry."""
        return sum(self.saved.values())

    @property
    def is_kept(self) -> bool:
        """Whether the rows are still there: after some days they are deleted."""
        return bool(self.verdict)


class PassiveSpell(TenantModel):
    """That a member was passive (pasif) for a time, and why: months went unpaid, mostly."""

    __tablename__ = "passive_spells"
    __table_args__ = (
        tenant_fk("member_id", "members"),
        CheckConstraint("until_on >= from_on", "in_order"),
        # One is passive once at a time.
        Index(
            "uq_passive_spells_open",
            "tenant_id",
            "member_id",
            unique=True,
            postgresql_where="until_on IS NULL",
        ),
    )

    member_id: Mapped[int]
    from_on: Mapped[date]
    until_on: Mapped[date | None]  # the day on which they were active again
    reason: Mapped[str] = mapped_column(String(200))
    end_reason: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


Member.passive_since = column_property(
    select(PassiveSpell.from_on)
    .where(
        PassiveSpell.tenant_id == Member.tenant_id,
        PassiveSpell.member_id == Member.id,
        PassiveSpell.until_on.is_(None),
    )
    .correlate_except(PassiveSpell)
    .scalar_subquery()
)
