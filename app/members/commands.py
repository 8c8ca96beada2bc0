"""`flask members …`: the register from the command line."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from app.core import clock
from app.core.errors import DomainError
from app.extensions import db
from app.members import importing, spreadsheet
from app.members.importing import Examined
from tenants.queries import find_tenant
from tenants.scope import tenant_scope

members = AppGroup("members", help="The register of members.")


@members.command("import")
@click.option("--tenant", "slug", required=True, help="The cooperative.")
@click.option("--dry-run", is_flag=True, help="Only say what would be taken over.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_list(slug: str, dry_run: bool, as_json: bool, file: Path) -> None:
    """Take over the members of a list (.xlsx, .ods or .csv)."""
    tenant = find_tenant(slug)
    if tenant is None:
        raise click.ClickException(f"there is no cooperative {slug}")
    with tenant_scope(tenant), force_locale("id"):
        try:
            found = _take_over(file, dry_run=dry_run)
        except DomainError as error:
            raise click.ClickException(str(error)) from error
    click.echo(_as_json(found) if as_json else _as_text(found, dry_run=dry_run))


def _take_over(file: Path, *, dry_run: bool) -> Examined:
    content = file.read_bytes()
    rows = spreadsheet.read(content, file.name)
    found = importing.examine(rows, importing.guess(rows))
    if not dry_run:
        importing.enter(found.good, on=clock.today(), source=importing.digest(content))
        db.session.commit()
    return found


def _as_json(found: Examined) -> str:
    rows = [{"row": bad.row, "reason": bad.reason} for bad in found.bad]
    return json.dumps(
        {"good": len(found.good), "bad": len(found.bad), "rows": rows}, ensure_ascii=False
    )


def _as_text(found: Examined, *, dry_run: bool) -> str:
    verb = "would be taken over" if dry_run else "taken over"
    lines = [f"row {bad.row}: {bad.reason}" for bad in found.bad]
    return "\n".join([*lines, f"{len(found.good)} {verb}, {len(found.bad)} not"])
