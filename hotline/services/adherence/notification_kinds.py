"""What people are told of shifts that somebody did not come to."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: To themselves: an explanation is asked for. Values: starts_at.
MISSED_START = NotificationKind("missed_start")

#: To who leads them: nobody sits there. Values: who, starts_at.
SHIFT_IS_EMPTY = NotificationKind("shift_is_empty")

#: To themselves. Values: by, starts_at.
EXPLANATION_DECIDED = NotificationKind("explanation_decided", to_do=False)

KINDS = (MISSED_START, SHIFT_IS_EMPTY, EXPLANATION_DECIDED)
