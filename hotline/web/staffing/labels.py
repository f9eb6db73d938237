"""The words for what staffing names by codes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.staffing.days import LeftOut, LikeDay
from hotline.web.kit.labels import Label

LIKE_DAYS = {
    LikeDay.MON: _("as a Monday"),
    LikeDay.TUE: _("as a Tuesday"),
    LikeDay.WED: _("as a Wednesday"),
    LikeDay.THU: _("as a Thursday"),
    LikeDay.FRI: _("as a Friday"),
    LikeDay.SAT: _("as a Saturday"),
    LikeDay.SUN: _("as a Sunday"),
    LikeDay.HOLIDAY: _("as a public holiday"),
}

LEFT_OUT = {
    LeftOut.CLOSED: Label(_("closed by the site"), "muted"),
    LeftOut.OTHER_HOURS: Label(_("other hours then"), "info"),
    LeftOut.OUTAGE: Label(_("outage: no calls for hours"), "warn"),
    LeftOut.DECLARED: Label(_("declared open or closed"), "info"),
    LeftOut.BY_HAND: Label(_("left out by hand"), "wait"),
}
