"""What people are told of reports. Deputies are recipients themselves: they are not told twice."""

from __future__ import annotations

from hotline.domain.notifications.kind import NotificationKind

#: B4, F1: a report is made for them. Values: what (its kind), starts_at, ends_at, calls, open (how many matters are).
REPORT_READY = NotificationKind("report_ready", demanded=True, to_do=False)

#: F12: somebody objects to the details of their calls. Values: who, month.
DETAILS_OBJECTED = NotificationKind("details_objected")

#: It was decided on. Values: by.
DETAILS_DECIDED = NotificationKind("details_decided", to_do=False)

#: F1: somebody wrote of their work. Values: who, span, first.
SUMMARY_WRITTEN = NotificationKind("summary_written", to_do=False, mail=False, chat=False)

#: Who leads them replied. Values: by.
SUMMARY_REPLIED = NotificationKind("summary_replied", to_do=False)

KINDS = (REPORT_READY, DETAILS_OBJECTED, DETAILS_DECIDED, SUMMARY_WRITTEN, SUMMARY_REPLIED)
