"""Rules that every module and every page keeps."""

from fnmatch import fnmatch
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

ROOT = Path(__file__).parent.parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for top in ("app", "tenants", "tasks")
    for path in (ROOT / top).rglob("*.py")
}
# The edges: who opens a piece of work also ends it.
MAY_COMMIT = (
    "*views",
    "*.commands",
    "app.web.once",
    "app.web.access",
    "app.api.access",
    "app.platform.demo",
    "tasks.*",
    "tenants.provisioning",
    "app.dev.*",
)


@pytest.mark.parametrize("module", MODULES)
def test_only_the_edges_commit(module):
    at_the_edge = any(fnmatch(module, pattern) for pattern in MAY_COMMIT)

    assert at_the_edge or "session.commit(" not in MODULES[module].read_text()


def test_every_page_declares_who_may_see_it(app):
    undeclared = {n for n, view in app.view_functions.items() if not hasattr(view, "needs")}

    assert not undeclared


def test_models_and_migrations_agree(app, environment, monkeypatch):
    monkeypatch.setenv("DATABASE_OWNER_URL", environment["DATABASE_OWNER_URL"])

    command.check(Config(toml_file=ROOT / "pyproject.toml"))
