"""What the floor raises alerts of: what has gone beyond its threshold; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

QUEUE_LONG = AlertKind("queue_long")  # too many wait; a queue's id
WAIT_LONG = AlertKind("wait_long")  # somebody waits too long; a queue's id
NOBODY_READY = AlertKind("nobody_ready")  # in working hours; a queue's id
SERVICE_LEVEL_LOW = AlertKind("service_level_low")  # G5, today; ""

ALL = (QUEUE_LONG, WAIT_LONG, NOBODY_READY, SERVICE_LEVEL_LOW)
