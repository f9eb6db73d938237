"""What the search in words adds to the application."""

from __future__ import annotations

from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.search import api, pages

FEATURE = WebFeature(blueprints=(pages.blueprint,), apis=(api.register,), under={"search.index": "ledger.calls"})
