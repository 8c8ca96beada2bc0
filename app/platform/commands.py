"""`flask tenants …`: opening cooperatives from the command line."""

import click
from flask.cli import AppGroup

from app.auth import services as auth
from app.auth.permissions import Role
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.extensions import db
from app.platform import demo as practice
from app.platform import people, services
from app.web.dates import read_day
from tenants.models import Tenant
from tenants.queries import find_tenant

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


@tenants.command("appoint")
@click.option("--tenant", "slugs", multiple=True, help="Where; a companion may have several.")
@click.option("--office", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", required=True)
@click.option("--phone")
@click.option("--email")
@click.option("--from", "since", help="Such as 2026-11-24; today without it.")
@click.option("--decree", default="", help="Decree or minutes.")
@click.option("--lurah", is_flag=True, help="This person is the Lurah.")
@click.option("--site", default="", help="Address of the platform, to print the whole link.")
def appoint(
    slugs: tuple[str, ...],
    office: str,
    name: str,
    phone: str | None,
    email: str | None,
    since: str | None,
    decree: str,
    lurah: bool,
    site: str,
) -> None:
    """Appoint somebody and print the link by which they set a password.

    The first chair of a new cooperative, or (without --tenant) a person of the city.
    """
    try:
        user = people.register(name, phone=phone, email=email)
        people.appoint(
            user,
            Role(office),
            [_tenant(slug) for slug in slugs],
            from_date=read_day(since) if since else clock.today(),
            decree=decree,
            is_ward_head=lurah,
        )
    except (DomainError, Invalid) as error:
        raise click.ClickException(str(error)) from error
    token = auth.invite(user) if user.password_hash is None else None
    db.session.commit()
    click.echo(f"{user.name}: {office} {', '.join(slugs)}".rstrip())
    click.echo(f"{site.rstrip('/')}/undangan/{token}" if token else "signs in as before")


def _tenant(slug: str) -> Tenant:
    tenant = find_tenant(slug)
    if tenant is None:
        raise click.ClickException(f"there is no cooperative {slug!r}")
    return tenant


demo = AppGroup("demo", help="Practice data.")


@demo.command()
def load() -> None:
    """Fill the pilot and two neighbours with practice data, once."""
    try:
        practice.load()
    except DomainError as error:
        raise click.ClickException(str(error)) from error


@demo.command()
@click.pass_context
def begin(context: click.Context) -> None:
    """Open the city, load the practice data and list the sign-ins: all that a start needs.

    In one process, since it takes longer to begin one than to find that nothing is to be done.
    """
    services.open_city()
    context.invoke(load)
    context.invoke(accounts)


@demo.command()
def accounts() -> None:
    """List a sign-in for each office."""
    click.echo(f"Kata sandi semua akun latihan: {practice.PASSWORD}")
    for role, address in practice.accounts():
        click.echo(f"  {role.value:<16} {address}")
