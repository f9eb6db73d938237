"""What people are told of cases. Values: case (its number, which is the day's): nothing of who called, nothing that
somebody wrote."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: A case is theirs now; theirs once they accept it; their department's to answer.
CASE_GIVEN = NotificationKind("case_given")
CASE_OFFERED = NotificationKind("case_offered")
CASE_ASSIGNED = NotificationKind("case_assigned")
#: 催办, 督办, 退回.
CASE_URGED = NotificationKind("case_urged")
CASE_SUPERVISED = NotificationKind("case_supervised", demanded=True)
CASE_RETURNED = NotificationKind("case_returned")
#: They have to decide: a solution, an extension, a dispute.
CASE_TO_APPROVE = NotificationKind("case_to_approve")
CASE_EXTENSION = NotificationKind("case_extension")
#: To whoever asked for it.
CASE_EXTENDED = NotificationKind("case_extended")
CASE_NOT_EXTENDED = NotificationKind("case_not_extended")
CASE_DISPUTE = NotificationKind("case_dispute")
#: A grave one, one about somebody who supervises, a fault: at once.
CASE_GRAVE = NotificationKind("case_grave", demanded=True)
#: It is over and goes up (D7).
CASE_ESCALATED = NotificationKind("case_escalated", demanded=True)

#: The customer wrote, answered, or asked before they were told.
CUSTOMER_SPOKE = NotificationKind("case_customer_spoke")

KINDS = (
    CASE_GIVEN,
    CASE_OFFERED,
    CASE_ASSIGNED,
    CASE_URGED,
    CASE_SUPERVISED,
    CASE_RETURNED,
    CASE_TO_APPROVE,
    CASE_EXTENSION,
    CASE_EXTENDED,
    CASE_NOT_EXTENDED,
    CASE_DISPUTE,
    CASE_GRAVE,
    CASE_ESCALATED,
    CUSTOMER_SPOKE,
)
