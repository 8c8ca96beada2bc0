"""Practice data of the city: launches, visits, trainings, statistics, a look inside.

Told through the same services as in earnest, with days counted from today. The ministry's
statistics are its public ones. Nothing here commits.
"""

from collections.abc import Sequence
from datetime import date, time, timedelta
from pathlib import Path
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from PIL import Image, ImageDraw

from app.auth.models import User
from app.auth.permissions import Role
from app.companions import findings, plans, trainings, visits
from app.companions.models import Side, Topic, Visit, VisitorKind
from app.companions.visits import Report
from app.core import clock, pictures
from app.core.period import Period
from app.extensions import db
from app.inspection import services as inspections
from app.launch import plans as launches
from app.platform import announcements, demo_papers
from app.simkopdes import services as ministry
from app.supervision import attention, overview, snoozes
from tenants.models import Tenant
from tenants.scope import current_tenant

STATISTICS = Path(__file__).with_name("simkopdes-2026-08-05.csv")
STATISTICS_ON = date(2026, 8, 5)

# How many days ago, about what, seen, advised.
_VISITS = (
    (
        118,
        (Topic.ADMINISTRATION, Topic.LICENCES),
        "Kelengkapan berkas",
        "Akta dan SK AHU tersimpan rapi. Perjanjian pinjam pakai kantor hampir habis masanya.",
        "Surat perpanjangan pinjam pakai diajukan ke kelurahan bulan ini.",
    ),
    (
        61,
        (Topic.SAVINGS, Topic.BOOKKEEPING),
        "Penagihan simpanan wajib",
        "Daftar tagihan sudah dicetak. Setoran dua pekan terakhir belum seluruhnya dicatat.",
        "Setoran dicatat di hari yang sama; kas dihitung tiap sore.",
    ),
    (
        13,
        (Topic.BOOKKEEPING, Topic.SIMKOPDES),
        "Mendampingi tutup buku",
        "Buku bulan lalu belum ditutup. Isian SIMKOPDES tertinggal satu bulan.",
        "Tutup buku sebelum tanggal 10, lalu salin isian ke SIMKOPDES.",
    ),
)
_TRAININGS = (
    (95, "Pembukuan harian untuk bendahara dan kasir", "Aula Dindagkop-UKM", 3),
    (47, "Mengisi SIMKOPDES dari buku koperasi", "Aula Kecamatan Pekalongan Barat", 2),
    (19, "Menyiapkan RAT dan laporan pertanggungjawaban", "Aula Dindagkop-UKM", 2),
)


def plan_launches(cooperatives: list[Tenant]) -> None:
    """Soft launches in turn, and one day on which half of them mean to be launched together."""
    together = clock.today() + timedelta(weeks=10)
    for number, tenant in enumerate(cooperatives):
        if launches.plan_of(tenant.id) is not None or number % 4 == 3:
            continue
        soft = clock.today() + timedelta(weeks=2 + number % 6)
        meeting = date(clock.today().year + 1, 2, 1 + number)
        launches.plan(
            tenant.id,
            soft_on=soft,
            grand_on=together if number % 2 == 0 else together + timedelta(weeks=6),
            meeting_on=meeting if number % 3 == 0 else None,
        )


def take_over_statistics() -> None:
    ministry.take_over(STATISTICS.read_bytes(), STATISTICS.name, STATISTICS_ON)


def visit(cooperatives: list[Tenant], companion: User, agency: User) -> None:
    """Visits with photo, signatures and findings; the last waits for the agency."""
    for tenant in cooperatives:
        for number, _told in enumerate(_VISITS[: 3 if tenant is cooperatives[0] else 2]):
            made = _record_visit(tenant, number, companion)
            if number == 0:
                visits.approve(made, by=agency.id)
    _find_amiss(cooperatives, companion)


def plan_visits(cooperatives: list[Tenant], companion: User) -> None:
    for number, tenant in enumerate(cooperatives):
        day = _working_day(clock.today() + timedelta(days=3 + 4 * number))
        purpose = "Melihat tindak lanjut kunjungan lalu"
        plans.plan(tenant, on=day, purpose=purpose, by=companion.id, key=_key(f"plan/{number}"))


