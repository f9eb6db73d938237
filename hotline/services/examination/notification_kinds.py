"""What operators and examiners are told of."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: A call of theirs was examined, and the result can be seen.
EXAMINED = NotificationKind("examined", to_do=False)

#: What came of their appeal. Values: decision.
APPEAL_DECIDED = NotificationKind("appeal_decided", to_do=False)

#: They are ordered to mend something. Values: due_at.
CORRECTION_ORDERED = NotificationKind("correction_ordered")

#: A call to examine was given to them.
EXAMINATION_GIVEN = NotificationKind("examination_given")

KINDS = (EXAMINED, APPEAL_DECIDED, CORRECTION_ORDERED, EXAMINATION_GIVEN)
