"""What callbacks raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

CALLBACKS = AlertKind("callbacks")  # A9: callbacks are overdue; ""
