"""What the audit log says of dials."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "dial": _("Number dialled"),
        "dial.hang_up": _("Dial ended by hand"),
        "dial.said": _("Said who or what answered a dial"),
        "dial.confirmed": _("Dialled although the customer wants no calls"),
        "dial.named_time": _("Dialled in rest time, at a time that the customer named"),
        "dial.refused": _("Dialling refused"),
        "dial_approval.ask": _("Approval to dial asked for"),
        "dial_approval.grant": _("Approval to dial granted"),
        "dial_approval.refuse": _("Approval to dial refused"),
        "dial_approval.use": _("Approval to dial used"),
        "dial_approvals.view": _("Approvals to dial looked at"),
    },
    title=_("Dialled calls"),
    kinds={"dial": _("Dialled call")},
)
