"""What the mail of a report carries for those who have no account: everybody else signs in."""

from __future__ import annotations

from hotline.services.notifications.signed import SignedLinks
from hotline.services.scheduled_reports.by_link import link_of_notification
from hotline.services.scheduled_reports.notification_kinds import REPORT_READY

SIGNED = SignedLinks({REPORT_READY.name: link_of_notification})
