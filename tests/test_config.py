"""The platform refuses to start in an environment that does not keep its promises."""

import pytest

from app.config import Misconfigured, from_environment
from app.extensions import db
from app.factory import create_app
from app.web.fitness import require_fit


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "CITY_DATABASE_URL", "REDIS_URL"])
def test_what_is_missing_is_named(environment, name):
    with pytest.raises(Misconfigured, match=name):
        from_environment({**environment, name: ""})


@pytest.mark.parametrize("secret", ["short", "a" * 40])
def test_a_weak_secret_is_refused(environment, secret):
    with pytest.raises(Misconfigured, match="too weak"):
        from_environment({**environment, "SECRET_KEY": secret})


@pytest.mark.parametrize(
    ("role", "why"), [("SUPERUSER_URL", "superuser"), ("DATABASE_OWNER_URL", "owns tables")]
)
def test_a_role_above_the_policies_is_refused(app, environment, role, why):
    unfit = create_app(from_environment({**environment, "DATABASE_URL": environment[role]}))
    try:
        with pytest.raises(Misconfigured, match=why):
            require_fit(unfit)
    finally:
        app.extensions["celery"].set_default()
        with unfit.app_context():
            db.engine.dispose()


def test_earlier_secrets_may_be_named(environment):
    named = from_environment({**environment, "SECRET_KEY_FALLBACKS": "one two"})

    assert named["SECRET_KEY_FALLBACKS"] == ["one", "two"]
    assert from_environment(environment)["SECRET_KEY_FALLBACKS"] == []


def test_looking_leaves_no_connection_that_a_fork_would_share(app, environment):
    fit = create_app(from_environment(environment))
    try:
        require_fit(fit)
        with fit.app_context():
            assert [engine.pool.checkedin() for engine in db.engines.values()] == [0, 0]
    finally:
        app.extensions["celery"].set_default()
