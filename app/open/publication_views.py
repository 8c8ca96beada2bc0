"""Where a cooperative chooses which of its figures everybody may see."""

from typing import Any

from flask import Blueprint, flash, render_template, url_for
from flask_babel import gettext as _

from app.auth.permissions import Permission
from app.open import services
from app.open.forms import SUBJECTS, PublicationForm
from app.web.access import require
from app.web.once import done, once

bp = Blueprint("publications", __name__, url_prefix="/keterbukaan", template_folder="templates")


@bp.get("/")
@require(Permission.COOP_VIEW)
def show() -> str:
    published = services.published_subjects()
    form = PublicationForm(formdata=None, subjects=[subject.value for subject in published])
    return _page(form)


@bp.post("/")
@require(Permission.FIGURES_PUBLISH)
@once
def choose() -> Any:
    form = PublicationForm()
    if not form.validate():
        return _page(form), 422
    changed = services.publish(form.chosen())
    flash(_("Your choice is kept.") if changed else _("It was so already; nothing has changed."))
    return done(url_for("publications.show"))


def _page(form: PublicationForm) -> str:
    return render_template(
        "publication/show.html",
        form=form,
        subjects=SUBJECTS,
        published=services.published_subjects(),
        decisions=services.decisions(),
    )
