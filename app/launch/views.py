"""The cooperative's side: its documents, the checklist, and the days it plans."""

from typing import Any

from flask import Blueprint, Response, abort, flash, g, render_template, request, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.launch import documents, meetings, plans, readiness
from app.launch.forms import DocumentForm, EvidenceForm, PlanForm
from app.launch.models import Document
from app.supervision.checklist import FURTHER, ITEMS, Item, label_of
from app.web.access import require
from app.web.once import done, once
from app.web.words import ITEM_STATES

bp = Blueprint("documents", __name__, url_prefix="/dokumen", template_folder="templates")


@bp.get("/")
@require(Permission.OFFICES_VIEW)
def index() -> str:
    """The checklist, the register, and what is planned."""
    today = clock.today()
    chapters = readiness.chapters(today)
    standings = [standing for _chapter, found in chapters for standing in found]
    return render_template(
        "launch/index.html",
        chapters=chapters,
        done=sum(standing.done for standing in standings),
        total=len(standings),
        documents=documents.every(),
        plan=plans.plan_of(g.tenant.id),
        years=meetings.book_years(today),
        on=today,
        states=ITEM_STATES,
        label_of=label_of,
    )


@bp.get("/baru")
@require(Permission.PARTICULARS_MANAGE)
def new() -> str:
    kind = request.args.get("jenis", "")
    known = kind in ITEMS or kind in FURTHER
    return _form_page(DocumentForm(formdata=None, kind=kind if known else None))


@bp.post("/baru")
@require(Permission.PARTICULARS_MANAGE)
@once
def enter() -> Any:
    return _kept(DocumentForm(), None)


@bp.get("/<int:id>")
@require(Permission.OFFICES_VIEW)
def show(id: int) -> str:
    document = _found(id)
    return render_template(
        "launch/document.html",
        document=document,
        state=document.state_on(clock.today()),
        has_paper=documents.has_paper(document),
        states=ITEM_STATES,
        label_of=label_of,
    )


@bp.get("/<int:id>/ubah")
@require(Permission.PARTICULARS_MANAGE)
def edit(id: int) -> str:
    document = _found(id)
    return _form_page(DocumentForm(formdata=None, obj=document), document)


@bp.post("/<int:id>/ubah")
@require(Permission.PARTICULARS_MANAGE)
@once
def correct(id: int) -> Any:
    return _kept(DocumentForm(), _found(id))


@bp.get("/<int:id>/berkas")
@require(Permission.OFFICES_VIEW)
def paper(id: int) -> Response:
    found = documents.paper_of(_found(id)) or abort(404)
    return Response(found.content, mimetype=found.media_type)


@bp.get("/siap/<item>")
@require(Permission.PARTICULARS_MANAGE)
def evidence(item: str) -> str:
    return _evidence_page(_item(item), EvidenceForm(formdata=None).offer(documents.every()))


@bp.post("/siap/<item>")
@require(Permission.PARTICULARS_MANAGE)
@once
def tick(item: str) -> Any:
    found, form = _item(item), EvidenceForm().offer(documents.every())
    if not form.validate():
        return _evidence_page(found, form), 422
    try:
        readiness.tick(found, note=form.note.data or "", document_id=form.document.data or None)
    except DomainError as error:
        form.refuse(form.note, str(error))
        return _evidence_page(found, form), 422
    return _reported(_("Noted as done."))


@bp.post("/siap/<item>/batal")
@require(Permission.PARTICULARS_MANAGE)
@once
def take_back(item: str) -> Any:
    readiness.take_back(_item(item))
    return _reported(_("Noted as not done."))


@bp.get("/rencana")
@require(Permission.PARTICULARS_MANAGE)
def plan() -> str:
    kept = plans.plan_of(g.tenant.id)
    return render_template("launch/plan.html", form=PlanForm(formdata=None, obj=kept))


@bp.post("/rencana")
@require(Permission.PARTICULARS_MANAGE)
@once
def keep_plan() -> Any:
    form = PlanForm()
    if not form.validate():
        return render_template("launch/plan.html", form=form), 422
    plans.plan(g.tenant.id, **form.days())
    flash(_("The days are kept, and the city sees them."))
    return done(url_for("documents.index"))


def _kept(form: DocumentForm, document: Document | None) -> Any:
    """Enter or correct a document; with what is wrong beside its field."""
    paper = form.read_paper() if form.validate() else None
    if form.errors or (form.paper.data and paper is None):
        return _form_page(form, document), 422
    try:
        if document is None:
            document = documents.enter(form.particulars())
        else:
            documents.correct(document, form.particulars())
    except Invalid as error:
        form.refuse(form.valid_until, str(error))
        return _form_page(form, document), 422
    if paper is not None:
        documents.keep(document, paper)
    return _reported(_("The document is kept."), url_for("documents.show", id=document.id))


def _reported(said: str, then: str = "") -> Response:
    """Tell the city how the checklist stands now, and lead on."""
    readiness.report()
    flash(said)
    return done(then or url_for("documents.index"))


def _found(id: int) -> Document:
    return documents.find(id) or abort(404)


def _item(key: str) -> Item:
    return readiness.find_ticked(key) or abort(404)


def _form_page(form: DocumentForm, document: Document | None = None) -> str:
    return render_template(
        "launch/form.html",
        form=form,
        document=document,
        most=documents.largest() // 1024 // 1024,
        label_of=label_of,
    )


def _evidence_page(item: Item, form: EvidenceForm) -> str:
    found = {
        standing.item.key: standing
        for _chapter, standings in readiness.chapters(clock.today())
        for standing in standings
    }[item.key]
    return render_template("launch/evidence.html", item=item, form=form, standing=found)