def train(cooperatives: list[Tenant], agency: User) -> None:
    for number, (ago, title, place, most) in enumerate(_TRAININGS):
        random = Random(title)
        came = {tenant.id: random.randint(0, most) for tenant in cooperatives}
        trainings.record(
            title=title,
            place=place,
            held_on=_working_day(clock.today() - timedelta(days=ago)),
            people=came,
            by=agency.id,
            key=_key(f"training/{number}"),
        )


def look_inside(agency: User, chair: User) -> None:
    """The agency asked, was given leave by this scope's chair, opened three pages, ended it."""
    tenant = current_tenant()
    reason = "Mencocokkan kas menurut buku dengan laporan bulanan (latihan)"
    asked = inspections.ask(tenant, agency, reason=reason, days=2)
    inspections.grant(asked, chair)
    for page in ("", "buku-besar/neraca-saldo", "kas/"):
        inspections.note_look(asked, f"/k/{tenant.slug}/{page}")
    db.session.flush()
    inspections.end(asked, agency)


def announce(operator: User) -> None:
    if announcements.all_written(limit=1):
        return
    text = "Data latihan: semua nama dan angka di sini karangan. Silakan mencoba apa saja."
    with demo_papers.acting(operator):
        announcements.write(
            text, from_date=clock.today(), until_date=clock.today() + timedelta(days=14)
        )


def put_off(agency: User) -> None:
    """One thing of the week's list is left alone for a week."""
    raised = attention.alerts(overview.standings(Period.current(), months=2), clock.today())
    chosen = next((alert for alert in raised if alert.rule == "documents"), None)
    if chosen is not None:
        with demo_papers.acting(agency):
            until = clock.today() + timedelta(days=7)
            snoozes.put_off(chosen, until=until, reason="NIK koperasi sedang diurus bersama")


def _record_visit(tenant: Tenant, number: int, companion: User) -> Visit:
    """A visit with both signatures and a photo."""
    name = f"visit/{tenant.slug}/{number}"
    signatures = {side: _signature(f"{name}/{side}") for side in Side}
    report = _report(tenant, *_VISITS[number])
    made = visits.record(report, tenant, by=companion.id, key=_key(name), signatures=signatures)
    if not made.is_approved:
        paper = demo_papers.photo(f"{report.purpose} (foto latihan)")
        photo = pictures.made_anew(paper, at_most=2_000_000)
        visits.add_photo(made, photo, key=_key(f"{name}/photo"))
    return made


def _report(
    tenant: Tenant, ago: int, topics: Sequence[Topic], purpose: str, seen: str, advised: str
) -> Report:
    return Report(
        visited_on=_working_day(clock.today() - timedelta(days=ago + len(tenant.slug) % 5)),
        began_at=time(9, 0),
        ended_at=time(11, 30),
        kind=VisitorKind.ASSISTANT,
        purpose=purpose,
        attended="Ketua\nBendahara",
        topics=topics,
        observations=seen,
        recommendations=advised,
        signed_by="Ketua",
        on_paper=False,
    )


def _find_amiss(cooperatives: list[Tenant], companion: User) -> None:
    """At the second visits: answered, overdue, and so on in turn."""
    for number, tenant in enumerate(cooperatives):
        made = _record_visit(tenant, 1, companion)
        with demo_papers.acting(companion):
            found = findings.write(
                made,
                title="Setoran belum dicatat pada harinya",
                text="Catat setoran di hari yang sama agar kas dan buku selalu cocok.",
                seat=Role.TREASURER,
                due_on=clock.today() + timedelta(days=9 if number == 0 else -6 * number),
                key=_key(f"finding/{tenant.slug}"),
            )
        if number == 0:
            findings.answer(found, "Mulai pekan ini setoran dicatat sebelum koperasi tutup.")


def _working_day(day: date) -> date:
    """The day itself, or the Friday before it."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _signature(name: str) -> bytes:
    """A stroke of ink, another one for each name."""
    random = Random(name)
    points = [(20 + 26 * step, random.randint(20, 100)) for step in range(11)]
    image = Image.new("L", (320, 120), 255)
    ImageDraw.Draw(image).line(points, fill=0, width=4, joint="curve")
    return demo_papers.written(image, "PNG")


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/city/{what}")
