"""What calls raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

LEGS_LEFT_OVER = AlertKind("legs_left_over")  # phones in a call that is over; a node
FOLD_FAILED = AlertKind("fold_failed")  # it is missing in the ledger; a call's linkedid
