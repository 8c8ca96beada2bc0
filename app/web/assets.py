"""Stylesheet, scripts and icons under addresses that change with their content.

Ours lie in `app/static`; other people's stay in the packages they came in, and only the
files named here leave them. A browser may keep every one for a year, because a changed
file has another address. Nothing here asks who is calling: no session, no cookie.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request
from markupsafe import Markup

from app.web.addresses import address

_OURS = Path(__file__).parents[1] / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
_SYMBOL = re.compile(r'<symbol[^>]*\bid="([^"]+)"[^>]*>(.*?)</symbol>', re.DOTALL)
_SOURCE_MAP = re.compile(rb"(?m)^(?://|/\*)# sourceMappingURL=.*$")

bp = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    """One file, ready to send."""

    body: bytes
    packed: bytes
    digest: str
    content_type: str


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.globals.update(asset=asset, icon=icon)


@bp.get("/aset/<digest>/<name>")
def file(digest: str, name: str) -> Response:
    """An old digest gets the present file, but nobody may keep it under that address."""
    if name not in _files():
        abort(404)
    wanted = _load(name)
    packed = request.accept_encodings["gzip"] > 0

    response = Response(wanted.packed if packed else wanted.body, content_type=wanted.content_type)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable" if digest == wanted.digest else "no-cache"
    )
    return response


file.needs = "public"  # type: ignore[attr-defined]


def asset(name: str) -> str:
    """The address of a file, for `href` and `src`."""
    return address("assets.file", digest=_load(name).digest, name=name)


@lru_cache(maxsize=512)  # a list draws the same few in every line
def icon(name: str, label: str | None = None) -> Markup:
    """A Bootstrap icon drawn in place. Silent, unless a label says what it stands for."""
    spoken = (
        Markup('role="img" aria-label="{}"').format(label)
        if label
        else Markup('aria-hidden="true"')
    )
    return Markup(
        '<svg class="icon" width="16" height="16" viewBox="0 0 16 16" fill="currentColor" {}>{}</svg>'
    ).format(spoken, _drawings()[name])


@cache
def _files() -> dict[str, Path]:
    """Public name to place on disk: everything that may be served."""
    return {
        "app.css": _OURS / "app.css",
        "app.js": _OURS / "app.js",
        "icon.svg": _OURS / "icon.svg",
        "htmx.js": _package("js_lib_htmx") / "static/htmx/htmx.min.js",
    }


@cache
def _drawings() -> dict[str, Markup]:
    sprite = _package("flask_bootstrap") / "static/bootstrap5/icons/bootstrap-icons.svg"
    return {name: Markup(paths) for name, paths in _SYMBOL.findall(sprite.read_text("utf-8"))}


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"the package {name} is not installed")
    return Path(spec.submodule_search_locations[0])


def _load(name: str) -> Asset:
    path = _files()[name]
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(path: Path, changed_at: int) -> Asset:
    """Read and pack once for each version of the file."""
    body = _SOURCE_MAP.sub(b"", path.read_bytes())
    return Asset(
        body=body,
        packed=gzip.compress(body, 9, mtime=0),
        digest=hashlib.sha256(body).hexdigest()[:12],
        content_type=_TYPES[path.suffix],
    )
