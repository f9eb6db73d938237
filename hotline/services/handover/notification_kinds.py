"""What people are told of shifts that are handed over."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: Somebody handed over to them. Values: by, count (of open matters).
SHIFT_HANDED_OVER = NotificationKind("shift_handed_over")

#: Values: by (who accepted).
HANDOVER_ACCEPTED = NotificationKind("handover_accepted", to_do=False)

#: A shift ended and was not handed over. Values: who, ended_at.
HANDOVER_MISSING = NotificationKind("handover_missing")

#: Nobody has accepted it. Values: who (handed over), ended_at.
HANDOVER_NOT_ACCEPTED = NotificationKind("handover_not_accepted")

KINDS = (SHIFT_HANDED_OVER, HANDOVER_ACCEPTED, HANDOVER_MISSING, HANDOVER_NOT_ACCEPTED)
