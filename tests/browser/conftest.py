"""A real browser against a real server, on a database that is committed to."""

import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from app.dev.check import BROWSERS
from app.platform import demo
from tests.conftest import practising

_QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"


@pytest.fixture(scope="module")
def address(app: Flask, practised: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the platform answers, with the practice data on a database of the module's own."""
    name = request.module.__name__.rpartition(".")[2]
    with practising(app, name, template=practised) as served:
        server = make_server("127.0.0.1", 0, served, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


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


@pytest.fixture
def another(chromium: Browser) -> Iterator[Callable[[], Page]]:
    """Telephones of other people, as many as a story needs."""
    contexts = []

    def page() -> Page:
        context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="id-ID")
        contexts.append(context)
        return context.new_page()

    yield page
    for context in contexts:
        context.close()


def enter(page: Page, address: str, office: str) -> None:
    """Sign in as somebody of the practice data."""
    page.goto(f"{address}/masuk")
    page.fill("[name=username]", f"{office}@latihan.test")
    page.fill("[name=password]", demo.PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(lambda url: "/masuk" not in url)
