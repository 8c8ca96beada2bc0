"""`flask dues …`: the monthly dues from the command line."""

import json
import logging
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import click
from flask.cli import AppGroup

from app.core.errors import DomainError
from app.core.money import rupiah
from app.core.period import Period
from app.dues import accrual
from app.extensions import db
from app.jobs import services as jobs
from tenants.models import Tenant
from tenants.queries import active_tenants, find_tenant
from tenants.scope import tenant_scope

log = logging.getLogger(__name__)

FIGURES = ("created", "existing", "waived", "skipped", "amount", "milliseconds")

dues = AppGroup("dues", help="The monthly dues.")


@dues.command()
@click.option("--period", "written", help="The month, such as 2026-11; the current one without it.")
@click.option("--tenant", "slug", help="One cooperative; all active ones without it.")
@click.option("--json", "as_json", is_flag=True, help="Figures for machines.")
def accrue(written: str | None, slug: str | None, as_json: bool) -> None:
    """Bill every month through a month. Run again, it bills nothing twice."""
    period = _period(written)
    started = _write_down(_tenants(slug), period)
    done = [{"slug": coop.slug} | _bill(coop, job_id, period) for coop, job_id in started]
    total = {name: sum(row[name] for row in done) for name in FIGURES}
    if as_json:
        click.echo(json.dumps({"period": str(period), "tenants": done, "total": total}))
    else:
        _print_table(period, done, total)
    failed = [row for row in done if "error" in row]
    for row in failed:
        click.echo(f"{row['slug']}: {row['error']}", err=True)
    if failed:
        raise click.ClickException(f"{len(failed)} of {len(done)} cooperatives were not billed")


def _period(written: str | None) -> Period:
    if written is None:
        return Period.current()
    try:
        period = Period.parse(written)
    except ValueError:
        raise click.ClickException(f"there is no month {written!r}: write it as 2026-11") from None
    if period > Period.current():
        raise click.ClickException(f"the month {period} is still to come; nothing was billed")
    return period


def _tenants(slug: str | None) -> Sequence[Tenant]:
    if slug is None:
        return active_tenants()
    tenant = find_tenant(slug)
    if tenant is None:
        raise click.ClickException(f"there is no cooperative {slug!r}")
    if not tenant.is_active:
        raise click.ClickException(f"the cooperative {slug!r} is suspended")
    return [tenant]


def _write_down(tenants: Sequence[Tenant], period: Period) -> list[tuple[Tenant, int]]:
    """A job for each, already at work so that no worker takes it up while the command lives.

    If the command is killed, those not reached are taken up as any other that fell silent.
    """
    ids = [tenant.id for tenant in tenants]
    started = jobs.begin("dues.accrual", f"cli/{uuid4()}", ids, period=str(period))
    db.session.commit()
    db.session.expunge_all()  # one that fails must not make the others forget who they are
    return [(tenant, started[tenant.id]) for tenant in tenants]


def _bill(tenant: Tenant, job_id: int, period: Period) -> dict[str, Any]:
    """Bill one cooperative; its charges and the end of its job are one transaction.

    Where it fails, the others still get theirs: the reason stands in its row and its job.
    """
    with tenant_scope(tenant):
        try:
            figures = accrual.accrue(period).as_figures()
        except Exception as error:
            reason = str(error) if isinstance(error, DomainError) else _reason(error)
            db.session.rollback()
            jobs.fail(job_id, reason)
            db.session.commit()
            log.exception("the dues of %s were not billed", tenant.slug)
            return dict.fromkeys(FIGURES, 0) | {"error": reason}
        jobs.finish(job_id, figures)
        db.session.commit()
    return figures


def _reason(error: Exception) -> str:
    """One line about a fault, as the worker keeps it."""
    first = str(error).splitlines()
    return f"{type(error).__name__}: {first[0] if first else ''}"


def _print_table(period: Period, done: list[dict[str, Any]], total: dict[str, int]) -> None:
    click.echo(f"Dues through {period}")
    click.echo(
        f"{'cooperative':<24}{'created':>9}{'existing':>9}{'waived':>8}{'skipped':>8}  amount"
    )
    for row in [*done, {"slug": "total"} | total]:
        click.echo(
            f"{row['slug']:<24}{row['created']:>9}{row['existing']:>9}{row['waived']:>8}"
            f"{row['skipped']:>8}  {rupiah(row['amount'])}"
        )
    click.echo(f"{len(done)} cooperatives, {total['milliseconds']} ms")
