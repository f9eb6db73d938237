"""What the screens say of alerts of the line, its roster and what Asterisk is told."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.services.line.alert_kinds import CALENDAR, LINE_FAULT, PBX, ROSTER_GAP
from hotline.web.kit.labels import Label
from hotline.web.kit.shown import line_name
from hotline.web.kit.told.alerted import AlertWords

WORDS = {
    LINE_FAULT: AlertWords(Label(_("The line does not work"), "bad"), about=line_name),
    ROSTER_GAP: AlertWords(Label(_("Nobody is on the duty roster"), "bad"), page="roster.index"),
    CALENDAR: AlertWords(Label(_("The holiday calendar ends soon"), "warn"), page="calendar.index"),
    PBX: AlertWords(Label(_("Asterisk could not be updated"), "bad")),
}
