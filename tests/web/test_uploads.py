"""Forms with files that are too large: what was typed survives, and nothing is hoarded."""

import tracemalloc
from collections.abc import Iterator

import pytest
from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from app.web import uploads

MEGABYTE = 1024 * 1024
_BEFORE = (
    b'--x\r\nContent-Disposition: form-data; name="amount"\r\n\r\n45.000\r\n'
    b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
)
_AFTER = b'\r\n--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nkertas\r\n--x--\r\n'


class Body:
    """A form whose file has so many megabytes, which never exist all at once."""

    def __init__(self, megabytes: int) -> None:
        self.length = len(_BEFORE) + megabytes * MEGABYTE + len(_AFTER)
        self._left = b""
        self._parts = self._written(megabytes)

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size and (part := next(self._parts, b"")):
            self._left += part
        given, self._left = self._left[:size], self._left[size:]
        return given

    @staticmethod
    def _written(megabytes: int) -> Iterator[bytes]:
        yield _BEFORE
        for _ in range(megabytes * 16):
            yield b"\xff" * (MEGABYTE // 16)
        yield _AFTER


@pytest.fixture
def sent(app):
    def send(megabytes):
        body = Body(megabytes)
        overrides = {
            "wsgi.input": body,
            "CONTENT_LENGTH": str(body.length),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        }
        return app.test_request_context("/", method="POST", environ_overrides=overrides)

    return send


def test_the_fields_around_a_file_that_is_too_large_survive(sent):
    with sent(40):
        assert request.form.to_dict() == {"amount": "45.000", "note": "kertas"}
        assert len(request.files["photo"].read()) == uploads.LARGEST_FILE


def test_a_file_within_the_limit_is_whole(sent):
    with sent(3):
        assert request.files["photo"].read() == b"\xff" * 3 * MEGABYTE


def test_what_is_cut_off_is_not_kept_in_memory(sent):
    tracemalloc.start()
    try:
        with sent(90):
            assert request.form["note"] == "kertas"
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 4 * MEGABYTE


def test_far_too_much_is_refused_as_a_whole(sent):
    with sent(101), pytest.raises(RequestEntityTooLarge):
        request.form  # noqa: B018


def test_what_is_no_form_has_the_lower_limit(app):
    body = {"data": b"x" * 33 * MEGABYTE, "content_type": "application/json"}
    context = app.test_request_context("/", method="POST", **body)
    with context, pytest.raises(RequestEntityTooLarge):
        request.get_data()
