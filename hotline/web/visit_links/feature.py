"""What visits by a link add to the application."""

from __future__ import annotations

from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.visit_links import answer_pages, pages

FEATURE = WebFeature(blueprints=(pages.blueprint, answer_pages.blueprint), under={"visit_links": "visits.index"})
