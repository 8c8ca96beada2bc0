"""Practice data that a cooperative keeps for the city: papers, meetings, what it handed in.

Days are counted from today, so that something is always about to expire. Each function works
in the scope it is called in; nothing commits.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from uuid import NAMESPACE_URL, uuid5

from flask import g
from PIL import Image, ImageDraw

from app.assessment import confirming
from app.assessment import services as assessments
from app.assessment.criteria import ASPECTS
from app.assessment.models import Said
from app.auth.models import User
from app.core import clock
from app.launch import documents, meetings, readiness
from app.launch.documents import Paper, Particulars
from app.simkopdes import sheet, ticks
from app.supervision.checklist import ITEMS, State
from tenants.scope import act_as, current_tenant

_LEGAL = ("akta", "sk_ahu", "npwp", "nib")
_LATER = ("rekening", "ad_art", "berita_acara", "proposal", "sk_pengurus", "tempat", "nik")
_PARTNERS = ("pks_bri", "pks_bank_jateng", "pks_bulog")
_ISSUERS = {"akta": "Notaris", "sk_ahu": "Kemenkum", "npwp": "KPP Pratama Pekalongan", "nib": "OSS"}
_EXPIRING = {"tempat": 320, "sk_pengurus": 470, "pks_bri": 200}  # from which day before today
_LASTING = 365


def hold_papers() -> None:
    """Enter what the cooperative of this scope holds, and what it has ticked."""
    random = Random(f"papers/{current_tenant().slug}")
    for kind in (*_LEGAL, *(k for k in (*_LATER, *_PARTNERS) if random.random() < 0.5)):
        _hold(kind, random)
    for key in ("perlengkapan", "petugas", "simkopdes"):
        if random.random() < 0.4:
            readiness.tick(ITEMS[key], note="Dilihat saat kunjungan (latihan)", document_id=None)


def hold_more_papers() -> None:
    """What has come since the first report, so that a pace can be seen; and papers under way."""
    random = Random(f"more/{current_tenant().slug}")
    held = {document.kind for document in documents.every()}
    missing = [kind for kind in (*_LATER, *_PARTNERS) if kind not in held]
    for kind in missing[: random.randint(0, 3)]:
        _hold(kind, random)
    for kind in missing[3:5]:
        documents.enter(_paper(kind, None, None, State.UNDER_WAY))


def hold_meeting() -> None:
    """The members met over the year before, at two cooperatives of three."""
    random = Random(f"rat/{current_tenant().slug}")
    year = meetings.find(clock.today().year - 1)
    held_on = date(clock.today().year, 3, random.randint(2, 28))
    if year is None or held_on > clock.today() or random.random() < 0.35:
        return
    meetings.record(
        year,
        held_on=held_on,
        attended=random.randint(16, 40),
        number=f"{random.randint(1, 9)}/RAT/LATIHAN/{held_on.year}",
        paper=Paper("image/jpeg", photo("Berita acara RAT (latihan)")),
    )


def assess(chair: User, agency: User) -> None:
    """The cooperative of this scope hands its pre-assessment in; the agency looks at a few."""
    random, year = Random("assessment"), clock.today().year
    items = [item for aspect in ASPECTS for one in aspect.indicators for item in one.items]
    said = {
        item.key: (Said.YES, "Berkas di lemari arsip") if random.random() < 0.8 else (Said.NO, "")
        for item in items
    }
    said["A.kelembagaan.badan"] = said["A.kelembagaan.rat"] = (Said.YES, "Lihat dokumen koperasi")
    with acting(chair):
        assessments.answer(year, said)
        report = assessments.hand_in(year, key=uuid5(NAMESPACE_URL, "demo/assessment"))
    with acting(agency):
        for item in items[:6]:
            shown = said[item.key][0] is Said.YES
            confirming.decide(report, item.key, agreed=shown, note="" if shown else "Belum ada")


def copy_to_ministry(secretary: User) -> None:
    """Most was typed into SIMKOPDES, some of it before it changed."""
    filled = [f for s in sheet.sections(clock.today()) for f in s.fields if f.value]
    values = {field.key: field.value for field in filled[: len(filled) * 2 // 3]}
    values |= {
        key: str(int(value) - 1)
        for key, value in list(values.items())[-3:]
        if value.isdigit() and int(value)
    }
    with acting(secretary):
        ticks.tick(values)


@contextmanager
def acting(person: User) -> Iterator[None]:
    """What is done meanwhile is this person's doing."""
    act_as(person.id)
    try:
        yield
    finally:
        del g.actor_id


def photo(words: str) -> bytes:
    """A card that says of what it would be the photo."""
    image = Image.new("RGB", (640, 400), "#dfe7e2")
    ImageDraw.Draw(image).text((40, 180), words, fill="#1d3b30", font_size=28)
    return written(image, "JPEG")


def written(image: Image.Image, kind: str) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


def _hold(kind: str, random: Random) -> None:
    dated = date(2025, 7, 31) + timedelta(days=random.randint(0, 120))
    until = None
    if kind in _EXPIRING:
        dated = clock.today() - timedelta(days=_EXPIRING[kind] + random.randint(0, 60))
        until = dated + timedelta(days=_LASTING)
    documents.enter(_paper(kind, dated, until, State.HELD))


def _paper(kind: str, dated: date | None, until: date | None, state: State) -> Particulars:
    number = f"LATIHAN/{kind.upper().replace('_', '-')}/{dated.year}" if dated else ""
    issuer = _ISSUERS.get(kind, "") if dated else ""
    return Particulars(kind, number, dated, issuer, until, state, "")
