"""The register of documents: entered, corrected, and each with its file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from app.core import clock, pictures
from app.core.errors import Invalid
from app.extensions import db
from app.launch.models import Document, DocumentFile
from app.supervision.checklist import State
from tenants.definitions import Key
from tenants.scope import current_tenant
from tenants.settings import setting

_PDF = b"%PDF-"


@dataclass(frozen=True)
class Particulars:
    """What stands in the register about a document."""

    kind: str
    number: str
    dated_on: date | None
    issuer: str
    valid_until: date | None
    state: State
    note: str


@dataclass(frozen=True)
class Paper:
    """A file as we keep it."""

    media_type: str
    content: bytes


def enter(about: Particulars) -> Document:
    """Put a document into the register. The caller commits."""
    _check(about)
    document = Document(**asdict(about))
    db.session.add(document)
    db.session.flush()
    return document


def correct(document: Document, about: Particulars) -> None:
    """Change what stands about a document. The caller commits."""
    _check(about)
    for name, value in asdict(about).items():
        setattr(document, name, value)
    document.changed_at = clock.now()
    db.session.flush()


def find(document_id: int) -> Document | None:
    return db.session.scalar(select(Document).where(Document.id == document_id))


def every() -> Sequence[Document]:
    """All documents, by kind, those that count longest first."""
    query = select(Document).order_by(
        Document.kind, Document.valid_until.desc().nulls_first(), Document.id.desc()
    )
    return db.session.scalars(query).all()


def largest() -> int:
    """How many bytes a file may have."""
    return int(setting(Key.DOCUMENT_MEGABYTES, clock.today())) * 1024 * 1024


def read_paper(content: bytes) -> Paper:
    """A PDF as it is, a photo made anew; `Invalid` for anything else, or what is too large."""
    if len(content) > largest():
        megabytes = largest() // 1024 // 1024
        raise Invalid(_("This file is too large: at most %(most)s MB.", most=megabytes))
    if content.startswith(_PDF):
        return Paper("application/pdf", content)
    try:
        return Paper("image/jpeg", pictures.made_anew(content, at_most=largest()).content)
    except Invalid:
        raise Invalid(_("Send a PDF, or a photo as JPG or PNG.")) from None


def keep(document: Document, paper: Paper) -> None:
    """Keep the file of a document, in place of an earlier one. The caller commits."""
    row = {"media_type": paper.media_type, "content": paper.content, "kept_at": clock.now()}
    db.session.execute(
        postgresql.insert(DocumentFile)
        .values(tenant_id=current_tenant().id, document_id=document.id, **row)
        .on_conflict_do_update(index_elements=["tenant_id", "document_id"], set_=row)
    )


def paper_of(document: Document) -> Paper | None:
    query = select(DocumentFile.media_type, DocumentFile.content)
    found = db.session.execute(query.where(DocumentFile.document_id == document.id)).first()
    return Paper(found.media_type, found.content) if found else None


def has_paper(document: Document) -> bool:
    query = select(DocumentFile.document_id).where(DocumentFile.document_id == document.id)
    return db.session.scalar(query) is not None


def _check(about: Particulars) -> None:
    if about.valid_until and about.dated_on and about.valid_until < about.dated_on:
        raise Invalid(_("It ends before the day that it bears."))
