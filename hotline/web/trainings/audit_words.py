"""What the audit log says of trainings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "training.add": _("Training added"),
        "training.change": _("Training changed"),
        "training.import": _("Results of trainings brought in"),
        "training.result_remove": _("Result of a training removed"),
        "training.results": _("Results of a training entered"),
        "training.view": _("Training looked at"),
        "trainings.view": _("Trainings looked at"),
    },
    objects={"training": ObjectPage("trainings.show", "training_id")},
    title=_("Trainings"),
    kinds={"training": _("Training"), "trainings": _("Trainings")},
)
