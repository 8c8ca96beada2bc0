from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.identity import Sex, mask_nik
from app.ledger.models import Party
from tenants.models import TenantModel, tenant_fk


class MemberState(StrEnum):
    CANDIDATE = "calon"
    ACTIVE = "aktif"
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
    heir_name: Mapped[str] = mapped_column(String(120), default="")
    heir_relation: Mapped[str] = mapped_column(String(40), default="")
    heir_phone: Mapped[str] = mapped_column(String(20), default="")
    registered_on: Mapped[date]
    joined_on: Mapped[date | None]  # when the candidate became a member
    left_on: Mapped[date | None]
    left_reason: Mapped[str] = mapped_column(String(200), default="")
    consent_version: Mapped[str] = mapped_column(String(10), default="")  # date of the text
    consent_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    party: Mapped[Party] = relationship(lazy="joined", innerjoin=True)

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
        return MemberState.ACTIVE if self.joined_on else MemberState.CANDIDATE

    @property
    def neighbourhood(self) -> str:
        """RT/RW as on the KTP: 003/002; empty when it is not known."""
        return f"{self.rt}/{self.rw}" if self.rt and self.rw else self.rt or self.rw
