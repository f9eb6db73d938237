"""What the audit log says of operators who come, change and leave."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "operator.change": _("Operator changed"),
        "operator.hand_over": _("Open matters handed over"),
        "operator.hire": _("Operator hired"),
        "operator.leave": _("Leaving decided"),
        "operator.left": _("Operator left"),
        "operator.phone_password": _("New password for a phone"),
        "operator.stay": _("Leaving taken back"),
        "people.export": _("People given out as a table"),
        "people.import": _("People brought in as a table"),
        "people.passwords": _("First passwords fetched as a sheet"),
    },
    objects={"operator": ObjectPage("hiring.operator", "extension", "[1-9][0-9]{2,5}")},
    title=_("Operators"),
    kinds={"operator": _("Operator")},
)
