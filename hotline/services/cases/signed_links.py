"""What notifications of cases carry for people of a department, who need not sign in."""

from __future__ import annotations

from hotline.services.cases.department_link import link_of_notification
from hotline.services.cases.notification_kinds import (
    CASE_ASSIGNED,
    CASE_EXTENDED,
    CASE_NOT_EXTENDED,
    CASE_SUPERVISED,
    CASE_URGED,
)
from hotline.services.notifications.signed import SignedLinks

#: Of those that are told to others too, these get no link: the case is not with them.
SIGNED = SignedLinks(
    {
        kind.name: link_of_notification
        for kind in (CASE_ASSIGNED, CASE_URGED, CASE_SUPERVISED, CASE_EXTENDED, CASE_NOT_EXTENDED)
    }
)
