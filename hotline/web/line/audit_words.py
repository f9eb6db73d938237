"""What the audit log says of the line, its block list and its roster."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "blocklist.add": _("Number blocked"),
        "blocklist.remove": _("Number no longer blocked"),
        "blocklist.view": _("Block list looked at"),
        "line.auto": _("Line by the calendar again"),
        "line.closed": _("Line declared closed"),
        "line.open": _("Line declared open"),
        "roster.add": _("Shift added"),
        "roster.export": _("Roster exported"),
        "roster.handover": _("Duty mobile handed over"),
        "roster.mobile_asked": _("Duty mobile to be put back"),
        "roster.mobile_back": _("Duty mobile put back"),
        "roster.mobile_lost": _("Duty mobile taken out"),
        "roster.remove": _("Shift removed"),
    },
    title=_("Line"),
    kinds={
        "line": _("Line"),
        "shift": _("Shift"),
        "roster": _("Roster"),
        "mobile": _("Duty mobile"),
        "blocklist": _("Blocked callers"),
    },
)
