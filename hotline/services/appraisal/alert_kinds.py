"""What the monthly appraisal raises alerts of; the object of each is the key of a card or of a team's month."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

OBJECTION_OVERDUE = AlertKind("appraisal_objection")  # nobody has decided on an objection in time; 2026-10.<person>
MONTH_NOT_CLOSED = AlertKind("appraisal_not_closed")  # a signed month stands open for long; 2026-10.<team>
