"""What is sent to people, in their language; there is no request that would say which."""

from __future__ import annotations

from hotline.domain.notifications.notification import Notification
from hotline.web.kit.catalogue import translation
from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.told.notified import said_of

_SEVERAL = _("%(count)s notifications")


class CatalogueWording:
    """Fulfils hotline.services.gateways.Wording."""

    def said(self, told: Notification, language: str) -> str:
        return said_of(told, translation(language))

    def several(self, count: int, language: str) -> str:
        return translation(language)(_SEVERAL) % {"count": count}
