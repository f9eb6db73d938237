"""What notifications add to the application."""

from __future__ import annotations

from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.notifications import alert_pages, api, own_pages, pages, sent_pages, shown, trying_pages
from hotline.web.notifications.labels import DELIVERY_STATES, WAYS

FEATURE = WebFeature(
    blueprints=(
        *(pages.blueprint, alert_pages.blueprint, own_pages.blueprint),
        *(sent_pages.blueprint, trying_pages.blueprint),
    ),
    apis=(api.register,),
    installers=(shown.install,),
    under={"sent_notifications": "people.index", "trying_notifications": "people.index"},
    labels={"delivery": DELIVERY_STATES, "notification_way": WAYS},
)
