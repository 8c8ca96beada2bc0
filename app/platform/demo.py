"""Practice data: the story of the pilot, so that everything can be tried with nothing at stake.

Deterministic and re-runnable: a cooperative that has members already is left alone. The
people are invented; their NIKs carry serials from 9001 on, which no registry office has
reached. Refused outside practice.
"""

from datetime import date, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from flask import current_app
from sqlalchemy import func, select

from app.auth import services as people
from app.auth import sessions
from app.auth.models import User
from app.auth.permissions import CITY, Role
from app.companions import assignments
from app.core import clock
from app.core.errors import DomainError
from app.core.identity import read_nik
from app.core.period import Period
from app.dues import accrual, payments
from app.dues.payments import Payment
from app.dues.standing import standing
from app.extensions import db
from app.launch import readiness
from app.ledger import months
from app.members import services as members
from app.members.models import Member
from app.members.services import Particulars
from app.open import services as publications
from app.open.models import Subject
from app.platform import demo_city, demo_papers, services
from app.simkopdes import services as ministry
from app.supervision import reporting
from tenants.definitions import Key
from tenants.models import Tenant
from tenants.queries import active_tenants, find_moved, find_tenant
from tenants.scope import tenant_scope
from tenants.settings import decide, setting

PILOT = "bendan-kergon"
PASSWORD = "batik-jlamprang-2026"
# Case G1 of the domain reference: who joined when.
JOINED = {
    date(2025, 6, 12): 20,
    date(2025, 7, 1): 5,
    date(2025, 7, 31): 3,
    date(2025, 9, 15): 2,
    date(2025, 11, 19): 2,
}
_TELLING = (
    Role.CITY_COMPANION,
    Role.CITY_AGENCY,
    Role.CITY_OPERATOR,
    Role.CHAIR,
    Role.SECRETARY,
)
_LITTLE = {"sokoduwet": 6, "krapyak": 4, "medono": 9, "kauman": 7, "jenggot": 8}

_MONTHS = 12
_WOMEN = "Siti,Endang,Ratna,Maesaroh,Khotimah,Dewi,Sri,Lestari,Zulaekha,Ika,Rokhayah,Umi"
_MEN = "Basir,Wahyu,Slamet,Teguh,Rozikin,Khaerul,Zaenal,Suharto,Budi,Ghozali,Ismail,Anwar"
_FIRST = (_WOMEN.split(","), _MEN.split(","))
_LAST = "Rohmah,Hidayat,Mubarok,Fauziah,Susanti,Setiawan,Wulandari,Arifin,Basuki"
_STREETS = ("Jl. Jawa", "Jl. Bendan", "Jl. Kergon", "Gg. Melati", "Jl. KH Mas Mansyur")
_WORK = ("Pembatik", "Pedagang", "Penjahit", "Ibu rumah tangga", "Nelayan", "Guru", "Buruh")
_TRADES = ("", "", "batik", "keripik tempe", "katering", "")


def load() -> None:
    """Open the city and fill in what is not there yet. Commits."""
    if not current_app.config["DEMO"]:
        raise DomainError("demo data are for practice only: set KOPERASI_DEMO=1")
    services.open_city()
    _appoint_everybody()
    _assign_companion()
    _fill(PILOT, JOINED, close_first=True)
    for slug, count in _LITTLE.items():
        _fill(slug, {date(2026, 8, 3): count}, close_first=False)
    _report_year()
    _tell_of_city()


def accounts() -> list[tuple[Role, str]]:
    """Every office with the e-mail address to sign in by."""
    return [(role, _address(role)) for role in Role]


def _appoint_everybody() -> None:
    for role in Role:
        if sessions.find_by_name(_address(role)) is not None:
            continue
        user = people.register_person(_officer(role), email=_address(role), phone=None)
        people.set_password(user, PASSWORD)
        people.appoint(
            user,
            role,
            None if role in CITY else _pilot(),
            from_date=date(2025, 6, 12),
            decree="BA musyawarah 12-06-2025",
            is_ward_head=role is Role.SUPERVISOR_CHAIR,
        )
        db.session.commit()


def _assign_companion() -> None:
    """The companion looks after the cooperatives that have something in their books."""
    companion = _person(Role.CITY_COMPANION)
    if not assignments.cooperatives_of(companion.id):
        chosen = [tenant for tenant in active_tenants() if tenant.slug in (PILOT, *_LITTLE)]
        assignments.assign(companion, chosen, from_date=date(2026, 1, 5), until_date=None)
        db.session.commit()


