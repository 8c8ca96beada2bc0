"""Where backups come from and go to: the environment of the command, never of the web.

BACKUP_DATABASE_URL        `koperasi_backup`: BYPASSRLS, may only read
BACKUP_DIR                 the folder of copies, for the eyes of its owner only
BACKUP_CHECK_DATABASE_URL  `koperasi_owner` on a scratch database whose name ends in `_check`
POSTGRES_PROGRAMS          optional: the folder of pg_dump and pg_restore, when not on the PATH
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import URL, make_url

from app.core.errors import DomainError

SCRATCH = "_check"


@dataclass(frozen=True)
class Places:
    """What a backup needs to know of this machine."""

    database: URL
    folder: Path
    scratch: URL | None
    programs: str | None

    def scratch_url(self) -> URL:
        """The scratch database; what is not called one is never emptied."""
        if self.scratch is None:
            raise DomainError(_("%(name)s is not set.", name="BACKUP_CHECK_DATABASE_URL"))
        if not str(self.scratch.database).endswith(SCRATCH):
            raise DomainError(
                _("The scratch database must have a name that ends in %(end)s.", end=SCRATCH)
            )
        return self.scratch

    def beside(self, url: URL) -> URL:
        """The same role and password, in the scratch database."""
        scratch = self.scratch_url()
        return url.set(host=scratch.host, port=scratch.port, database=scratch.database)


def places(environment: Mapping[str, str] = os.environ) -> Places:
    scratch = environment.get("BACKUP_CHECK_DATABASE_URL", "").strip()
    return Places(
        database=make_url(_required(environment, "BACKUP_DATABASE_URL")),
        folder=Path(_required(environment, "BACKUP_DIR")),
        scratch=make_url(scratch) if scratch else None,
        programs=environment.get("POSTGRES_PROGRAMS") or None,
    )


def _required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise DomainError(_("%(name)s is not set.", name=name))
    return value
