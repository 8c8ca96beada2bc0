"""The monthly report of a companion, filled from what was recorded. On paper always Indonesian."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.auth.models import User
from app.companions import assignments, findings, plans, visits
from app.companions.findings import Found
from app.companions.plans import Planned
from app.companions.visits import Told
from app.core import clock
from app.core.period import Period
from app.findings.models import FindingState
from app.printing.days import in_short, month, written
from app.printing.pdf import pdf
from app.printing.workbooks import Cell, Sheet, workbook
from tenants.models import Tenant

_VISIT_HEAD = ["Tanggal", "Koperasi", "Jam", "Tujuan", "Topik", "Rekomendasi", "Disetujui"]
_FINDING_HEAD = ["Koperasi", "Temuan", "Penanggung jawab", "Tenggat", "Status"]
_STATES = {
    FindingState.OPEN: "terbuka",
    FindingState.ANSWERED: "dijawab",
    FindingState.CLOSED: "selesai",
}


@dataclass(frozen=True)
class Report:
    """A companion's month."""

    companion: User
    period: Period
    cooperatives: Sequence[Tenant]  # looked after on some day of the month
    visits: Sequence[Told]
    findings: Sequence[Found]
    missed: Sequence[Planned]  # planned for a day that is over, and not carried out

    @property
    def minutes(self) -> int:
        """How long the visits lasted together."""
        return sum(_minutes(told) for told in self.visits)

    @property
    def unvisited(self) -> list[Tenant]:
        seen = {told.visit.tenant_id for told in self.visits}
        return [tenant for tenant in self.cooperatives if tenant.id not in seen]

    def count(self, state: FindingState) -> int:
        return sum(found.finding.state is state for found in self.findings)


def report(companion: User, period: Period) -> Report:
    """What a companion did in a month, as far as it has come."""
    first, last = period.first_day, period.last_day
    planned = plans.between(first, last, by=companion.id)
    return Report(
        companion=companion,
        period=period,
        cooperatives=assignments.cooperatives_between(companion.id, first, last),
        visits=visits.between(first, last, by=companion.id),
        findings=findings.between(first, last, by=companion.id),
        missed=[one for one in planned if one.plan.is_open and one.plan.planned_on < clock.today()],
    )


def as_pdf(found: Report, *, at: datetime) -> bytes:
    """Laporan bulanan pendamping, with room for both signatures."""
    data = {
        "name": found.companion.name,
        "period": month(found.period.first_day),
        "today": written(clock.day_of(at)),
        "summary": summary(found),
        "visit_head": _VISIT_HEAD,
        "visits": [_visit_row(told) for told in found.visits],
        "finding_head": _FINDING_HEAD,
        "findings": [_finding_row(one) for one in found.findings],
        "unvisited": ", ".join(tenant.ward for tenant in found.unvisited),
        "missed": ", ".join(
            f"{one.cooperative.ward} ({in_short(one.plan.planned_on)})" for one in found.missed
        ),
    }
    return pdf("companions/print/monthly.typ", data, at=at)


def as_workbook(found: Report) -> bytes:
    """The same in two sheets, to be added to the report of others."""
    above = ["Laporan bulanan pendamping", found.companion.name, month(found.period.first_day)]
    rows: list[list[Cell]] = [
        [told.visit.visited_on, told.cooperative.ward, _minutes(told), *_visit_row(told)[3:]]
        for told in found.visits
    ]
    head = [*_VISIT_HEAD[:2], "Menit", *_VISIT_HEAD[3:]]
    listed: list[list[Cell]] = [list(_finding_row(one)) for one in found.findings]
    return workbook(
        [
            Sheet("Kunjungan", above, head, rows, [14, 22, 10, 36, 30, 48, 14]),
            Sheet("Temuan", above, _FINDING_HEAD, listed, [22, 40, 22, 14, 14]),
        ]
    )


def summary(found: Report) -> list[tuple[str, str]]:
    """The month in a few figures."""
    hours, minutes = divmod(found.minutes, 60)
    return [
        ("Koperasi didampingi", str(len(found.cooperatives))),
        ("Kunjungan", str(len(found.visits))),
        ("Lama seluruhnya", f"{hours} jam {minutes} menit"),
        ("Temuan ditulis", str(len(found.findings))),
        ("Temuan dijawab", str(found.count(FindingState.ANSWERED))),
        ("Temuan selesai", str(found.count(FindingState.CLOSED))),
    ]


def _visit_row(told: Told) -> list[str]:
    visit = told.visit
    return [
        in_short(visit.visited_on),
        told.cooperative.ward,
        f"{visit.began_at:%H.%M}–{visit.ended_at:%H.%M}",
        visit.purpose,
        ", ".join(visit.topics),
        visit.recommendations,
        in_short(visit.approved_on) if visit.approved_on else "belum",
    ]


def _finding_row(found: Found) -> list[str]:
    finding = found.finding
    seat = finding.seat.value.replace("_", " ")
    state = _STATES[finding.state]
    return [found.cooperative.ward, finding.title, seat, in_short(finding.due_on), state]


def _minutes(told: Told) -> int:
    """How long a visit lasted."""
    ends, begins = (
        datetime.combine(date.min, at) for at in (told.visit.ended_at, told.visit.began_at)
    )
    return (ends - begins) // timedelta(minutes=1)
