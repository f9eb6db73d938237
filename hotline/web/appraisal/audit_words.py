"""What the audit log says of the monthly appraisal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.appraisal.keys import PATTERN
from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "appraisal.close": _("Month of a team closed"),
        "appraisal.decide": _("Objection to a figure decided"),
        "appraisal.export": _("Month's scores exported"),
        "appraisal.falsified": _("Data declared falsified"),
        "appraisal.object": _("Objected to a figure"),
        "appraisal.reopen": _("Month of a team reopened"),
        "appraisal.rows": _("What a figure is made of looked at"),
        "appraisal.sign": _("Month of a team signed"),
        "appraisal.view": _("Month's scores looked at"),
        "appraisal.withdraw": _("Declaration of falsified data withdrawn"),
    },
    objects={
        "appraisal_card": ObjectPage("appraisal.card", "key", PATTERN),
        "appraisal_month": ObjectPage("appraisal.sheet", "key", PATTERN),
    },
    title=_("Appraisal"),
    kinds={
        "appraisal": _("Month's scores"),
        "appraisal_card": _("Score card"),
        "appraisal_month": _("Month of a team"),
    },
)
