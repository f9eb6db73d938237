"""What became of a delivery, and by which way it went."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.notifications.notification import DeliveryState
from hotline.web.kit.labels import Label

DELIVERY_STATES = {
    DeliveryState.WAITING: Label(_("Waiting"), "wait"),
    DeliveryState.SENDING: Label(_("On its way"), "info"),
    DeliveryState.SENT: Label(_("Sent"), "ok"),
    DeliveryState.FAILED: Label(_("Not sent"), "bad"),
    DeliveryState.UNSURE: Label(_("Unsure whether sent"), "warn"),
}

WAYS = {
    "mail": Label(_("By mail")),
    "wecombot": Label(_("WeCom")),
    "dingtalk": Label(_("DingTalk")),
    "feishu": Label(_("Feishu")),
}
