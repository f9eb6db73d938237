"""What the audit log says of hand-overs."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "handover.accept": _("Hand-over of a shift accepted"),
        "handover.view": _("Own hand-over looked at"),
        "handover.write": _("Shift handed over"),
        "handovers.view": _("Hand-overs looked at"),
    },
    title=_("Shift hand-over"),
    kinds={"handover": _("Shift hand-over"), "handovers": _("Hand-overs")},
)
