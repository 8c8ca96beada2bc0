"""`flask members …`: the register from the command line."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from app.core.errors import DomainError
from app.extensions import db
from app.members import imports
from app.members.models import ImportMode, ImportState, MemberImport
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
            kept = _take_over(file, dry_run=dry_run)
        except DomainError as error:
            raise click.ClickException(str(error)) from error
        if unread := kept.columns["unread"]:
            click.echo(f"not read: the sheets {', '.join(unread)}", err=True)
        if hidden := kept.columns["hidden"]:
            click.echo(f"hidden in the file and read: the rows {', '.join(hidden)}", err=True)
        click.echo(_as_json(kept) if as_json else _as_text(kept, dry_run=dry_run))


def _take_over(file: Path, *, dry_run: bool) -> MemberImport:
    """As a list that is sent on a page, but its good rows are entered at once."""
    kept = imports.keep(file.read_bytes(), file.name)
    imports.require_columns(kept)
    if not dry_run:
        kept.mode = ImportMode.GOOD_ROWS
        imports.carry_out(kept.id, lambda _done, _total: None)
        if kept.state is ImportState.REFUSED:
            raise DomainError(kept.refusal)
        db.session.commit()
    return kept


def _as_json(kept: MemberImport) -> str:
    rows = [{"row": row, "reason": reason} for row, reason in _told(kept)]
    return json.dumps({"good": kept.good, "bad": kept.bad, "rows": rows}, ensure_ascii=False)


def _as_text(kept: MemberImport, *, dry_run: bool) -> str:
    verb = "would be taken over" if dry_run else "taken over"
    lines = [f"row {row}: {reason}" for row, reason in _told(kept)]
    return "\n".join([*lines, f"{kept.good} {verb}, {kept.bad} not"])


def _told(kept: MemberImport) -> list[tuple[Any, str]]:
    """The rows; in a list of several sheets also which of them a row stands in."""
    return [(bad.get("place", bad["row"]), " ".join(bad["reasons"])) for bad in kept.verdict["bad"]]
