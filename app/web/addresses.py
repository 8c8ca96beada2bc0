"""Addresses that a page leads to: most of them are those of the page before.

A card has some thirty links. To build each anew would take a tenth of its time.
"""

from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, request, url_for
from werkzeug.routing import Map

_PLAIN = (str, int)  # what makes an address that depends on nothing else


def init_app(app: Flask) -> None:
    app.jinja_env.globals["url_for"] = address


def address(endpoint: str, **values: Any) -> str:
    """As Flask's `url_for`, which is asked once for each address."""
    if (
        not request
        or endpoint.startswith(".")
        or any(type(v) not in _PLAIN for v in values.values())
    ):
        return url_for(endpoint, **values)
    return _built(current_app.url_map, request.root_path, g.get("slug"), endpoint, *values.items())


@lru_cache(maxsize=8192)
def _built(
    _map: Map, _root: str, _slug: str | None, endpoint: str, *values: tuple[str, Any]
) -> str:
    return url_for(endpoint, **dict(values))
