from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.models import TenantRow


class NoteText(TenantRow):
    """One version of the text of a note (catatan, CALK). Versions are added, never changed."""

    __tablename__ = "note_texts"
    __table_args__ = (CheckConstraint("version > 0", "version_positive"),)

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    section: Mapped[str] = mapped_column(String(24), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
