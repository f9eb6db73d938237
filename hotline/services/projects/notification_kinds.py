"""What people are told of projects. Values: due_on."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: An inspection or survey of a project of theirs is due soon.
INSPECTION_DUE = NotificationKind("inspection_due", to_do=True)

KINDS = (INSPECTION_DUE,)
