"""Cases on the page of the search."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from hotline.domain.cases.case import SEARCHED_AS
from hotline.web.kit.told.found_words import FoundWords

_FIELDS = {
    "case": _("Number of the case"),
    "title": _("Title"),
    "content": _("Content"),
    "result": _("Result"),
    "number": _("Caller's number"),
}


def _field(field: str) -> str:
    """Those of the kind go by their own names."""
    return str(_FIELDS.get(field, field))


SHOWN = FoundWords(
    SEARCHED_AS,
    30,
    _("Written in a case"),
    lambda _found: gettext("Case"),
    lambda found: url_for("cases.show", case_id=found.source_id),
    _field,
)
