"""What became of the mails with reports."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from hotline.domain.batches import batches
from hotline.domain.notifications.notification import MAIL, DeliveryState
from hotline.storage.notifications.tables import notification, notification_delivery
from hotline.storage.transaction import TableStore

_N, _D = notification.c, notification_delivery.c


class ReportDeliveryStore(TableStore):
    def of(self, objects: Collection[str]) -> dict[tuple[str, int], DeliveryState]:
        """How the last mail stands, by what it is about ("report:12") and the person."""
        found: dict[tuple[str, int], DeliveryState] = {}
        for some in batches(sorted(objects)):
            mails = select(_N.object, _D.person_id, _D.state).join(notification_delivery, _D.notification_id == _N.id)
            mails = mails.where(_N.object.in_(some), _D.way == MAIL).order_by(_D.id)
            found.update(
                ((each, person), DeliveryState(state)) for each, person, state in self._connection.execute(mails)
            )
        return found

    def since(self, kind: str, since: datetime) -> list[str]:
        """What of this kind was told since then was about."""
        told = select(_N.object).where(_N.kind == kind, _N.at >= since).distinct().order_by(_N.object)
        return list(self._connection.scalars(told))
