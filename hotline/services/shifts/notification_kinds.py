"""What people are told of shifts, leave and swaps."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: Values: since_day, until_day, count.
SHIFTS_PUBLISHED = NotificationKind("shifts_published")
#: Theirs after it was published. Values: from_at, until_at; before it: was_from_at, was_until_at.
SHIFT_ADDED = NotificationKind("shift_added")
SHIFT_CHANGED = NotificationKind("shift_changed")
SHIFT_TAKEN_AWAY = NotificationKind("shift_taken_away")

#: Whoever has them is on leave then. Values: whose, count, from_at (of the first).
SHIFTS_OPEN = NotificationKind("shifts_open")

#: Somebody waits for a decision. Values: by, from_at, until_at.
LEAVE_ASKED = NotificationKind("leave_asked")
#: Values: by, from_at, until_at.
LEAVE_ACCEPTED = NotificationKind("leave_accepted", to_do=False)
LEAVE_REFUSED = NotificationKind("leave_refused", to_do=False)

#: Values: by (who asks), from_at.
SWAP_ASKED = NotificationKind("swap_asked")
SWAP_TO_APPROVE = NotificationKind("swap_to_approve")
#: Values: by (who said so), from_at.
SWAP_DONE = NotificationKind("swap_done")
SWAP_REFUSED = NotificationKind("swap_refused", to_do=False)
#: By who asked: the other counts on it no more.
SWAP_WITHDRAWN = NotificationKind("swap_withdrawn", to_do=False)
#: Nobody decided in time, or one of its shifts has changed: whoever counted on it comes as planned. Values: from_at.
SWAP_LAPSED = NotificationKind("swap_lapsed")

KINDS = (
    SHIFTS_PUBLISHED,
    SHIFT_ADDED,
    SHIFT_CHANGED,
    SHIFT_TAKEN_AWAY,
    SHIFTS_OPEN,
    LEAVE_ASKED,
    LEAVE_ACCEPTED,
    LEAVE_REFUSED,
    SWAP_ASKED,
    SWAP_TO_APPROVE,
    SWAP_DONE,
    SWAP_REFUSED,
    SWAP_WITHDRAWN,
    SWAP_LAPSED,
)
