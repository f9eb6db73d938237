"""What notifications raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

GATEWAY_PAUSED = AlertKind("gateway_paused")  # it failed again and again, and is left alone for a while; its name
