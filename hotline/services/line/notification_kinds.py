"""What people are told of the line."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: A duty mobile is lost and rung no more. Values: who (had it).
MOBILE_LOST = NotificationKind("mobile_lost")

KINDS = (MOBILE_LOST,)
