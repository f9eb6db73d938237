"""What hiring adds to the application."""

from __future__ import annotations

from hotline.web.hiring import api, import_pages, pages
from hotline.web.hiring.labels import MATTERS
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint, import_pages.blueprint),
    apis=(api.register,),
    under={"hiring": "people.index", "people_import": "people.index"},
    labels={"matter": MATTERS},
)
