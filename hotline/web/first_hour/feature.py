"""What the first hour adds to the application."""

from __future__ import annotations

from hotline.web.first_hour import carrier_pages, missing_pages, pages
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint, missing_pages.blueprint, carrier_pages.blueprint),
    under=dict.fromkeys(("first_hour", "missing", "carrier"), "people.index"),
)
