"""What people are told of breaches."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: To whom it is about: they may say their word. Values: by, at (when it happened).
BREACH_DECLARED = NotificationKind("breach_declared")

#: To whom it was about. Values: by, at.
BREACH_WITHDRAWN = NotificationKind("breach_withdrawn", to_do=False)

KINDS = (BREACH_DECLARED, BREACH_WITHDRAWN)
