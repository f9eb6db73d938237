"""Projects on the page of the search."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from hotline.domain.projects.project import SEARCHED_AS
from hotline.web.kit.told.found_words import FoundWords

_FIELDS = {"name": _("Project name"), "contact": _("Contact person"), "note": _("Note")}


def _field(field: str) -> str:
    return str(_FIELDS.get(field, field))


SHOWN = FoundWords(
    SEARCHED_AS,
    40,
    _("Written of a project"),
    lambda _found: gettext("Project"),
    lambda found: url_for("projects.show", project_id=found.source_id),
    _field,
)
