"""What the audit log says of verdicts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "verdict.contest": _("Verdict contested"),
        "verdict.decide": _("Contest of a verdict decided"),
        "verdicts.evaluate": _("Verdicts: judging anew begun"),
        "verdicts.put_in_force": _("Verdicts judged anew put in force"),
        "verdicts.view": _("Verdicts looked at"),
    },
    title=_("Verdicts"),
    kinds={
        "rule": _("Rule"),
        "verdict": _("Verdict"),
        "verdict_contests": _("Contests of verdicts"),
        "verdict_generation": _("Generation of verdicts"),
        "verdicts": _("Verdicts"),
    },
)
