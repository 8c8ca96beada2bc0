from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Identity, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.extensions import Model


class Scope(StrEnum):
    """What a token may read."""

    INDICATORS = "indicators"
    COOPERATIVES = "cooperatives"
    DOCUMENTS = "documents"


class ApiToken(Model):
    """Another system that may read. Its secret is known to it alone; here stands the hash."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(12))  # how the secret begins, to tell them apart
    scopes: Mapped[list[str]] = mapped_column(JSONB)
    expires_on: Mapped[date]  # the last day on which it works
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    @property
    def works(self) -> bool:
        return self.revoked_at is None and self.expires_on >= clock.today()
