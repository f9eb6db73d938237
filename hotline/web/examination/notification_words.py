"""What is said of examinations, appeals and corrective actions to those whom they concern."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.domain.reasons import Value
from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.refusals.registry import Translate
from hotline.web.kit.told.notified import NotificationWords

_DECISIONS = {"upheld": _("the result stays"), "changed": _("the result was changed")}


def _of_decision(values: Mapping[str, Value], translate: Translate) -> Mapping[str, Value]:
    said = _DECISIONS.get(str(values["decision"]))
    return {"decision": translate(said)} if said else values


WORDS = {
    "examined": NotificationWords(_("Results of examinations"), _("A call of yours was examined")),
    "appeal_decided": NotificationWords(_("Appeals decided"), _("Your appeal was decided: %(decision)s"), _of_decision),
    "correction_ordered": NotificationWords(
        _("Corrective actions ordered"), _("Something is to be corrected by %(due_at)s")
    ),
    "correction_repeated": NotificationWords(
        _("Corrective actions ordered again"), _("It is not corrected yet: it is to be by %(due_at)s")
    ),
    "draw_given": NotificationWords(
        _("Calls drawn to be examined"), _("Of the week %(week)s, %(count)s calls were given to you to examine")
    ),
    "examination_given": NotificationWords(_("Calls given to examine"), _("A call was given to you to examine")),
}
