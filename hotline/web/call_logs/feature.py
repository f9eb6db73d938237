"""What the logs of a call add to the application."""

from __future__ import annotations

from hotline.web.call_logs import pages
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(blueprints=(pages.blueprint,), under={"call_logs": "ledger.calls"})
