"""What people are told of visits: nothing of whom they are of."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: One is theirs. Values: due_at.
VISIT_GIVEN = NotificationKind("visit_given", mail=False)
#: It was tried as often as is done: whoever supervises decides.
VISIT_TRIED_OUT = NotificationKind("visit_tried_out")

KINDS = (VISIT_GIVEN, VISIT_TRIED_OUT)
