"""What people are told of the month's scores."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.domain.reasons import Value
from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.refusals.registry import Translate
from hotline.web.kit.told.notified import NotificationWords

_DECIDED = {"granted": _("found right"), "rejected": _("rejected")}


def _decision(values: Mapping[str, Value], translate: Translate) -> Mapping[str, Value]:
    decided = str(values["decision"])
    return {**values, "decision": translate(_DECIDED[decided]) if decided in _DECIDED else decided}


WORDS = {
    "appraisal_signed": NotificationWords(
        _("Months of your team that were signed"), _("An examiner signed %(month)s of your team; it can be closed")
    ),
    "appraisal_closed": NotificationWords(
        _("Your score cards"), _("Your score of %(month)s is closed; you may object until %(until_at)s")
    ),
    "appraisal_reopened": NotificationWords(_("Months that were reopened"), _("The scores of %(month)s were reopened")),
    "appraisal_objection": NotificationWords(
        _("Objections to figures"), _("Somebody objects to a figure of %(month)s; decide by %(due_at)s")
    ),
    "appraisal_objection_decided": NotificationWords(
        _("Decisions on your objections"), _("Your objection to a figure of %(month)s was %(decision)s"), _decision
    ),
    "appraisal_falsified": NotificationWords(
        _("Declarations of falsified data"), _("%(by)s declared data of yours of %(month)s falsified; you may object")
    ),
}
