"""What the audit log says of calls examined by people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "appeal.decide": _("Appeal decided"),
        "calibration.close": _("Calibration closed"),
        "calibration.open": _("Calibration begun"),
        "calibration.view": _("Calibration looked at"),
        "draw.make": _("Calls drawn for examination"),
        "draw.view": _("Draw of calls looked at"),
        "examination.appeal": _("Appeal made"),
        "examination.assign": _("Examination assigned"),
        "examination.choose": _("Call chosen for examination"),
        "examination.comment": _("Comment on a call"),
        "examination.finish": _("Examination finished"),
        "examination.points": _("Points given"),
        "examination.view": _("Examination looked at"),
        "examinations.view": _("Examinations looked at"),
        "example.mark": _("Shown as an example"),
        "example.play": _("Example played"),
        "example.unmark": _("No longer shown as an example"),
        "quality.calls": _("Calls behind a figure looked at"),
        "quality.export": _("Figures of quality exported"),
        "quality.figures": _("Figures of quality looked at"),
        "rectification.check": _("Corrective action checked"),
        "rectification.done": _("Corrective action done"),
        "rectification.issue": _("Corrective action issued"),
        "rectifications.view": _("Corrective actions looked at"),
    },
    title=_("Examination"),
    kinds={
        "examination": _("Examination"),
        "examinations": _("Examinations"),
        "appeals": _("Appeals"),
        "calibration": _("Calibration"),
        "calibrations": _("Calibrations"),
        "rectification": _("Corrective action"),
        "rectifications": _("Corrective actions"),
        "draw": _("Draw"),
        "example": _("Example"),
    },
)
