"""`flask ledger …`: the books from the command line."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import text

from app.extensions import db
from app.ledger import redactions, seals
from app.ledger.export import Format, export
from app.ledger.verify import differences
from tenants.models import Tenant
from tenants.queries import all_tenants, find_tenant
from tenants.scope import tenant_scope

ledger = AppGroup("ledger", help="The books.")


@ledger.command()
@click.option("--tenant", "slug", help="One cooperative; all of them without it.")
def verify(slug: str | None) -> None:
    """Recompute everything from the postings: OK, or what differs (exit code 1)."""
    wrong = 0
    for tenant in _tenants(slug):
        with _one_moment(tenant):
            found = [*differences(), *seals.breaches()]
            nameless = redactions.count()
        wrong += len(found)
        for difference in found:
            click.echo(f"{tenant.slug}: {difference}")
        if nameless:
            click.echo(f"{tenant.slug}: names were taken out of {nameless} sealed journals")
    if wrong:
        raise SystemExit(1)
    click.echo("OK")


@ledger.command()
@click.option("--tenant", "slug", help="One cooperative; all of them without it.")
def seal(slug: str | None) -> None:
    """Seal what was recorded since the last seal, and print where each chain stands."""
    for tenant in _tenants(slug):
        with tenant_scope(tenant):
            db.session.execute(text("SET LOCAL statement_timeout = 0"))
            head = seals.seal()
            db.session.commit()
        click.echo(f"{tenant.slug}: {head or 'nothing to seal'}")


@ledger.command("export")
@click.option("--tenant", "slug", required=True, help="The cooperative.")
@click.option("--format", "written", required=True, type=click.Choice([f.value for f in Format]))
@click.option("--year", type=click.IntRange(1900, 9998), help="One year; everything without it.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file.")
@click.option("--names", is_flag=True, help="With the names of members, and memos.")
def write(slug: str, written: str, year: int | None, output: Path | None, names: bool) -> None:
    """Write the books as text that beancount or hledger reads as it is."""
    [tenant] = _tenants(slug)
    with (
        _one_moment(tenant),
        click.open_file(
            str(output or "-"), "w", encoding="utf-8", atomic=output is not None
        ) as file,
    ):
        for line in export(Format(written), year=year, names=names):
            file.write(f"{line}\n")


def _tenants(slug: str | None) -> Sequence[Tenant]:
    if slug is None:
        return all_tenants()
    tenant = find_tenant(slug)
    if tenant is None:
        raise click.ClickException(f"there is no cooperative {slug!r}")
    return [tenant]


@contextmanager
def _one_moment(tenant: Tenant) -> Iterator[None]:
    """See the whole history as it stood at one moment, however long reading it takes."""
    with tenant_scope(tenant):
        db.session.commit()  # what was read until now belongs to an earlier moment
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        db.session.execute(text("SET LOCAL statement_timeout = 0"))
        yield
