"""Pages go over the wire compressed: most are read on telephones, on slow connections.

Whoever can see the length of an answer, and have something of their own repeated in it, could
guess at what else stands there (BREACH); so each answer is lengthened by a random amount.
"""

import gzip
import secrets
from io import BytesIO

from flask import Flask, Response, request

_WORTH_IT = 500  # bytes; below, the wrapping costs more than it saves
_LEVEL = 5
_LONGEST_NAME = 100
_TYPES = frozenset({"text/html", "application/json", "text/csv", "image/svg+xml"})


def init_app(app: Flask) -> None:
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in _TYPES or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    if not _is_wanted(response):
        return response
    response.set_data(_packed(response.get_data()))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _is_wanted(response: Response) -> bool:
    return (
        "Content-Encoding" not in response.headers
        and request.accept_encodings["gzip"] > 0
        and (response.content_length or 0) >= _WORTH_IT
    )


def _packed(body: bytes) -> bytes:
    """Gzip, with a file name of random length that nobody reads."""
    name = "x" * (1 + secrets.randbelow(_LONGEST_NAME))
    packed = BytesIO()
    with gzip.GzipFile(name, "wb", _LEVEL, packed, mtime=0) as file:
        file.write(body)
    return packed.getvalue()
