"""What keeping and deleting raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

PRIVACY_REQUESTS = AlertKind("privacy_requests")  # G3: requests of persons are overdue; ""
STORE_CHECK = AlertKind("store_check")  # E2: the daily reconciliation found differences; a node
DISK_FULL = AlertKind("disk_full")  # by its trend the disk will soon be full; a node
