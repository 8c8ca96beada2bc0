"""`flask backup …`: run by a timer, with a role that the web and the worker do not have."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import make_url

from app.backups import copies, services
from app.backups.copies import Keep
from app.backups.places import places
from app.backups.standing import standing
from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.jobs import services as jobs
from app.jobs.models import Job, JobState
from tasks.base import work

backup = AppGroup("backup", help="Copies of the database.")
MANY = click.IntRange(0, 10_000)


@backup.command()
@click.option("--daily", type=MANY, default=14, envvar="BACKUP_DAILY", show_default=True)
@click.option("--weekly", type=MANY, default=8, envvar="BACKUP_WEEKLY", show_default=True)
@click.option("--monthly", type=MANY, default=120, envvar="BACKUP_MONTHLY", show_default=True)
@click.option("--tries", type=click.IntRange(1, jobs.MOST_ATTEMPTS), default=3, show_default=True)
@click.option("--pause", type=click.IntRange(0, 90), default=30, help="Seconds between tries.")
@click.option("--if-older", type=click.IntRange(1), help="Only if the last one is so many hours.")
def make(
    daily: int, weekly: int, monthly: int, tries: int, pause: int, if_older: int | None
) -> None:
    """Write a copy and keep the last of so many days, weeks and months."""
    hours = standing().hours
    if if_older and hours is not None and hours < if_older:
        click.echo("the last one is young enough")
        return
    keep = Keep(daily or 1, weekly, monthly)  # never none at all
    done = _run(services.MAKE, lambda: services.make(places(), keep), tries, pause)
    click.echo(f"{done['file']}: {done['bytes']} bytes, {sum(done['counts'].values())} rows")


@backup.command()
@click.option("--if-older", type=click.IntRange(1), help="Only if the last proof is so many days.")
def check(if_older: int | None) -> None:
    """Restore the newest copy into the scratch database and verify the books there."""
    days = standing().days_since_check
    if if_older and days is not None and days < if_older:
        click.echo("the last proof is young enough")
        return
    done = _run(services.CHECK, lambda: services.check(places()), 1, 0)
    click.echo(f"{done['file']}: OK, {done['rows']} rows in {done['tables']} tables")


@backup.command()
@click.option("--into", required=True, help="Address of an empty database, as koperasi_owner.")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def restore(into: str, file: Path | None) -> None:
    """Put a copy (the newest without FILE) back into an empty database."""
    try:
        path = file or copies.newest(places().folder)
        services.restore(places(), path, make_url(into))
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{path.name}: restored")


def _run(kind: str, act: Callable[[], dict[str, Any]], tries: int, pause: int) -> dict[str, Any]:
    """Do it as a job, so that the operator sees it, however it ends."""
    job = jobs.ask(kind, clock.now().isoformat())
    db.session.commit()
    for attempt in range(tries):
        if attempt:
            time.sleep(pause)
            jobs.release(job.id)
            db.session.commit()
        work(job.id, {kind: lambda _job, _report: act()})
        if _refreshed(job).state is JobState.DONE:
            return job.result
    raise click.ClickException(job.error)


def _refreshed(job: Job) -> Job:
    db.session.refresh(job)
    db.session.commit()
    return job
