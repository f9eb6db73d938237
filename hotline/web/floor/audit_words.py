"""What the audit log says of what supervisors do on the floor."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "call.barge": _("Joined the call"),
        "call.listen": _("Listened in"),
        "call.take_over": _("Call taken over"),
        "call.whisper": _("Whispered to the operator"),
        "display.add": _("Wallboard added"),
        "display.revoke": _("Wallboard revoked"),
        "floor.view": _("Floor looked at"),
        "operator.pause": _("Operator paused"),
        "operator.resume": _("Operator's pause ended"),
        "pauses.view": _("Sums of pauses looked at"),
        "operator.sign_out": _("Operator signed out of the queues"),
    },
    title=_("Floor"),
    kinds={"floor": _("Floor"), "display": _("Wallboard"), "pauses": _("Pauses")},
)
