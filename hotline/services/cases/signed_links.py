"""What notifications of cases carry for people who need not sign in."""

from __future__ import annotations

from hotline.services.cases.department_link import link_of_notification
from hotline.services.cases.notification_kinds import FOR_DEPARTMENT
from hotline.services.notifications.signed import SignedLinks

SIGNED = SignedLinks({FOR_DEPARTMENT.name: link_of_notification})
