"""What settings add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.settings.transfer import MOST_BYTES
from hotline.web.kit.shown import may_visit
from hotline.web.kit.told.menu import REFERENCE, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.settings import (
    administration,
    category_pages,
    entry_pages,
    group_pages,
    pages,
    transfer_pages,
    version_pages,
)

#: What stands around a file in the form that brings it, and how long its text becomes in one.
_AROUND, _AS_FORM = 4096, 3


def _has_no_administration() -> bool:
    """The settings are one of its pages for those who have it."""
    return not may_visit("people.index")


#: Each module hangs its pages on the blueprint of the administration.
_PAGES = (group_pages, entry_pages, category_pages, version_pages, transfer_pages)

FEATURE = WebFeature(
    blueprints=(pages.blueprint, administration.blueprint),
    menu=(
        MenuEntry("rules.index", "list-numbers", _("Rules"), 40, REFERENCE),
        MenuEntry("settings.index", "settings", _("Settings"), 50, REFERENCE, shown=_has_no_administration),
    ),
    under={"rules": "rules.index", "settings": "people.index"},
    large_forms={"settings.difference": MOST_BYTES + _AROUND, "settings.take_in": _AS_FORM * MOST_BYTES + _AROUND},
)
