"""`flask tenants …`: opening cooperatives from the command line."""

import click
from flask.cli import AppGroup

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
