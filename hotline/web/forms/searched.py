"""Log forms on the page of the search."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from hotline.domain.forms.form import FORM
from hotline.web.forms.words import FIELDS
from hotline.web.kit.told.found_words import FoundWords


def _field(field: str) -> str:
    """Further ones of a category go by their own names."""
    return str(FIELDS[field]) if field in FIELDS else field.removeprefix("fields.")


SHOWN = FoundWords(
    FORM,
    20,
    _("Written in the log form"),
    lambda _found: gettext("Log form"),
    lambda found: url_for("forms.show", form_id=found.source_id),
    _field,
)
