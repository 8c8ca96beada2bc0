"""The statements on the screen, on paper and as workbooks, and the accounts behind each line."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.core.period import Period
from app.statements import lines, paper
from app.statements.asked import Asked
from app.statements.downloads import answer, carried, dated, told_on
from app.statements.forms import AskedForm
from app.statements.kinds import LAYOUTS, OF_A_DAY, build
from app.statements.statement import Statement
from app.web.access import require

bp = Blueprint("statements", __name__, url_prefix="/laporan", template_folder="templates")


@bp.get("/")
@require(Permission.LEDGER_VIEW)
def index() -> str:
    return render_template("statements/index.html", layouts=LAYOUTS)


@bp.get("/<name>")
@require(Permission.LEDGER_VIEW)
def show(name: str) -> tuple[str, int]:
    """A statement, and whether it agrees with itself."""
    plan = LAYOUTS.get(name) or abort(404)
    form = AskedForm(request.args)
    asked = form.read()
    statement = build(name, asked) if asked else None
    page = render_template(
        "statements/show.html",
        name=name,
        title=plan.title,
        form=form,
        asked=asked,
        statement=statement,
        heads=_heads(statement) if statement else [],
        chips=_periods(name),
        carried=carried(),
        subtitle=paper.subtitle(name, asked) if asked else None,
    )
    return page, 200 if asked else 422


@bp.get("/<name>.pdf")
@require(Permission.LEDGER_VIEW)
@dated
def pdf(name: str) -> Response:
    statement, asked = _dated(name)
    return answer(paper.statement_pdf(statement, asked), "pdf", name, asked.last)


@bp.get("/<name>.xlsx")
@require(Permission.LEDGER_VIEW)
@dated
def workbook(name: str) -> Response:
    statement, asked = _dated(name)
    return answer(paper.statement_workbook([statement], asked), "xlsx", name, asked.last)


@bp.get("/<name>/<line>")
@require(Permission.LEDGER_VIEW)
def accounts(name: str, line: str) -> tuple[str, int]:
    """The accounts that stand on a line, each leading to its ledger."""
    plan = LAYOUTS.get(name) or abort(404)
    found = plan.find(line) or abort(404)
    form = AskedForm(request.args)
    asked = form.read()
    if asked is None:
        return show(name)
    statement = build(name, asked)
    page = render_template(
        "statements/line.html",
        name=name,
        line=found,
        detail=lines.detail(plan, found, statement),
        heads=_heads(statement),
        ledger_of=_ledger_of(name, asked),
        asked=asked,
        carried=carried(),
        subtitle=paper.subtitle(name, asked),
    )
    return page, 200


def _dated(name: str) -> tuple[Statement, Asked]:
    """A statement to be kept: known at an instant that stands in its address."""
    if name not in LAYOUTS:
        abort(404)
    asked = AskedForm(request.args).read() or told_on("statements.show", name=name)
    return build(name, asked), asked


def _heads(statement: Statement) -> list[tuple[str, str]]:
    return [(head, "end") for head in statement.heads]


def _ledger_of(name: str, asked: Asked) -> dict[str, str]:
    """How the ledger of an account is asked for, so that it shows what the line is made of."""
    first = asked.span.year_start if name == OF_A_DAY else asked.first
    days = {"dari": f"{first:%d-%m-%Y}", "sampai": f"{asked.last:%d-%m-%Y}"}
    unit = {"gerai": asked.unit.code} if asked.unit else {}
    known = {"diketahui": request.args["diketahui"]} if asked.known_at else {}
    beside = {"banding": asked.comparison.value} if asked.comparison.value else {}
    return days | unit | known | beside


def _periods(name: str) -> list[tuple[Any, str, bool, None]]:
    """Short ways to the usual periods, as chips."""
    now = (request.args.get("dari"), request.args.get("sampai"))
    written = [(label, f"{a:%d-%m-%Y}", f"{b:%d-%m-%Y}") for label, a, b in _usual_periods()]

    def way(first: str, last: str) -> str:
        return url_for("statements.show", name=name, **carried(dari=first, sampai=last))

    return [(label, way(*days), tuple(days) == now, None) for label, *days in written]


def _usual_periods() -> list[tuple[str, date, date]]:
    today, month = clock.today(), Period.current()
    before = month.previous()
    return [
        (_("This month"), month.first_day, today),
        (_("Last month"), before.first_day, before.last_day),
        (_("This year"), today.replace(month=1, day=1), today),
        (_("Last year"), Period(today.year - 1, 1).first_day, Period(today.year - 1, 12).last_day),
    ]
