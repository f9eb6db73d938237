"""What is said when the pages of the rules refuse something."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "compliance.decision": _("A decision was expected."),
    "compliance.figures_changed": _("The figures have changed since you read them: please read them once more."),
    "compliance.not_contested": _("Nobody has contested this verdict."),
    "compliance.not_over": _("Only a period that is over is signed."),
    "compliance.own_calls": _("Your own calls or work are among these figures: another examiner signs them."),
    "compliance.period": _("A period of one to %(most)s days was expected."),
    "compliance.signed_already": _("You have signed these figures already."),
}
