"""What scheduled reports raise alerts of; behind each what its object is."""

from __future__ import annotations

from hotline.services.alerts import AlertKind

REPORT_NOBODY = AlertKind("report_nobody")  # a report goes to nobody, or to a mail domain that is not allowed; its kind
REPORT_NOT_SENT = AlertKind("report_not_sent")  # the mail with a report did not arrive; the report's id
