"""The first passwords of people who came in as a table, as a sheet that is fetched once."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.rights.acts import Act
from hotline.services.hiring.people_import import note_passwords_fetched
from hotline.web.hiring.table_targets import PASSWORDS
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.table_imports.uploads import uploads

blueprint = Blueprint("people_import", __name__, url_prefix="/admin/people/import")


@blueprint.post("/passwords/<token>")
@may(Act.HIRE_OPERATORS)
def passwords(token: str) -> Response:
    """For who brought the people in, once, and within half an hour."""
    context = web()
    kept = uploads().taken(token, actor().name, PASSWORDS, context.now())
    if kept is None:
        flash(
            gettext("These passwords have been fetched already, or are kept no more. Give new ones where needed."),
            "bad",
        )
        return redirect(url_for("people.index"))
    note_passwords_fetched(context.exchange, actor(), context.now())
    return xlsx_file(kept.content, kept.name)
