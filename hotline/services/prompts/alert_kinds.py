"""What prompts raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

VOICE_FAILS = AlertKind("voice_fails")  # the voice in use
EMERGENCY_LASTS = AlertKind("emergency_lasts")  # an announcement's id
