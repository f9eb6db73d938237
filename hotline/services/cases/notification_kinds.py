"""What whoever is responsible for a case is told of."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: A case is theirs now. Values: case (its number, which is the day's).
CASE_GIVEN = NotificationKind("case_given")

KINDS = (CASE_GIVEN,)
