"""What the service tells of itself."""

from __future__ import annotations

from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.service import api, pages

FEATURE = WebFeature(blueprints=(pages.blueprint,), apis=(api.register,))
