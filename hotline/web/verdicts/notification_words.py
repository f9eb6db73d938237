"""What people are told of verdicts."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.domain.notifications.notification import Notification
from hotline.domain.reasons import Value
from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.refusals.registry import Translate
from hotline.web.kit.told.notified import NotificationWords


def _page(told: Notification) -> str:
    return "/notifications"


_DECISIONS = {"upheld": _("you are right"), "rejected": _("the verdict stays")}


def _of_decision(values: Mapping[str, Value], translate: Translate) -> Mapping[str, Value]:
    return {**values, "decision": translate(_DECISIONS.get(str(values["decision"]), ""))}


WORDS = {
    "verdict_contested": NotificationWords(
        _("Contests of verdicts"), _("A verdict on rule %(rule)s is contested"), page=_page
    ),
    "contest_decided": NotificationWords(
        _("Contests decided"),
        _("Your contest of the verdict on rule %(rule)s is decided: %(decision)s"),
        _of_decision,
        page=_page,
    ),
}
