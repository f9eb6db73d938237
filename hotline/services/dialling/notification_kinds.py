"""What people are told of approvals."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: A17: somebody waits for a decision. Values: by (who asks).
DIAL_APPROVAL_ASKED = NotificationKind("dial_approval_asked")

#: Values: by (who decided).
DIAL_APPROVAL_GRANTED = NotificationKind("dial_approval_granted")
DIAL_APPROVAL_REFUSED = NotificationKind("dial_approval_refused", to_do=False)

KINDS = (DIAL_APPROVAL_ASKED, DIAL_APPROVAL_GRANTED, DIAL_APPROVAL_REFUSED)
