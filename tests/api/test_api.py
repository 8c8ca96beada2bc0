"""/api/v1: what other systems read, by token, and what they are refused."""

import pytest

from app.api import access, tokens
from app.api.models import Scope
from app.auth.permissions import Role
from app.core import clock
from app.core.period import Period
from app.extensions import db
from app.supervision import reporting
from tenants.definitions import Key
from tenants.settings import decide_for_city
from tests.api.conftest import CANARY
from tests.factories import make_member, pay

LISTS = ("/cooperatives", "/documents", "/indicators/months", "/indicators/days")


def test_figures_of_months_are_read_and_no_name(ask, reported):
    answer = ask("/indicators/months?cooperative=maju")
    last = answer.json["data"][-1]

    assert answer.status_code == 200
    assert len(answer.json["data"]) == 3
    assert last["month"] == str(Period.current())
    assert last["figures"]["members_active"] == 1
    assert last["figures"]["consignors"] is None
    assert last["withheld"] == []
    assert CANARY not in answer.text


def test_an_amount_of_few_people_is_null_and_said_to_be_left_out(ask, scope, coop):
    with scope(coop):
        pay(make_member(CANARY, clock.today()), on=clock.today(), voluntary=1_234_567)
        reporting.report(clock.today())
        db.session.commit()
    answer = ask("/indicators/days?cooperative=maju")
    last = answer.json["data"][-1]

    assert "1234567" not in answer.text
    assert last["figures"]["savings_voluntary"] is None
    assert last["withheld"] == ["assets", "cash", "savings_voluntary"]


def test_what_is_asked_for_is_narrowed(ask, reported):
    month = Period.current().previous()

    assert [
        row["month"] for row in ask(f"/indicators/months?from={month}&until={month}").json["data"]
    ] == [str(month)] * 2
    assert len(ask(f"/indicators/days?from={clock.today()}").json["data"]) == 2
    assert [row["slug"] for row in ask("/cooperatives?district=Barat").json["data"]] == [
        "maju",
        "sejahtera",
    ]


def test_one_cooperative_is_read_and_one_that_is_not_there_is_a_problem(ask, coop):
    assert ask("/cooperatives/maju").json["ward"] == "Maju"
    for name in ("tidak-ada", "%00", "MAJU", "a" * 90):
        answer = ask(f"/cooperatives/{name}")

        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_documents_are_told_by_what_was_reported(ask, reported):
    rows = {row["cooperative"]: row for row in ask("/documents").json["data"]}

    assert rows["maju"]["documents"] == 0
    assert (rows["maju"]["of"], rows["maju"]["complete"]) == (5, False)
    assert rows["bendan-kergon"]["documents"] is None


@pytest.mark.parametrize("path", LISTS)
def test_pages_follow_each_other_until_all_is_read(app, ask, reported, token, path):
    whole = ask(path).json
    rows, following = [], f"/api/v1{path}?limit=2"
    while following:
        answer = app.test_client().get(following, headers={"Authorization": f"Bearer {token[1]}"})
        rows, following = rows + answer.json["data"], answer.json["next"]

    assert whole["next"] is None
    assert rows == whole["data"]


def test_a_token_revoked_while_paging_is_refused_at_once(app, ask, reported, token):
    assert ask("/indicators/months?limit=2").json["next"]
    with app.app_context():
        tokens.revoke(tokens.get(token[0]))
        db.session.commit()
    answer = ask("/indicators/months?limit=2&cursor=1.1")

    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.json["status"] == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("secret", [None, "kmp_no", "", "☃"])
def test_without_a_token_that_works_nothing_is_read(app, ask, coop, secret):
    headers = {"Authorization": f"Bearer {secret}".encode().decode("latin-1")} if secret else {}
    for path in LISTS:
        answer = app.test_client().get(f"/api/v1{path}", headers=headers)

        assert answer.status_code == 401, path
        assert "Set-Cookie" not in answer.headers, path


def test_a_token_whose_day_has_passed_works_no_longer(ask, coop, monkeypatch):
    assert ask("/documents").status_code == 200
    tomorrow = clock.today().replace(year=clock.today().year + 1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)

    assert ask("/documents").status_code == 401


def test_a_token_reads_only_within_its_scopes(app, ask, coop):
    with app.app_context():
        _made, secret = tokens.make("Peta", [Scope.COOPERATIVES], expires_on=clock.today())
        db.session.commit()
    answer = ask("/documents", secret=secret)

    assert ask("/cooperatives", secret=secret).status_code == 200
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert 'scope="documents"' in answer.headers["WWW-Authenticate"]


def test_a_cookie_never_opens_the_api(sign_in, coop):
    operator = sign_in(Role.CITY_OPERATOR, None)

    assert operator.get("/api/v1/documents").status_code == 401


def test_the_api_only_reads(ask, app, token):
    answer = app.test_client().post(
        "/api/v1/documents", headers={"Authorization": f"Bearer {token[1]}"}
    )

    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=1e2", "limit"),
        ("cursor=x", "cursor"),
        ("from=2026-13", "from"),
        ("until=kemarin", "until"),
        ("cooperative=%00", "cooperative"),
        ("kota=1", "kota"),
    ],
)
def test_what_cannot_be_asked_is_named(ask, asked, parameter):
    answer = ask(f"/indicators/months?{asked}")

    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert [error["parameter"] for error in answer.json["errors"]] == [parameter]


def test_problems_are_told_in_the_language_asked_for(ask):
    assert "Pertanyaan" in ask("/documents?limit=0").json["title"]
    english = ask("/documents?limit=0", **{"Accept-Language": "en-GB"})
    assert "question" in english.json["title"]
    assert english.headers["Content-Language"] == "en"
    assert ask("/tidak-ada").mimetype == "application/problem+json"


def test_what_has_not_changed_is_not_sent_again(ask, reported):
    for path in (*LISTS, "/openapi.json"):
        first = ask(path)
        again = ask(path, **{"If-None-Match": first.headers["ETag"]})

        assert (again.status_code, again.data) == (304, b""), path


def test_each_token_is_counted_for_itself_by_a_number_that_is_set(app, token):
    with app.app_context():
        decide_for_city(Key.API_PER_MINUTE, 7, from_date=clock.today())
        db.session.commit()
    with app.test_request_context(headers={"Authorization": f"Bearer {token[1]}"}):
        assert (access.who(), access.most()) == (f"token:{token[0]}", "7/minute")
    with app.test_request_context(environ_base={"REMOTE_ADDR": "10.0.0.9"}):
        assert access.who() == "10.0.0.9"


def test_when_a_token_was_last_used_is_noted(app, ask, token, coop):
    ask("/documents")
    with app.app_context():
        assert tokens.get(token[0]).last_used_at is not None
