from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Identity, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.extensions import Model


class Announcement(Model):
    """What the city tells the officers of every cooperative, through some days (pengumuman)."""

    __tablename__ = "announcements"
    __table_args__ = (CheckConstraint("until_date >= from_date - 1", "ends_after_it_begins"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    text: Mapped[str] = mapped_column(String(600))
    from_date: Mapped[date]
    until_date: Mapped[date] = mapped_column(Date, index=True)
    written_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class AnnouncementDismissal(Model):
    """Somebody has read it and wants to see it no more."""

    __tablename__ = "announcement_dismissals"

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    dismissed_at: Mapped[datetime] = mapped_column(default=clock.now)
