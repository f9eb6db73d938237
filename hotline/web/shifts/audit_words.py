"""What the audit log says of shifts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "leave.accept": _("Leave granted"),
        "leave.ask": _("Leave asked for"),
        "leave.refuse": _("Leave refused"),
        "leave.withdraw": _("Leave withdrawn"),
        "shift.add": _("Shift planned"),
        "shift.open": _("Shift taken from who is on leave"),
        "shift.give": _("Open shift given to somebody"),
        "shift.change": _("Shift changed"),
        "shift.remove": _("Shift taken out of the plan"),
        "shift_feed.make": _("Calendar feed made"),
        "shift_feed.revoke": _("Calendar feed revoked"),
        "shifts.copy": _("Week of shifts copied"),
        "shifts.export": _("Shift plan exported"),
        "shifts.import": _("Shift plan read in"),
        "shifts.lay_out": _("Pattern of shifts laid out"),
        "shifts.publish": _("Shifts published"),
        "skill.change": _("Knowledge of a queue entered"),
        "swap.accept": _("Swap accepted by the other"),
        "swap.ask": _("Swap asked for"),
        "swap.done": _("Shifts swapped"),
        "swap.refuse": _("Swap refused"),
        "swap.withdraw": _("Swap withdrawn"),
    },
    title=_("Shifts"),
    kinds={"leave": _("Leave"), "shifts": _("Shift plan"), "swap": _("Swap")},
)
