"""What people are told of operators."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: An operator in a call asks for help: by the bell alone, for a mail comes too late. Values: operator.
HAND_RAISED = NotificationKind("hand_raised", to_do=False, mail=False, chat=False)

KINDS = (HAND_RAISED,)
