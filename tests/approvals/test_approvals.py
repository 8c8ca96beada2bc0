"""The two-person rule."""

from uuid import uuid4

import pytest
from flask import g

from app.approvals import services, views
from app.approvals.models import ApprovalState
from app.auth.permissions import Role
from app.core.errors import DomainError
from app.extensions import db
from app.web.words import APPROVAL_KINDS
from tenants.scope import act_as
from tests.conftest import make_user

KIND = "test.payment"


@pytest.fixture
def done():
    return []


@pytest.fixture(autouse=True)
def kind(monkeypatch, done):
    monkeypatch.setitem(APPROVAL_KINDS, KIND, "Pembayaran")
    monkeypatch.setitem(views.ACTS, KIND, lambda approval: done.append(approval.arguments["what"]))


@pytest.fixture
def people(app, coop):
    with app.app_context():
        both = [make_user(name, f"{name}@example.org").id for name in ("asker", "other")]
        db.session.commit()
    return both


def ask(key="1"):
    return services.ask(
        KIND, key, title="Beli kulkas", amount=2_000_000, reason="rusak", what="kulkas"
    )


def test_nothing_happens_until_another_person_approves(scope, coop, people, done):
    with scope(coop):
        act_as(people[0])
        asked = ask()
        assert done == []

        act_as(people[1])
        services.approve(asked.id, views.ACTS[KIND])

        assert done == ["kulkas"]
        assert asked.state is ApprovalState.APPROVED


def test_asked_twice_it_is_one_request(scope, coop, people):
    with scope(coop):
        act_as(people[0])

        assert ask().id == ask().id


def test_approved_twice_it_happens_once(scope, coop, people, done):
    with scope(coop):
        act_as(people[0])
        asked = ask()
        act_as(people[1])
        for _ in range(2):
            services.approve(asked.id, views.ACTS[KIND])

        assert done == ["kulkas"]


def test_nobody_approves_their_own_request(scope, coop, people, done):
    with scope(coop):
        act_as(people[0])
        asked = ask()

        with pytest.raises(DomainError):
            services.approve(asked.id, views.ACTS[KIND])
        assert done == []


def test_the_database_too_refuses_ones_own_approval(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        asked = ask()
        asked.state, asked.decided_by = ApprovalState.APPROVED, people[0]
        asked.decided_at = asked.asked_at

        with pytest.raises(Exception, match="two_persons"):
            db.session.flush()


def test_a_refused_request_cannot_be_approved_later(scope, coop, people, done):
    with scope(coop):
        act_as(people[0])
        asked = ask()
        act_as(people[1])
        services.reject(asked.id, answer="terlalu mahal")

        with pytest.raises(DomainError):
            services.approve(asked.id, views.ACTS[KIND])
        assert done == []


def test_what_was_refused_may_be_asked_for_anew(scope, coop, people, done):
    with scope(coop):
        act_as(people[0])
        first = ask()
        act_as(people[1])
        services.reject(first.id, answer="terlalu mahal")
        act_as(people[0])
        second = ask()

        assert second.id != first.id
        assert services.find_by_key(KIND, "1").id == second.id
        assert ask().id == second.id


def test_only_who_asked_takes_a_request_back(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        asked = ask()
        act_as(people[1])
        with pytest.raises(DomainError):
            services.withdraw(asked.id)

        act_as(people[0])
        assert services.withdraw(asked.id).state is ApprovalState.WITHDRAWN


def test_large_amounts_need_a_second_person(scope, coop):
    with scope(coop):
        assert not services.needs_second(999_999)
        assert services.needs_second(1_000_000)


@pytest.fixture
def waiting(scope, coop, people):
    with scope(coop):
        act_as(people[0])
        asked = ask().id
        db.session.commit()
        g.pop("actor_id", None)
    return asked


def test_the_chair_reads_and_approves(sign_in, scope, coop, waiting, done):
    chair = sign_in(Role.CHAIR)
    assert "Beli kulkas" in chair.get("/k/maju/persetujuan/").text
    assert "Rp2.000.000" in chair.get(f"/k/maju/persetujuan/{waiting}").text

    response = chair.post(f"/k/maju/persetujuan/{waiting}/setuju", data={"key": str(uuid4())})

    assert response.status_code == 303
    assert done == ["kulkas"]
    with scope(coop):
        assert services.find(waiting).approval.state is ApprovalState.APPROVED


def test_who_refuses_says_why(sign_in, waiting, done):
    chair = sign_in(Role.CHAIR)
    address = f"/k/maju/persetujuan/{waiting}/kembalikan"

    silent = chair.post(address, data={"key": str(uuid4())})
    assert silent.status_code == 422
    assert 'href="#answer"' in silent.text
    said = chair.post(address, data={"key": str(uuid4()), "answer": "terlalu mahal"})

    assert said.status_code == 303
    assert "Dikembalikan: terlalu mahal" in chair.get(f"/k/maju/persetujuan/{waiting}").text
    assert done == []


def test_a_cashier_reads_but_does_not_answer(sign_in, waiting):
    cashier = sign_in(Role.CASHIER)
    address = f"/k/maju/persetujuan/{waiting}"

    assert cashier.get(address).status_code == 200
    assert cashier.post(f"{address}/setuju", data={"key": str(uuid4())}).status_code == 403


def test_a_request_of_another_cooperative_is_not_found(sign_in, other_coop, waiting):
    stranger = sign_in(Role.CHAIR, other_coop)

    assert stranger.get(f"/k/maju/persetujuan/{waiting}").status_code == 404
    assert stranger.get(f"/k/sejahtera/persetujuan/{waiting}").status_code == 404
