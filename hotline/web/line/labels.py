"""Why the line is as it is, and what kind of day it is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.calendar import DayKind
from hotline.domain.line.routing import Reason
from hotline.web.kit.labels import Label

#: Why a call was routed as it was, or why the line is as it is.
REASONS = {
    Reason.BLOCKED: Label(_("the number is blocked")),
    Reason.WORKING_TIME: Label(_("working time")),
    Reason.DECLARED_OPEN: Label(_("declared open")),
    Reason.DECLARED_CLOSED: Label(_("declared closed")),
    Reason.BREAK: Label(_("lunch break")),
    Reason.AFTER_HOURS: Label(_("outside working hours")),
    Reason.DAY_OFF: Label(_("day off")),
    Reason.PUBLIC_HOLIDAY: Label(_("public holiday")),
    Reason.CALLER_CHOICE: Label(_("the caller's choice")),
    Reason.NOBODY_ON_DUTY: Label(_("nobody on duty")),
    Reason.NO_QUEUE: Label(_("no queue")),
    "transfer_returned": Label(_("nobody took the transfer"), "warn"),
    "operator_lost": Label(_("the operator's phone was lost"), "warn"),
    "operator_dropped": Label(_("picked up and dropped at once"), "warn"),
}

DAY_KINDS = {
    DayKind.ORDINARY: Label(""),
    DayKind.HOLIDAY: Label(_("Public holiday"), "info"),
    DayKind.MAKEUP: Label(_("Make-up working day"), "warn"),
    DayKind.SITE_CLOSED: Label(_("Closed by the site"), "info"),
    DayKind.SITE_OPEN: Label(_("Opened by the site"), "warn"),
}

WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
