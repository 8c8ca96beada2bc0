"""What the cooperative owns: the register, depreciation, and letting things go."""

from typing import Any

from flask import Blueprint, Response, abort, flash, render_template, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.approvals.models import Approval
from app.assets import depreciation, disposal, paper, register
from app.assets.disposal import Disposal
from app.assets.forms import GRANT, AssetChangeForm, AssetForm, DepreciateForm, DisposalForm
from app.assets.models import Asset, AssetGroup, Condition
from app.assets.register import Particulars
from app.auth.permissions import Permission
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.extensions import db
from app.ledger import accounts, services
from app.ledger.entry_forms import unit_choices
from app.printing.workbooks import MIME
from app.web.access import require
from app.web.once import done, once
from app.web.words import ASSET_GROUPS, CONDITIONS

bp = Blueprint("fixed_assets", __name__, url_prefix="/aset", template_folder="templates")


@bp.get("/")
@require(Permission.LEDGER_VIEW)
def index() -> str:
    """What is in use and what it is worth, and whether the books say the same."""
    worths = register.worths()
    return render_template(
        "assets/index.html",
        worths=worths,
        gone=register.worths(disposed=True),
        cost=sum(worth.asset.cost for worth in worths),
        value=sum(worth.book_value for worth in worths),
        agreements=register.agreements(),
        groups=ASSET_GROUPS,
        due=sum(part.amount for part in depreciation.due()),
    )


@bp.get("/baru")
@require(Permission.LEDGER_POST)
def new() -> str:
    return _new_page(_offered(AssetForm(formdata=None)))


@bp.post("/baru")
@require(Permission.LEDGER_POST)
@once
def enter() -> Any:
    form = _offered(AssetForm())
    if not form.validate():
        return _new_page(form), 422
    try:
        asset = register.enter(_particulars(form), as_grant=form.origin.data == GRANT)
    except Invalid as error:
        db.session.rollback()
        form.refuse(form.life_months, str(error))
        return _new_page(form), 422
    flash(_("%(code)s has been entered.", code=asset.code))
    return done(url_for("fixed_assets.show", number=asset.number))


@bp.get("/<int:number>")
@require(Permission.LEDGER_VIEW)
def show(number: int) -> str:
    asset = _found(number)
    values = {name: getattr(asset, name) for name in ("name", "brand", "location", "condition")}
    return _page(asset, AssetChangeForm(formdata=None, data=values))


@bp.post("/<int:number>")
@require(Permission.LEDGER_POST)
@once
def amend(number: int) -> Any:
    asset, form = _found(number), AssetChangeForm()
    if not form.validate():
        return _page(asset, form), 422
    register.amend(
        asset,
        name=form.name.data or "",
        brand=form.brand.data or "",
        location=form.location.data or "",
        condition=Condition(form.condition.data),
    )
    flash(_("Saved."))
    return done(url_for("fixed_assets.show", number=number))


@bp.get("/<int:number>/lepas")
@require(Permission.LEDGER_POST)
def leaving(number: int) -> str:
    return _leaving_page(_found(number), _with_money(DisposalForm(formdata=None, on=clock.today())))


@bp.post("/<int:number>/lepas")
@require(Permission.LEDGER_POST)
@once
def let_go(number: int) -> Any:
    asset, form = _found(number), _with_money(DisposalForm())
    if not form.validate():
        return _leaving_page(asset, form), 422
    how = Disposal(form.on.data, form.proceeds.data or 0, form.money.data, form.reason.data or "")
    try:
        gone = disposal.dispose(asset, how)
    except DomainError as error:
        db.session.rollback()
        form.refuse(form.on, str(error))
        return _leaving_page(_found(number), form), 422
    if isinstance(gone, Approval):
        flash(_("It goes below its value: that waits for a second person."))
        return done(url_for("approvals.show", id=gone.id))
    flash(_("It is out of the register and out of the books."))
    return done(url_for("fixed_assets.show", number=number))


@bp.get("/penyusutan")
@require(Permission.LEDGER_VIEW)
def due() -> str:
    """What is to be booked, asset by asset, before it is."""
    return render_template(
        "assets/due.html",
        parts=depreciation.due(),
        through=depreciation.last_due(),
        form=DepreciateForm(formdata=None),
    )


@bp.post("/penyusutan")
@require(Permission.LEDGER_POST)
@once
def depreciate() -> Any:
    booked = depreciation.book()
    if booked:
        flash(_("The depreciation is in the books."))
    else:
        flash(_("Nothing was left to book."))
    return done(url_for("fixed_assets.index"))


@bp.get("/daftar.pdf")
@require(Permission.LEDGER_VIEW)
def as_pdf() -> Response:
    return _file(paper.as_pdf(paper.owned()), "application/pdf", "inline", "daftar-aset.pdf")


@bp.get("/daftar.xlsx")
@require(Permission.LEDGER_VIEW)
def as_workbook() -> Response:
    return _file(paper.as_workbook(paper.owned()), MIME, "attachment", "daftar-aset.xlsx")


def _file(content: bytes, kind: str, how: str, name: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers.set("Content-Disposition", how, filename=name)
    return response


def _found(number: int) -> Asset:
    return register.find(number) or abort(404)


def _particulars(form: AssetForm) -> Particulars:
    return Particulars(
        name=form.name.data or "",
        brand=form.brand.data or "",
        quantity=form.quantity.data,
        group=AssetGroup(form.group.data),
        unit_id=form.unit_id.data,
        acquired_on=form.acquired_on.data,
        cost=form.cost.data,
        residual=form.residual.data or 0,
        life_months=form.life_months.data,
        location=form.location.data or "",
        condition=Condition(form.condition.data),
        lost_before=form.lost_before.data or 0,
        depreciated_from=form.depreciated_from.data,
    )


def _offered(form: AssetForm) -> AssetForm:
    form.offer(unit_choices(services.units()))
    return form


def _with_money(form: DisposalForm) -> DisposalForm:
    money = accounts.named(accounts.money()).values()
    ordered = sorted(money, key=lambda account: account.code)
    form.offer([SelectChoice(str(account.id), account.name) for account in ordered])
    return form


def _new_page(form: AssetForm) -> str:
    return render_template("assets/new.html", form=form)


def _page(asset: Asset, form: AssetChangeForm) -> str:
    booked = {row.period: row for row in depreciation.booked(asset)}
    return render_template(
        "assets/show.html",
        thing=asset,
        worth=register.worth(asset),
        schedule=depreciation.schedule(asset),
        booked=booked,
        history=disposal.history(asset),
        groups=ASSET_GROUPS,
        conditions=CONDITIONS,
        form=form,
    )


def _leaving_page(asset: Asset, form: DisposalForm) -> str:
    return render_template(
        "assets/dispose.html", thing=asset, worth=register.worth(asset), form=form
    )
