"""`flask ledger …` on a database of its own, where it sees one moment as it does in earnest."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from beancount import loader
from flask import Flask

from app.config import from_environment
from app.dev.throwaway import Throwaway
from app.extensions import db
from app.factory import create_app
from tests.conftest import open_coop


@pytest.fixture(scope="module")
def real(app) -> Iterator[Flask]:
    env = Throwaway(Path(os.environ["KOPERASI_TEST_DIR"])).create_database("test_export")
    real = create_app(from_environment(env))
    app.extensions["celery"].set_default()
    yield real
    with real.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.mark.committed
def test_the_command_writes_a_file(real, tmp_path):
    coop = open_coop(real, f"ekspor-{uuid4().hex[:6]}")
    file = tmp_path / "2026.beancount"
    asked = ["ledger", "export", "--tenant", coop.slug, "--format", "beancount", "--year", "2026"]

    done = real.test_cli_runner().invoke(args=[*asked, "--output", str(file)])

    assert (done.exit_code, done.output) == (0, "")
    assert loader.load_file(str(file))[1] == []
    assert real.test_cli_runner().invoke(args=asked).output == file.read_text()
