"""What the screens say of alerts of the line, its roster and what Asterisk is told."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.line.alert_kinds import (
    CALENDAR,
    CALLBACK_TRUNK,
    CHANNELS_FULL,
    LINE_FAULT,
    PBX,
    ROSTER_GAP,
    TRUNK,
)
from hotline.web.kit.labels import Label
from hotline.web.kit.shown import line_name
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    LINE_FAULT: AlertWords(
        Label(_("The line does not work"), "bad"),
        _("Call the number from a mobile; then the carrier. The test is made again every 10 minutes."),
        page="line.index",
        about=line_name,
    ),
    ROSTER_GAP: AlertWords(
        Label(_("Nobody is on the duty roster"), "bad"),
        _("Add shifts for the times without anybody on duty."),
        page="roster.index",
    ),
    CALENDAR: AlertWords(
        Label(_("The holiday calendar ends soon"), "warn"),
        _("Enter the year's holidays and make-up days as they were announced, then note the year as complete."),
        page="calendar.index",
    ),
    TRUNK: AlertWords(
        Label(_("The carrier of the line cannot be reached"), "bad"),
        _("No call comes in. Run hotline check on the server; then ask the carrier."),
        page="line.index",
    ),
    CHANNELS_FULL: AlertWords(
        Label(_("All channels of the carrier are taken"), "bad"),
        _("Further callers hear the line engaged. The reports say how long it lasts; then order more channels."),
        page="reports.index",
    ),
    CALLBACK_TRUNK: AlertWords(
        Label(_("The callback trunk cannot be reached"), "bad"),
        _("No customer can be called back. Run hotline check on the server; then ask the carrier."),
        page="line.index",
    ),
    PBX: AlertWords(
        Label(_("Asterisk could not be updated"), "bad"),
        _("Run hotline check on the server, and look into var/asterisk/log/messages."),
    ),
}
