"""Stylesheet, scripts, icons: addresses that change with the content, and nothing else served."""

import gzip

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from app.web import assets


@pytest.fixture
def bare() -> Flask:
    """An application with nothing but its assets."""
    bare = Flask("bare", static_folder=None)
    assets.init_app(bare)
    return bare


@pytest.fixture
def browser(bare: Flask) -> FlaskClient:
    return bare.test_client()


def address(bare: Flask, name: str) -> str:
    with bare.test_request_context():
        return assets.asset(name)


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("app.css", "text/css; charset=utf-8"),
        ("app.js", "text/javascript; charset=utf-8"),
        ("htmx.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_a_file_is_kept_for_a_year_under_the_address_of_its_content(
    bare: Flask, browser: FlaskClient, name: str, content_type: str
) -> None:
    answer = browser.get(address(bare, name))

    assert answer.status_code == 200
    assert answer.content_type == content_type
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_file_comes_packed_to_a_browser_that_can_unpack_it(
    bare: Flask, browser: FlaskClient
) -> None:
    plain = browser.get(address(bare, "htmx.js"))
    packed = browser.get(address(bare, "htmx.js"), headers={"Accept-Encoding": "gzip, br"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers


def test_a_browser_that_refuses_packed_files_gets_plain_ones(
    bare: Flask, browser: FlaskClient
) -> None:
    answer = browser.get(address(bare, "app.css"), headers={"Accept-Encoding": "gzip;q=0"})

    assert "Content-Encoding" not in answer.headers


def test_an_old_address_gets_the_present_file_but_may_not_be_kept(browser: FlaskClient) -> None:
    answer = browser.get("/aset/000000000000/app.css")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["app.py", "htmx.cjs.js", "..%2Fassets.py", "bootstrap.css"])
def test_a_file_that_is_not_on_the_list_is_not_served(browser: FlaskClient, name: str) -> None:
    assert browser.get(f"/aset/000000000000/{name}").status_code == 404


def test_a_file_sets_no_cookie_and_is_the_same_for_everyone(
    bare: Flask, browser: FlaskClient
) -> None:
    answer = browser.get(address(bare, "app.css"))

    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_the_view_declares_that_anyone_may_call_it(bare: Flask) -> None:
    assert bare.view_functions["assets.file"].needs == "public"  # type: ignore[attr-defined]


def test_the_stylesheet_stays_within_ten_kilobytes_on_the_wire(
    bare: Flask, browser: FlaskClient
) -> None:
    answer = browser.get(address(bare, "app.css"), headers={"Accept-Encoding": "gzip"})

    assert len(answer.data) <= 10_240


def test_an_icon_is_silent_unless_it_has_a_label(bare: Flask) -> None:
    with bare.test_request_context():
        silent = render_template_string("{{ icon('people') }}")
        spoken = render_template_string("{{ icon('people', 'Anggota <\"3\">') }}")

    assert 'aria-hidden="true"' in silent
    assert 'role="img" aria-label="Anggota &lt;&#34;3&#34;&gt;"' in spoken
    assert "<path" in silent


def test_an_unknown_icon_is_a_mistake_of_ours(bare: Flask) -> None:
    with pytest.raises(KeyError):
        assets.icon("no-such-drawing")
