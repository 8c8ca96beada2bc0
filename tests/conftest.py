"""Tests run on PostgreSQL, as the application's own role, inside a transaction per test."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from app.auth import services as people
from app.auth import sessions
from app.auth.models import User
from app.auth.permissions import Role
from app.config import from_environment
from app.dev import prepare
from app.dev.throwaway import Throwaway
from app.extensions import db
from app.factory import create_app
from app.platform import demo
from app.platform.services import SEEDS
from tenants.models import Tenant
from tenants.provisioning import Charter, open_city, open_tenant
from tenants.scope import tenant_scope

Scope = Callable[[Tenant], AbstractContextManager[Tenant]]
SignIn = Callable[..., FlaskClient]

_FOLDER = "KOPERASI_TEST_DIR"


def pytest_configure(config: pytest.Config) -> None:
    """The process that was started first owns the servers; workers of xdist share them."""
    if not hasattr(config, "workerinput"):
        throwaway = Throwaway.start()
        prepare.compile_translations(throwaway.folder / "setup.log")
        os.environ[_FOLDER] = str(throwaway.folder)
        config.throwaway = throwaway  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    if throwaway := getattr(config, "throwaway", None):
        throwaway.stop()


@pytest.fixture(scope="session")
def process(request: pytest.FixtureRequest) -> str:
    """Which of the processes of the test run this is."""
    return str(getattr(request.config, "workerinput", {"workerid": "main"})["workerid"])


@pytest.fixture(scope="session")
def environment(process: str) -> dict[str, str]:
    """A database of this worker's own, and the addresses of everything."""
    found = Throwaway(Path(os.environ[_FOLDER])).create_database(f"test_{process}")
    with psycopg.connect(found["SUPERUSER_URL"].replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute("GRANT koperasi_city TO koperasi_app")  # for AsCity alone
    return found


@pytest.fixture(scope="session")
def app(environment: dict[str, str]) -> Iterator[Flask]:
    app = create_app(
        from_environment(environment)
        | {
            "TESTING": True,
            "WTF_CSRF_ENABLED": False,
            "RATELIMIT_ENABLED": False,
            "CELERY": {"task_always_eager": True, "task_eager_propagates": True},
        }
    )
    with app.app_context():
        open_city(())  # the city's settings; its cooperatives stay without a chart
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(scope="session")
def practised(app: Flask, process: str) -> str:
    """The name of a database that holds the practice data, to be copied from."""
    name = f"practised_{process}"
    with practising(app, name) as served, served.app_context():
        demo.load()
    return name


@contextmanager
def practising(app: Flask, name: str, **template: str) -> Iterator[Flask]:
    """The platform on a database of its own, which is let go of afterwards."""
    env = Throwaway(Path(os.environ[_FOLDER])).create_database(name, **template)
    served = create_app(from_environment(env) | {"CELERY": {"task_always_eager": True}})
    try:
        yield served
    finally:
        app.extensions["celery"].set_default()  # tasks go to the application of the tests again
        with served.app_context():
            for engine in db.engines.values():
                engine.dispose()


@pytest.fixture(autouse=True)
def rollback(request: pytest.FixtureRequest) -> Iterator[None]:
    """Undo whatever the test commits: its commits are savepoints of one transaction.

    Tests marked `committed` work on the database as it is, with connections of their own.
    """
    if "app" not in request.fixturenames or request.node.get_closest_marker("committed"):
        yield
        return
    app = request.getfixturevalue("app")
    with app.app_context():
        engines = db.engines
    engine = engines[None]
    with engine.connect() as connection, connection.begin() as transaction:
        city, engines["city"] = engines["city"], AsCity(connection)
        engines[None] = connection
        yield
        engines[None], engines["city"] = engine, city
        transaction.rollback()


class AsCity:
    """The city's connection within a test: the same transaction, with the city's own rights."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        with self.connection.begin_nested():  # an error takes the role back as well
            self.connection.execute(text("SET LOCAL app.tenant_id = ''"))
            self.connection.execute(text("SET LOCAL ROLE koperasi_city"))
            yield self.connection
            self.connection.execute(text("RESET ROLE"))


@pytest.fixture
def scope(app: Flask) -> Scope:
    """Work inside a cooperative, as a request or a task would, in a session of its own."""

    @contextmanager
    def enter(tenant: Tenant) -> Iterator[Tenant]:
        with app.app_context(), tenant_scope(tenant):
            yield tenant

    return enter


@pytest.fixture
def coop(app: Flask, rollback: None) -> Tenant:
    """The cooperative that the test is about."""
    return open_coop(app, "maju")


@pytest.fixture
def other_coop(app: Flask, rollback: None) -> Tenant:
    """Another one, whose data must never show."""
    return open_coop(app, "sejahtera")


@pytest.fixture
def sign_in(app: Flask, coop: Tenant) -> SignIn:
    """A browser in which someone who holds `role` (in `coop`, or in the city) has signed in."""

    def as_role(role: Role, tenant: Tenant | None = coop, name: str = "") -> FlaskClient:
        with app.app_context():
            user = make_user(name or f"Petugas {role}", f"{name or role}@example.org")
            people.appoint(user, role, tenant, from_date=date(2025, 1, 1))
            db.session.commit()
            return browser(app, user)

    return as_role


def make_user(name: str, email: str) -> User:
    return people.register_person(name, email=email.replace(" ", "."), phone=None)


def browser(app: Flask, user: User) -> FlaskClient:
    """A browser in which `user` is signed in. Needs an application context."""
    session = sessions.open_session(user, device="pytest", address="127.0.0.1")
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = session.token
        cookie["_fresh"] = True
    return client


def open_coop(app: Flask, slug: str) -> Tenant:
    charter = Charter(slug=slug, ward=slug.title(), ward_code=f"00.{slug[:12]}", district="Barat")
    with app.app_context():
        return open_tenant(charter, SEEDS)
