"""What the audit log says of who looked how rules are kept, and who signed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "rules.look": _("Seen how rules are kept"),
        "rules.export": _("Report on service and supervision exported"),
        "supervision.sign": _("Report on service and supervision signed"),
    },
    objects={
        "rule": ObjectPage("rule_results.show", "rule", "[A-GQ][1-9][0-9]?"),
        "verdict": ObjectPage("rule_verdicts.show", "verdict_id"),
    },
    title=_("How rules are kept"),
    kinds={"rules": _("Rules"), "supervision_report": _("Report on service and supervision")},
)
