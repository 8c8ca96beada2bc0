"""`flask supervision …`: what cooperatives report, from the command line."""

import json

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.period import Period
from app.extensions import db
from app.launch import readiness
from app.supervision import reporting
from tenants.queries import active_tenants, find_tenant
from tenants.scope import tenant_scope

supervision = AppGroup("supervision", help="What the city sees.")


@supervision.command()
@click.option("--tenant", "slug", help="One cooperative; all active ones without it.")
@click.option("--period", "written", help="The month, such as 2026-10; the current one without it.")
@click.option("--json", "as_json", is_flag=True, help="Figures for machines.")
def report(slug: str | None, written: str | None, as_json: bool) -> None:
    """Compute and keep the figures of a month. Run again, the later figures count."""
    period = _period(written)
    day = min(period.last_day, clock.today())
    found = find_tenant(slug) if slug else None
    if slug and found is None:
        raise click.ClickException(f"there is no cooperative {slug!r}")
    for tenant in [found] if found else active_tenants():
        with tenant_scope(tenant):
            figures = reporting.report(day)
            readiness.report()
            db.session.commit()
        line = json.dumps({"slug": tenant.slug, **figures}, default=str)
        click.echo(line if as_json else f"{tenant.slug}: {figures['members_active']} members")


def _period(written: str | None) -> Period:
    if written is None:
        return Period.current()
    try:
        period = Period.parse(written)
    except ValueError:
        raise click.ClickException(f"there is no month {written!r}: write it as 2026-10") from None
    if period > Period.current():
        raise click.ClickException(f"the month {period} is still to come")
    return period
