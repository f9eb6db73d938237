"""What is missing: `hotline check` in words, with a button for each remedy."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.rights.acts import Act
from hotline.services.first_hour.findings import findings, look
from hotline.web.first_hour.remedies import name_of_finding, remedy_of
from hotline.web.kit.access import may
from hotline.web.kit.context import web
from hotline.web.kit.said import said

blueprint = Blueprint("missing", __name__)


@blueprint.get("/admin/missing")
@may(Act.CHANGE_SETTINGS)
def index() -> str:
    found = findings(web().storage)
    return render_template(
        "first_hour/missing.html",
        found=found,
        rows=[(each, name_of_finding(each), remedy_of(each)) for each in found.missing],
        well=[(each, name_of_finding(each)) for each in found.well],
        said=said,
        looks=web().look_over is not None,
    )


@blueprint.post("/admin/missing/look")
@may(Act.CHANGE_SETTINGS)
def look_again() -> Response:
    context = web()
    if context.look_over is not None:
        missing = look(context.storage, context.look_over, context.now())
        flash(gettext("Looked over: %(count)s to see to.", count=missing) if missing else gettext("All is well."), "ok")
    return redirect(url_for("missing.index"), 303)
