"""The tables of the chain over the journals (segel): see `app.ledger.seals`."""

from datetime import datetime

from sqlalchemy import ARRAY, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from tenants.models import TenantRow, tenant_fk


class Seal(TenantRow):
    """A link of the chain."""

    __tablename__ = "seals"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed_at: Mapped[datetime]
    settled_at: Mapped[datetime]  # everything stamped before it is in this seal or an earlier one
    journals: Mapped[int]
    head: Mapped[bytes]


class JournalDigest(TenantRow):
    """What a journal came to when it was sealed. No foreign key: it outlives the journal."""

    __tablename__ = "journal_digests"
    __table_args__ = (Index(None, "tenant_id", "seal"),)

    journal_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seal: Mapped[int]
    voucher: Mapped[str] = mapped_column(String(24))
    digest: Mapped[bytes]
    figures: Mapped[bytes | None]  # without its texts; those sealed at first have none


class JournalRedaction(TenantRow):
    """That names were taken out of a sealed journal, and what it comes to since.

    Written by the database alone (`forget_member`), after a second person's approval.
    """

    __tablename__ = "journal_redactions"
    __table_args__ = (tenant_fk("approval_id", "approvals"),)

    journal_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    approval_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fields: Mapped[list[str]] = mapped_column(ARRAY(String))  # "memo"; "2": that of line 2
    original: Mapped[bytes]  # its digest before
    digest: Mapped[bytes]  # and since
    asked_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    agreed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]


class RedactionDigest(TenantRow):
    """What a redaction came to when it was sealed. No foreign key: it outlives the redaction."""

    __tablename__ = "redaction_digests"
    __table_args__ = (Index(None, "tenant_id", "seal"),)

    journal_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    approval_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seal: Mapped[int]
    digest: Mapped[bytes]


class SealHead(Model):
    """The city's copy of a cooperative's seals: numbers and hashes, nothing that they hide."""

    __tablename__ = "seal_heads"

    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed_at: Mapped[datetime]
    head: Mapped[bytes]
