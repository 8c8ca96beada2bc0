"""`flask simkopdes …`: the ministry's statistics from the command line."""

from datetime import date
from pathlib import Path

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.errors import DomainError, Invalid
from app.extensions import db
from app.simkopdes import services, statistics
from app.web.dates import read_day

simkopdes = AppGroup("simkopdes", help="The ministry's SIMKOPDES.")


@simkopdes.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", "written", required=True, help="Day of the statistics, such as 2026-08-05.")
def take_over(file: Path, written: str) -> None:
    """Take over the statistics in FILE. The same file again does nothing again."""
    on = _day(written)
    try:
        kept = services.take_over(file.read_bytes(), file.name, on)
    except DomainError as error:
        raise click.ClickException(str(error)) from None
    db.session.commit()
    for objection in statistics.in_words(kept.objections):
        click.echo(objection, err=True)
    click.echo(f"{kept.cooperatives} cooperatives, {len(kept.objections)} objections")


def _day(written: str) -> date:
    try:
        day = read_day(written)
    except Invalid:
        raise click.ClickException(f"there is no day {written!r}: write 2026-08-05") from None
    if day > clock.today():
        raise click.ClickException(f"the day {day} is still to come")
    return day
