"""Comments on the page of the search."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from hotline.domain.satisfaction.rating import SEARCHED_AS
from hotline.services.searched import FoundText
from hotline.web.kit.told.found_words import FoundWords


def _page(found: FoundText) -> str:
    return url_for("call.show", call_id=found.stored.id) if found.stored else url_for("satisfaction.index")


SHOWN = FoundWords(
    SEARCHED_AS,
    40,
    _("Written with a rating"),
    lambda _found: gettext("Rating"),
    _page,
    lambda _field: gettext("Comment"),
)
