"""Pages are sent compressed to whoever can read them so."""

import gzip
import re

GZIP = {"Accept-Encoding": "gzip"}


def test_a_page_is_sent_compressed(app):
    client = app.test_client()
    packed, plain = client.get("/masuk", headers=GZIP), client.get("/masuk")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert b'name="username"' in gzip.decompress(packed.data)
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2


def test_the_length_of_the_same_page_differs(app):
    client = app.test_client()

    assert len({len(client.get("/masuk", headers=GZIP).data) for _ in range(12)}) > 3


def test_a_short_answer_stays_as_it_is(app):
    response = app.test_client().get("/healthz", headers=GZIP)

    assert "Content-Encoding" not in response.headers


def test_a_file_of_the_design_is_not_packed_twice(app):
    client = app.test_client()
    page = client.get("/masuk").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    packed = client.get(address, headers=GZIP)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert b"--paper" in gzip.decompress(packed.data)


def test_a_first_visit_stays_within_its_budget(app):
    """The sign-in page with everything it asks for: 100 KB; pages after it: 20 KB."""
    client = app.test_client()
    page = client.get("/masuk").text
    files = set(re.findall(r'"(/aset/[^"]+)"', page))
    first = sum(len(client.get(one, headers=GZIP).data) for one in {"/masuk", *files})

    assert len(files) > 2
    assert first < 100 * 1024
