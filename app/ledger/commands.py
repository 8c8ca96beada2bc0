"""`flask ledger …`: the books from the command line."""

import click
from flask.cli import AppGroup

from app.ledger.verify import differences
from tenants.queries import all_tenants, find_tenant
from tenants.scope import tenant_scope

ledger = AppGroup("ledger", help="The books.")


@ledger.command()
@click.option("--tenant", "slug", help="One cooperative; all of them without it.")
def verify(slug: str | None) -> None:
    """Recompute everything from the postings: OK, or what differs (exit code 1)."""
    tenants = [find_tenant(slug)] if slug else list(all_tenants())
    wrong = 0
    for tenant in tenants:
        if tenant is None:
            raise click.ClickException(f"there is no cooperative {slug}")
        with tenant_scope(tenant):
            found = differences()
        wrong += len(found)
        for difference in found:
            click.echo(f"{tenant.slug}: {difference}")
    if wrong:
        raise SystemExit(1)
    click.echo("OK")
