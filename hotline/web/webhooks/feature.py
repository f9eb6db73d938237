"""What web hooks add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.webhooks.webhook import DeliveryState
from hotline.web.kit.labels import Label
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.webhooks import pages
from hotline.web.webhooks.event_names import event_names

STATES = {
    DeliveryState.WAITING: Label(_("Waits to be sent"), "wait"),
    DeliveryState.SENDING: Label(_("Being sent"), "live"),
    DeliveryState.DELIVERED: Label(_("Delivered"), "ok"),
    DeliveryState.FAILED: Label(_("Given up"), "bad"),
    DeliveryState.GONE: Label(_("Its data were deleted"), "muted"),
}

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    under={"webhooks": "people.index"},
    labels={"webhook_delivery": STATES, "webhook_event": event_names()},
)
