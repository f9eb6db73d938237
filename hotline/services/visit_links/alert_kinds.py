"""What visits by a link raise alerts of."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

VISIT_LINKS = AlertKind("visit_links")  # links wait to be sent, and something for it is missing; ""
