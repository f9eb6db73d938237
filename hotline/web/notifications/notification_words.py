"""What is said of the kinds of notifications that belong to no one feature."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.domain.deadlines.kept import ClockName
from hotline.domain.notifications.notification import Notification
from hotline.domain.reasons import Value
from hotline.web.deadlines.labels import CLOCKS
from hotline.web.kit.alerts_shown import alert_words, page_of_kind
from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.refusals.registry import Translate
from hotline.web.kit.told.notified import NotificationWords


def _of_alert(values: Mapping[str, Value], translate: Translate) -> Mapping[str, Value]:
    """The label of its kind, and what it is about."""
    kind, about = str(values["alert"]), str(values.get("about") or "")
    words = alert_words().get(kind)
    label = translate(str(words.label.text)) if words else kind
    return {"alert": f"{label} · {about}" if about else label}


def _of_deadline(values: Mapping[str, Value], translate: Translate) -> Mapping[str, Value]:
    """What its clock is called."""
    label = CLOCKS.get(ClockName(str(values["what"])))
    return {**values, "what": translate(str(label.text))} if label else values


def _where_alert(told: Notification) -> str:
    return page_of_kind(str(told.values.get("alert", "")))


def _nowhere(_told: Notification) -> str:
    return ""


WORDS = {
    "alert": NotificationWords(_("Alerts"), _("Alert: %(alert)s"), _of_alert, _where_alert),
    "alert_over": NotificationWords(_("Alerts that are over"), _("Over: %(alert)s"), _of_alert, _where_alert),
    "escalation": NotificationWords(_("Escalations"), _("Not done in time: %(what)s, due %(due_at)s"), _of_deadline),
    "deadline_near": NotificationWords(
        _("Deadlines that come near"), _("Due soon: %(what)s, %(due_at)s"), _of_deadline
    ),
    "deadline_over": NotificationWords(
        _("Deadlines that are over"), _("Overdue: %(what)s, due since %(due_at)s"), _of_deadline
    ),
    "test": NotificationWords(_("Tests"), _("Test: %(by)s tries whether you are reached"), page=_nowhere),
}
