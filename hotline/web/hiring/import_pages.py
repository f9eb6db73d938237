"""Our people as a table to be brought in again, and the first passwords of those who came in as one, fetched once."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from hotline.domain.rights.acts import Act
from hotline.services.hiring.people_export import export_people
from hotline.services.hiring.people_import import note_passwords_fetched
from hotline.web.hiring.table_targets import PASSWORDS
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import table_file, table_route, xlsx_file
from hotline.web.kit.i18n import language
from hotline.web.table_imports.uploads import uploads

blueprint = Blueprint("people_import", __name__, url_prefix="/admin/people/import")


@table_route(blueprint, "/present")
@may(Act.HIRE_OPERATORS)
def present(ending: str) -> Response:
    """As they are now."""
    context = web()
    lines = export_people(context.exchange, actor(), language() != "en", context.now())
    return table_file(lines, f"people-{context.now():%Y%m%d}", ending)


@blueprint.post("/passwords/<token>")
@may(Act.HIRE_OPERATORS)
def passwords(token: str) -> Answer:
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
