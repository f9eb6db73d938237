"""What verdicts add to the application."""

from __future__ import annotations

from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.verdicts import api

FEATURE = WebFeature(apis=(api.register,))
