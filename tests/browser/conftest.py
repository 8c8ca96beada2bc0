"""A real browser against a real server, on a database that is committed to."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from app.config import from_environment
from app.dev.check import BROWSERS
from app.dev.throwaway import Throwaway
from app.extensions import db
from app.factory import create_app
from app.platform import demo

_QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """Where the platform answers, with the practice data on a database of its own."""
    env = Throwaway(Path(os.environ["KOPERASI_TEST_DIR"])).create_database("test_browser")
    served = create_app(from_environment(env) | {"CELERY": {"task_always_eager": True}})
    with served.app_context():
        demo.load()
    server = make_server("127.0.0.1", 0, served, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    app.extensions["celery"].set_default()  # tasks go to the application of the tests again
    with served.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = next(path for name in BROWSERS if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_QUIET.split())
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A cheap telephone, held upright."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="id-ID")
    yield context.new_page()
    context.close()


def enter(page: Page, address: str, office: str) -> None:
    """Sign in as somebody of the practice data."""
    page.goto(f"{address}/masuk")
    page.fill("[name=username]", f"{office}@latihan.test")
    page.fill("[name=password]", demo.PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(lambda url: "/masuk" not in url)
