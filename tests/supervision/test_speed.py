"""The overview asks little of the database, however many cooperatives there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from app.auth.permissions import Role
from app.core.period import Period
from app.extensions import db
from app.supervision import glance
from app.supervision.measures import MEASURES
from app.supervision.models import IndicatorMonth

_HOUSEKEEPING = ("SET LOCAL", "RESET ROLE", "SAVEPOINT", "RELEASE", "ROLLBACK")


@contextmanager
def asked() -> Iterator[list[str]]:
    """What is asked of the database meanwhile, but for saying who asks."""
    questions: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(_HOUSEKEEPING):
            questions.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        yield questions
    finally:
        event.remove(Engine, "before_cursor_execute", listen)


def test_the_overview_asks_at_most_six_questions_with_those_of_signing_in(sign_in):
    dinas = sign_in(Role.CITY_AGENCY, None)
    for address in ("/kota/", "/kota/?ukuran=simpanan&urut=terburuk&kecamatan=Barat"):
        dinas.get(address)  # a first look notes that the session is in use
        with asked() as questions:
            assert dinas.get(address).status_code == 200

        assert 0 < len(questions) <= 6, questions


def test_a_percentage_is_the_same_from_the_database_and_from_its_sums(app, coop):
    collected = MEASURES["tertagih"]
    pairs = [(345_000, 480_000), (615_000, 615_000), (0, 7), (1, 2_000), (5, None), (None, 8)]
    months = [Period.current().plus(-n) for n in range(len(pairs))]
    with app.app_context():
        for month, (settled, billed) in zip(months, pairs, strict=True):
            told = {"dues_settled": settled, "dues_billed": billed}
            db.session.add(IndicatorMonth(tenant_id=coop.id, period=month.first_day, **told))
        db.session.commit()
        (maju,) = (p for p in glance.ranking(collected, months[0]) if p.slug == "maju")

    assert list(reversed(maju.history))[: len(pairs)] == [719, 1000, 0, 1, None, None]
