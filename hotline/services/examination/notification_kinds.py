"""What operators and examiners are told of."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: A call of theirs was examined, and the result can be seen.
EXAMINED = NotificationKind("examined", to_do=False)

#: What came of their appeal. Values: decision.
APPEAL_DECIDED = NotificationKind("appeal_decided", to_do=False)

#: They are ordered to mend something. Values: due_at.
CORRECTION_ORDERED = NotificationKind("correction_ordered")

#: It was looked at, and is to be mended again. Values: due_at.
CORRECTION_REPEATED = NotificationKind("correction_repeated")

#: A call to examine was given to them.
EXAMINATION_GIVEN = NotificationKind("examination_given")

#: A week's calls were drawn, and shared out among the examiners. Values: count (theirs), week.
DRAW_GIVEN = NotificationKind("draw_given")

KINDS = (EXAMINED, APPEAL_DECIDED, CORRECTION_ORDERED, CORRECTION_REPEATED, EXAMINATION_GIVEN, DRAW_GIVEN)
