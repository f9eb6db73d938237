"""What attachments add to the application."""

from __future__ import annotations

from hotline.web.attachments import pages, uploads
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(blueprints=(pages.blueprint,), installers=(uploads.install,))
