"""What our own people raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

NO_LEADER = AlertKind("no_leader")  # whoever led it has left, and nobody leads; the id of a team or department
