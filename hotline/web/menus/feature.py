"""What menus add to the application."""

from __future__ import annotations

from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.menus import draft_pages, menu_pages, pages, trial_pages

#: Each module hangs its pages on the blueprint.
_PAGES = (draft_pages, menu_pages, trial_pages)

FEATURE = WebFeature(blueprints=(pages.blueprint,), under={"menus": "people.index"})
