from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from tenants.models import TenantModel, TenantRow, tenant_fk


class Download(TenantModel):
    """A finished file that waits to be fetched."""

    __tablename__ = "downloads"
    __table_args__ = (Index(None, "tenant_id", "expires_on"),)

    name: Mapped[str] = mapped_column(String(120))
    mime: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    expires_on: Mapped[date]  # the first day on which it is no longer kept


class DownloadPart(TenantRow):
    """A piece of a file, small enough for a statement and for memory."""

    __tablename__ = "download_parts"
    __table_args__ = (tenant_fk("download_id", "downloads"),)

    download_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)
