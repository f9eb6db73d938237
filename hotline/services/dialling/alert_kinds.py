"""What dials raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

DIAL_LIMIT = AlertKind("dial_limit")  # somebody hit a limit of dialling (toll fraud); the user
