"""What web hooks raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

WEBHOOK_OFF = AlertKind("webhook_off")  # it failed for so long that it was switched off; the hook's id
