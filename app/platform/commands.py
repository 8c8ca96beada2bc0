"""`flask tenants …`: opening cooperatives from the command line."""

import click
from flask.cli import AppGroup

from app.core.errors import DomainError
from app.platform import demo as practice
from app.platform import services

tenants = AppGroup("tenants", help="The cooperatives of the city.")


@tenants.command("open-city")
def open_city() -> None:
    """Open every cooperative of Pekalongan that is not open yet."""
    opened = services.open_city()
    click.echo(f"{len(opened)} opened")


@tenants.command("open")
@click.option("--slug", required=True)
@click.option("--ward", required=True, help="The kelurahan, as it is written.")
@click.option("--code", required=True, help="Its Kemendagri code.")
@click.option("--district", required=True, help="Its kecamatan.")
def open_one(slug: str, ward: str, code: str, district: str) -> None:
    """Open one cooperative."""
    tenant = services.open_cooperative(slug=slug, ward=ward, ward_code=code, district=district)
    click.echo(f"{tenant.legal_name}: /k/{tenant.slug}/")


demo = AppGroup("demo", help="Practice data.")


@demo.command()
def load() -> None:
    """Fill the pilot and two neighbours with practice data, once."""
    try:
        practice.load()
    except DomainError as error:
        raise click.ClickException(str(error)) from error


@demo.command()
def accounts() -> None:
    """List a sign-in for each office."""
    click.echo(f"Kata sandi semua akun latihan: {practice.PASSWORD}")
    for role, address in practice.accounts():
        click.echo(f"  {role.value:<16} {address}")
