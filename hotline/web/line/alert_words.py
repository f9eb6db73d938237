"""What the screens say of alerts of the line, its roster and what Asterisk is told."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.line.alert_kinds import (
    CALENDAR,
    CALLBACK_TRUNK,
    CHANNELS_FULL,
    LINE_FAULT,
    PBX,
    PBX_BY_HAND,
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
        _(
            "No call comes in: ask the carrier. Administrators see on the page “Carrier” whether it answers, and since "
            "when."
        ),
        page="carrier.index",
    ),
    CHANNELS_FULL: AlertWords(
        Label(_("All channels of the carrier are taken"), "bad"),
        _("Further callers hear the line engaged. The reports say how long it lasts; then order more channels."),
        page="reports.index",
    ),
    CALLBACK_TRUNK: AlertWords(
        Label(_("The callback trunk cannot be reached"), "bad"),
        _(
            "No customer can be called back: ask the carrier. Administrators see on the page “Carrier” whether it "
            "answers."
        ),
        page="carrier.index",
    ),
    PBX_BY_HAND: AlertWords(
        Label(_("Your own Asterisk has to read its files anew"), "warn"),
        _("Copy the files, say the command there, then press “Seen to”."),
        seen_to=True,
    ),
    PBX: AlertWords(
        Label(_("Asterisk could not be updated"), "bad"),
        _("It is told again by itself. Administrators see on the page “What is missing” whether Asterisk answers."),
        page="missing.index",
    ),
}