def _fill(slug: str, joined: dict[date, int], *, close_first: bool) -> None:
    with tenant_scope(_cooperative(slug)):
        if db.session.scalar(select(func.count()).select_from(Member)):
            return
        random = Random(slug)
        days = [day for day, count in joined.items() for _ in range(count)]
        if slug == PILOT:
            _decide_rates(min(joined))
            publications.publish({Subject.MEMBERS, Subject.SAVINGS, Subject.LAUNCH})
        people_here = [_enter(number, day, random) for number, day in enumerate(days, 1)]
        accrual.accrue(Period.current())
        for member in people_here:
            _pay_dues(member, random)
        if close_first:
            months.close(Period.of(min(joined)))
            months.agree(Period.of(min(joined)))
        db.session.commit()


def _report_year() -> None:
    """What each cooperative would have reported to the city, month by month."""
    for tenant in active_tenants():
        with tenant_scope(tenant):
            if reporting.has_reported():
                continue
            demo_papers.hold_papers()
            for period in Period.current().plus(-_MONTHS).through(Period.current()):
                reporting.report(min(period.last_day, clock.today()))
            readiness.report()
            demo_papers.hold_more_papers()
            demo_papers.hold_meeting()
            readiness.report()
            db.session.commit()


def _tell_of_city() -> None:
    """What companions, agency and operator have done; once."""
    if ministry.files(limit=1):
        return
    companion, agency, operator, chair, secretary = map(_person, _TELLING)
    cooperatives = list(assignments.cooperatives_of(companion.id))
    cooperatives.sort(key=lambda tenant: tenant.slug != PILOT)
    everywhere = list(active_tenants())
    demo_city.take_over_statistics()
    demo_city.plan_launches(everywhere)
    demo_city.visit(cooperatives, companion, agency)
    demo_city.plan_visits(cooperatives, companion)
    demo_city.train(everywhere, agency)
    demo_city.announce(operator)
    db.session.commit()
    demo_city.put_off(agency)
    db.session.commit()
    with tenant_scope(_pilot()):
        demo_papers.assess(chair, agency)
        demo_city.look_inside(agency, chair)
        demo_papers.copy_to_ministry(secretary)
        db.session.commit()


def _decide_rates(day: date) -> None:
    """The pilot has set what its statutes say, though it equals the city's."""
    for key in (Key.PRINCIPAL, Key.DUES):
        decide(key, setting(key, day), from_date=day, legal_basis="AD/ART KKMP Bendan Kergon")


def _enter(number: int, day: date, random: Random) -> Member:
    woman = random.random() < 0.6
    born = date(1962, 1, 1) + timedelta(days=random.randrange(14_000))
    nik = f"33750{random.randint(1, 4)}{born.day + 40 * woman:02d}{born:%m%y}{9000 + number}"
    who = Particulars(
        nik=read_nik(nik),
        name=f"{random.choice(_FIRST[not woman])} {random.choice(_LAST.split(','))}",
        birth_place="Pekalongan",
        address=f"{random.choice(_STREETS)} No. {random.randint(1, 90)}",
        rt=f"{random.randint(1, 5):03d}",
        rw=f"{random.randint(1, 7):03d}",
        phone=f"+62812{random.randint(10_000_000, 99_999_999)}",
        occupation=random.choice(_WORK),
        business=random.choice(_TRADES),
    )
    member = members.register(who, on=day, consent=True)
    payments.receive(member, Payment(principal=25_000), on=day, key=_key(member, "pokok"))
    return member


def _pay_dues(member: Member, random: Random) -> None:
    """Some pay every few months, some late, some not at all since a while: as in life."""
    joined = member.joined_on or member.registered_on
    diligence = random.choice((0.2, 0.5, 0.8, 0.9, 1.0, 1.0))
    day = joined
    while (day := day + timedelta(days=random.choice((31, 61, 92)))) < clock.today():
        due = [m.owed for m in standing(member).unpaid if m.period <= Period.of(day)]
        if due and random.random() < diligence:
            key = _key(member, day.isoformat())
            payments.receive(member, Payment(dues=sum(due)), on=day, key=key)


def _person(role: Role) -> User:
    found = sessions.find_by_name(_address(role))
    assert found is not None
    return found


def _pilot() -> Tenant:
    return _cooperative(PILOT)


def _cooperative(slug: str) -> Tenant:
    """Whose address was this at first: those who practise may have renamed it."""
    tenant = find_tenant(slug) or find_moved(slug)
    assert tenant is not None
    return tenant


def _key(member: Member, what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/{member.tenant_id}/{member.number}/{what}")


def _address(role: Role) -> str:
    return f"{role.value.replace('_', '-')}@latihan.test"


def _officer(role: Role) -> str:
    index = list(Role).index(role)
    return f"{_FIRST[index % 2][index]} {_LAST.split(',')[index % 9]}"
