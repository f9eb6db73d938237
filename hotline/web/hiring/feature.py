"""What hiring adds to the application."""

from __future__ import annotations

from hotline.web.hiring import pages
from hotline.web.hiring.labels import MATTERS
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(blueprints=(pages.blueprint,), under={"hiring": "people.index"}, labels={"matter": MATTERS})
