"""The kinds that belong to no one feature."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: Values: alert (its kind), about (its object, without numbers).
ALERT = NotificationKind("alert")
ALERT_OVER = NotificationKind("alert_over", to_do=False)

#: Something is not done in time and goes to the next one up. Values: what (a name, or a clock's), due_at.
ESCALATION = NotificationKind("escalation", demanded=True)

#: What somebody has to do is due soon, and is due and not done. Values: what (the clock's name), due_at.
DEADLINE_NEAR = NotificationKind("deadline_near")
DEADLINE_OVER = NotificationKind("deadline_over")

#: Somebody tries whether they are reached.
TEST = NotificationKind("test", to_do=False)

KINDS = (ALERT, ALERT_OVER, ESCALATION, DEADLINE_NEAR, DEADLINE_OVER, TEST)
