"""What a developer can put right, told in one sentence instead of a traceback."""

import errno
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

FULL = (errno.ENOSPC, errno.EDQUOT)
# PostgreSQL says the second where a page was written only in part.
FULL_TEXTS = ("No space left on device", "Check free disk space")
NEEDED_BYTES = 5_000_000


class Trouble(Exception):
    """Its text is shown as it is, and nothing else."""


def plainly(main: Callable[[list[str]], int]) -> NoReturn:
    """Run a command so that it ends with a sentence, whatever happens."""
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(str(trouble))
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(130)
    except OSError as error:
        sys.exit(_sentence(error))


def disk_full(place: Path | str | None = None) -> Trouble:
    where = f" where {place} lies" if place else ""
    return Trouble(f"The disk is full: free some space{where}, then try again.")


def failure(what: str, said: str, place: Path) -> Trouble:
    """The trouble with a command that failed: a full disk by name, all else by its last lines."""
    if _tells_of_no_room(said) or _has_no_room(place):
        return disk_full(place)
    if not said.strip():
        return Trouble(f"{what}, and left no word why.")
    return Trouble(f"{last_lines(said)}\n\n{what}; the lines above say why.")


def last_lines(text: str, count: int = 15) -> str:
    return "\n".join(text.strip().splitlines()[-count:])


def tail(log: Path) -> str:
    try:
        return last_lines(log.read_text(errors="replace"))
    except OSError:
        return ""


def _tells_of_no_room(said: str) -> bool:
    return any(text in said for text in FULL_TEXTS)


def _has_no_room(place: Path) -> bool:
    """A full disk often cannot even hold the message that would say so."""
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free < NEEDED_BYTES


def _sentence(error: OSError) -> str:
    # The copying of a whole folder reports its errors as a text without a number.
    if error.errno in FULL or _tells_of_no_room(str(error)):
        return str(disk_full(error.filename))
    return f"{error.filename or 'The command'}: {error.strerror or error}."
