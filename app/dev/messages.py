"""Translations: `extract` brings the catalogues up to date, `add` enters words, `check` guards.

Source strings are English, so the English catalogue repeats them; the Indonesian one is
written by people. `check` fails on a string that either lacks.
"""

import fcntl
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
LANGUAGES = ("id", "en")
PACKAGES = ("app", "tenants", "tasks")
_KEYWORDS = ("_", "_l", "_n:1,2", "ngettext:1,2", "gettext", "lazy_gettext")


def main(arguments: list[str]) -> int:
    verb, *rest = arguments or ["check"]
    with _alone():
        if verb == "check":
            return _check()
        if verb == "add":
            _add(json.loads(Path(rest[0]).read_text()))
        _update(_extract())
        return _report()


def _check() -> int:
    """Every string in the source stands in both catalogues, translated; and nothing else."""
    template = _extract()
    wrong = []
    for language in LANGUAGES:
        catalogue = _read(language)
        for message in template:
            known = catalogue.get(message.id, message.context) if message.id else None
            if message.id and (known is None or not _is_complete(known.string) or known.fuzzy):
                wrong.append(f"{language}: {message.id!r} is not translated")
        stale = [m.id for m in catalogue if m.id and template.get(m.id) is None]
        wrong += [f"{language}: {stale_id!r} is used nowhere" for stale_id in stale]
    print("\n".join(wrong) or "translations complete")
    return int(bool(wrong))


def _report() -> int:
    missing = [
        message.id for message in _read("id") if message.id and not _is_complete(message.string)
    ]
    print(json.dumps({_text(m): "" for m in missing}, ensure_ascii=False, indent=1))
    return 0


def _add(words: dict[str, str]) -> None:
    catalogue = _read("id")
    template = _extract()
    catalogue.update(template, no_fuzzy_matching=True)
    for message in catalogue:
        given = words.get(_text(message.id)) if message.id else None
        if given:
            plural = isinstance(message.id, tuple | list)
            message.string = tuple([given] * catalogue.num_plurals) if plural else given
    _write("id", catalogue)


def _update(template: Catalog) -> None:
    for language in LANGUAGES:
        catalogue = _read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if language == "en":
            for message in catalogue:
                message.string = message.id
        _write(language, catalogue)


def _extract() -> Catalog:
    with tempfile.NamedTemporaryFile(suffix=".pot") as file:
        command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract"]
        command += ["-F", "pyproject.toml", "--no-location", "--sort-output", "-o", file.name]
        command += [part for keyword in _KEYWORDS for part in ("-k", keyword)]
        subprocess.run([*command, *PACKAGES], cwd=ROOT, check=True)
        return read_po(file)


def _path(language: str) -> Path:
    return ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


def _read(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project="koperasi", version="", copyright_holder="")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _write(language: str, catalogue: Catalog) -> None:
    path = _path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.fuzzy = False  # else the compiler would pass the whole catalogue over
    with path.open("wb") as file:
        write_po(
            file, catalogue, width=96, omit_header=False, sort_output=True, ignore_obsolete=True
        )


def _is_complete(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _text(message_id: object) -> str:
    return str(message_id[0]) if isinstance(message_id, tuple | list) else str(message_id)


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time, so that two people entering words do not lose each other's."""
    local = ROOT / ".local"
    local.mkdir(exist_ok=True)
    with (local / "messages.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
