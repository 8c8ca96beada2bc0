"""How it stands with the backups, for whoever watches over the platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app.backups.services import CHECK, MAKE
from app.core import clock
from app.extensions import db
from app.jobs.models import Job, JobState
from tenants.definitions import Key
from tenants.settings import setting


@dataclass(frozen=True)
class Standing:
    """The last good copy, the last proof that it can be read back, and what failed since."""

    good: Job | None
    check: Job | None
    failures: Sequence[Job]

    @property
    def hours(self) -> int | None:
        """The age of the last good copy."""
        if self.good is None or self.good.finished_at is None:
            return None
        return int((clock.now() - self.good.finished_at).total_seconds() // 3600)

    @property
    def days_since_check(self) -> int | None:
        """The age of the last proof that a copy can be read back."""
        if self.check is None or self.check.finished_at is None:
            return None
        return (clock.now() - self.check.finished_at).days

    @property
    def is_late(self) -> bool:
        longest = int(setting(Key.BACKUP_HOURS, clock.today()))
        return self.hours is None or self.hours >= longest

    @property
    def check_is_late(self) -> bool:
        longest = timedelta(days=int(setting(Key.BACKUP_CHECK_DAYS, clock.today())))
        done = self.check and self.check.finished_at
        return not done or clock.now() - done > longest

    @property
    def check_failed(self) -> bool:
        return any(job.kind == CHECK for job in self.failures)

    @property
    def is_fine(self) -> bool:
        return not (self.is_late or self.check_is_late or self.failures)


def standing() -> Standing:
    good, check = _last(MAKE), _last(CHECK)
    return Standing(good, check, [*_failures(MAKE, good), *_failures(CHECK, check)])


def _last(kind: str) -> Job | None:
    done = select(Job).where(Job.kind == kind, Job.state == JobState.DONE)
    return db.session.scalars(done.order_by(Job.id.desc()).limit(1)).first()


def _failures(kind: str, good: Job | None) -> Sequence[Job]:
    """The failures that no later run has made good, latest first."""
    failed = select(Job).where(Job.kind == kind, Job.state == JobState.FAILED)
    later = failed.where(Job.id > (good.id if good else 0))
    return db.session.scalars(later.order_by(Job.id.desc()).limit(5)).all()
