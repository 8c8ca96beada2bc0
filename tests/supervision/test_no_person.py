"""Whatever the city opens or takes home, no person of a cooperative is in it."""

import io
import zipfile

import pytest
from pypdf import PdfReader

from app.auth.permissions import Role
from app.companions.models import Visit
from app.core import clock
from app.core.period import Period
from app.dues import accrual
from app.extensions import db
from app.supervision import reporting
from tests.factories import make_member, make_rate, pay
from tests.test_pages import EXAMPLES

PERSON = {
    "name": "Kenari Rahasia",
    "nik": "3375011505800042",
    "phone": "+6281234500042",
    "address": "Gang Rahasia 42",
}
AMOUNT = 1_234_567  # what one member saved, and nobody else
PLANTED = (*PERSON.values(), "0812-3450-0042", "081234500042", "1.234.567", str(AMOUNT))
CITY = (Role.CITY_AGENCY, Role.CITY_COMPANION, Role.CITY_OPERATOR)


@pytest.fixture(autouse=True)
def planted(scope, coop):
    """One member with a sum of their own among others, reported."""
    with scope(coop):
        make_rate()
        member = make_member(joined_on=clock.today().replace(day=1), **PERSON)
        other = make_member("Kutilang", clock.today().replace(day=1))
        accrual.accrue(Period.current())
        pay(member, on=clock.today(), voluntary=AMOUNT)
        pay(other, on=clock.today(), dues=15_000, voluntary=5_000)
        reporting.report(clock.today())
        db.session.commit()


def addresses(app):
    """Every address outside a cooperative that one may look at."""
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or "slug" in rule.arguments or rule.endpoint == "assets.file":
            continue
        values = {name: EXAMPLES.get(name, "1") for name in rule.arguments}
        yield rule.build(values)[1]


def words_of(response):
    """What a page says, or a file that is taken home: PDF, workbook or text."""
    content = response.data
    if content.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(content))
        return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    return response.text


@pytest.mark.parametrize("role", CITY)
def test_no_page_and_no_export_of_the_city_tells_of_a_member(app, sign_in, role):
    browser = sign_in(role, None)
    opened = 0
    for address in addresses(app):
        response = browser.get(address)
        opened += response.status_code == 200
        told = [word for word in PLANTED if word in words_of(response)]

        assert not told, (address, told)
    assert opened > 15


def test_a_visit_is_no_way_round_it(app):
    """The city's role reads when a visit was, and nothing that was written about it."""
    with app.app_context():
        columns = {
            column.name
            for column in Visit.__table__.columns
            if db.session.scalar(
                db.text("SELECT has_column_privilege('koperasi_city', 'visits', :name, 'SELECT')"),
                {"name": column.name},
            )
        }

    assert columns == {"id", "tenant_id", "visited_on", "approved_on"}
