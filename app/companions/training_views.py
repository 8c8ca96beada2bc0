"""Trainings with attendance by cooperative: numbers of people, no names."""

from typing import Any

from flask import Blueprint, abort, flash, g, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.auth.permissions import Permission
from app.companions import access, trainings
from app.companions.forms import TrainingForm, training_form
from app.companions.models import Training
from app.web.access import require
from app.web.once import done, once

bp = Blueprint(
    "trainings", __name__, url_prefix="/kota/pendampingan/pelatihan", template_folder="templates"
)


@bp.get("/")
@require(Permission.VISITS_VIEW)
def index() -> str:
    return render_template("companions/trainings.html", held=trainings.held())


@bp.get("/baru")
@require(Permission.VISITS_WRITE)
def new() -> str:
    return _form_page(_form(formdata=None))


@bp.post("/baru")
@require(Permission.VISITS_WRITE)
@once
def record() -> Any:
    form = _form()
    if not form.validate():
        return _form_page(form), 422
    training = trainings.record(**_said(form), by=current_user.id, key=g.form_key)
    flash(_("The training is recorded."))
    return done(url_for("trainings.show", id=training.id))


@bp.get("/<int:id>")
@require(Permission.VISITS_VIEW)
def show(id: int) -> str:
    training = _found(id)
    attendance = trainings.attendance(training)
    return render_template(
        "companions/training.html",
        training=training,
        attendance=attendance,
        total=sum(people for _tenant, people in attendance),
        may_change=training.recorded_by == current_user.id,
    )


@bp.get("/<int:id>/ubah")
@require(Permission.VISITS_WRITE)
def edit(id: int) -> str:
    training = _own(id)
    came = {f"people_{tenant.id}": people for tenant, people in trainings.attendance(training)}
    return _form_page(_form(formdata=None, obj=training, **came), training)


@bp.post("/<int:id>/ubah")
@require(Permission.VISITS_WRITE)
@once
def amend(id: int) -> Any:
    training, form = _own(id), _form()
    if not form.validate():
        return _form_page(form, training), 422
    trainings.amend(training, **_said(form))
    flash(_("The training is changed."))
    return done(url_for("trainings.show", id=id))


def _said(form: TrainingForm) -> dict[str, Any]:
    return {
        "title": form.title.data or "",
        "place": form.place.data or "",
        "held_on": form.held_on.data,
        "people": form.people(),
    }


def _found(id: int) -> Training:
    return trainings.find(id) or abort(404)


def _own(id: int) -> Training:
    """A training that whoever asks has recorded; nobody else changes it."""
    training = _found(id)
    return training if training.recorded_by == current_user.id else abort(403)


def _form(**values: Any) -> TrainingForm:
    values.pop("key", None)
    return training_form(access.cooperatives())(**values)


def _form_page(form: TrainingForm, training: Training | None = None) -> str:
    return render_template("companions/training_form.html", form=form, training=training)
