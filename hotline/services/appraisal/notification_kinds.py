"""What people are told of the month's scores."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: To who leads the team: an examiner signed its month, and it can be closed. Values: month, team.
MONTH_SIGNED = NotificationKind("appraisal_signed")

#: To everybody in it: their card is closed. Values: month, until_at (of objections).
CARD_CLOSED = NotificationKind("appraisal_closed", to_do=False)

#: To everybody in it. Values: month.
CARD_REOPENED = NotificationKind("appraisal_reopened", to_do=False)

#: To who may decide it: somebody objects to a figure of theirs. Values: who, month, due_at.
OBJECTION_MADE = NotificationKind("appraisal_objection")

#: To who objected. Values: month, decision.
OBJECTION_DECIDED = NotificationKind("appraisal_objection_decided", to_do=False)

#: To whom it is about: their data of the month is declared falsified. Values: month, by.
DATA_FALSIFIED = NotificationKind("appraisal_falsified")

KINDS = (MONTH_SIGNED, CARD_CLOSED, CARD_REOPENED, OBJECTION_MADE, OBJECTION_DECIDED, DATA_FALSIFIED)
