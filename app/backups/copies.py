"""The copies in the folder: how they are called, what proves them whole, which may go."""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from app.core.errors import DomainError

_PREFIX, _SUFFIX, _DRAFT, _TIME = "koperasi-", ".dump", ".part", "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Keep:
    """Of how many days, weeks and months the last copy is kept."""

    daily: int
    weekly: int
    monthly: int


def open_folder(folder: Path) -> None:
    """Make the folder if need be, and make sure that a copy can be written there."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in folder.glob(f"{_PREFIX}*{_DRAFT}"):  # by a run that was killed
            left.unlink()
    except OSError as error:
        raise _unwritable(folder, error) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _unwritable(folder, None)


def name_of(at: datetime, revision: str) -> str:
    """Such as koperasi-20261124T190000Z-0047.dump: when in UTC, and the state of the tables."""
    return f"{_PREFIX}{at.astimezone(UTC):{_TIME}}-{revision}{_SUFFIX}"


def write(path: Path, dump: Callable[[Path], None]) -> str:
    """Have a copy written under another name and appear whole, its checksum beside it."""
    draft = path.with_name(path.name + _DRAFT)
    try:
        draft.touch(mode=0o600)
        dump(draft)
        digest = checksum(draft)
        _sum_of(path).write_text(f"{digest}  {path.name}\n")  # as sha256sum -c reads it
        with open(draft, "rb") as file:
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError as error:
        raise _unwritable(path.parent, error) from error
    finally:
        draft.unlink(missing_ok=True)
    return digest


def newest(folder: Path) -> Path:
    found = _all(folder)
    if not found:
        raise DomainError(_("There is no backup in %(folder)s.", folder=folder))
    return found[-1]


def require_whole(path: Path) -> None:
    """Compare a copy with the checksum written when it was made."""
    try:
        promised = _sum_of(path).read_text().split()[0]
        found = checksum(path)
    except (OSError, IndexError) as error:
        raise DomainError(
            _("%(name)s or its checksum cannot be read: %(why)s", name=path.name, why=str(error))
        ) from error
    if promised != found:
        raise DomainError(_("%(name)s differs from its checksum.", name=path.name))


def checksum(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def thin_out(folder: Path, keep: Keep) -> int:
    """Delete what no day, week or month needs any more; answer how many copies went."""
    found = _all(folder)
    kept = kept_of((_made_at(path) for path in found), keep)
    gone = [path for path in found if _made_at(path) not in kept]
    for path in gone:
        path.unlink()
        _sum_of(path).unlink(missing_ok=True)
    return len(gone)


def kept_of(times: Iterable[datetime], keep: Keep) -> set[datetime]:
    """The last copy of each of the latest days, weeks and months that have one."""
    latest = sorted(times, reverse=True)
    return (
        _last_of_each(latest, keep.daily, lambda at: at.date())
        | _last_of_each(latest, keep.weekly, lambda at: at.isocalendar()[:2])
        | _last_of_each(latest, keep.monthly, lambda at: (at.year, at.month))
    )


def _last_of_each(
    latest_first: list[datetime], many: int, part: Callable[[datetime], Any]
) -> set[datetime]:
    chosen: dict[Any, datetime] = {}
    for at in latest_first:
        chosen.setdefault(part(at), at)
    return set(list(chosen.values())[:many])


def _all(folder: Path) -> list[Path]:
    """Oldest first; what is called otherwise is nobody's business here."""
    return sorted(path for path in folder.glob(f"{_PREFIX}*{_SUFFIX}") if _has_time(path))


def _has_time(path: Path) -> bool:
    try:
        _made_at(path)
    except ValueError:
        return False
    return True


def _made_at(path: Path) -> datetime:
    stamp = path.name.removeprefix(_PREFIX).split("-")[0]
    return datetime.strptime(stamp, _TIME).replace(tzinfo=UTC)


def _sum_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _unwritable(folder: Path, error: OSError | None) -> DomainError:
    why = error.strerror if error else os.strerror(13)
    return DomainError(
        _("Nothing can be written to the folder %(folder)s: %(why)s.", folder=folder, why=why)
    )
