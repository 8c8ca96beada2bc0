import os
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import BinaryIO

from flask import g
from sqlalchemy import delete, insert, select

from app.core import clock
from app.downloads.models import Download, DownloadPart
from app.extensions import db
from tenants.definitions import Key
from tenants.settings import setting

PIECE = 1024 * 1024


def keep(stream: BinaryIO, *, name: str, mime: str) -> Download:
    """Keep a finished file for the days that the cooperative allows. The caller commits."""
    days = int(setting(Key.DOWNLOAD_DAYS, clock.today()))
    kept = Download(
        name=name,
        mime=mime,
        size=stream.seek(0, os.SEEK_END),
        created_by=g.get("actor_id"),
        expires_on=clock.today() + timedelta(days=days),
    )
    db.session.add(kept)
    db.session.flush()
    stream.seek(0)
    for number, content in enumerate(iter(partial(stream.read, PIECE), b"")):
        part = {"download_id": kept.id, "number": number, "content": content}
        db.session.execute(insert(DownloadPart), [part])
    return kept


def find(download_id: int) -> Download | None:
    """A file that is still kept."""
    query = select(Download).where(Download.id == download_id, Download.expires_on > clock.today())
    return db.session.scalars(query).one_or_none()


def pieces(download_id: int) -> Iterator[bytes]:
    """The content of a file, a piece at a time."""
    number = 0
    while piece := db.session.scalar(_piece(download_id, number)):
        yield piece
        number += 1


def delete_expired() -> int:
    """Delete what is kept no longer; how many files. The caller commits."""
    expired = db.session.scalars(
        select(Download.id).where(Download.expires_on <= clock.today())
    ).all()
    db.session.execute(delete(DownloadPart).where(DownloadPart.download_id.in_(expired)))
    db.session.execute(delete(Download).where(Download.id.in_(expired)))
    return len(expired)


def _piece(download_id: int, number: int):  # type: ignore[no-untyped-def]
    return select(DownloadPart.content).where(
        DownloadPart.download_id == download_id, DownloadPart.number == number
    )
