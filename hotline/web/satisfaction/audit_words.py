"""What the audit log says of ratings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "questionnaire.reply": _("Answers to a questionnaire typed in"),
        "questionnaire.results": _("Results of a questionnaire looked at"),
        "rating.export": _("Report on satisfaction saved as a table"),
        "rating.hand_over": _("Caller handed over to say how the call was"),
        "rating.not_followed": _("Low rating: no case could be opened"),
        "rating.report": _("Report on satisfaction looked at"),
        "rating.rows": _("Calls behind a figure of satisfaction looked at"),
    },
    title=_("Satisfaction"),
    kinds={
        "questionnaire": _("Questionnaire"),
        "reply": _("Answers to a questionnaire"),
        "rating": _("Rating"),
        "ratings": _("Ratings"),
    },
)
