"""What people are told of verdicts."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: To whoever decides: somebody objects to a verdict about them. Values: rule.
VERDICT_CONTESTED = NotificationKind("verdict_contested")

#: To whom it is about. Values: rule, decision.
CONTEST_DECIDED = NotificationKind("contest_decided", to_do=False)

KINDS = (VERDICT_CONTESTED, CONTEST_DECIDED)
