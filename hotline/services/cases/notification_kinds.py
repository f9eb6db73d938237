"""What whoever is responsible for a case is told of."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: A case is theirs now. Values: case (its number, which is the day's).
CASE_GIVEN = NotificationKind("case_given")

#: The customer wrote, answered, or asked before they were told. Values: case (its number).
CUSTOMER_SPOKE = NotificationKind("case_customer_spoke")

#: A case is for their department to answer; it carries a link. Values: case (its number).
FOR_DEPARTMENT = NotificationKind("case_for_department")

KINDS = (CASE_GIVEN, CUSTOMER_SPOKE, FOR_DEPARTMENT)
