"""What the push adds to the application."""

from __future__ import annotations

from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.push import api, service

FEATURE = WebFeature(apis=(api.register,), installers=(service.install,))
