"""Visits on the page of the search."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from hotline.domain.visits.visit import SEARCHED_AS
from hotline.web.kit.told.found_words import FoundWords

_FIELDS = {
    "purpose": _("What for"),
    "content": _("Content of the visit"),
    "problems": _("Problems found"),
    "with_what": _("Not satisfied with"),
    "number": _("Customer's number"),
}

SHOWN = FoundWords(
    SEARCHED_AS,
    35,
    _("Written of a visit"),
    lambda _found: gettext("Return visit"),
    lambda found: url_for("visits.show", visit_id=found.source_id),
    lambda field: str(_FIELDS.get(field, field)),
)
