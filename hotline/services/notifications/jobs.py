"""What is done for notifications on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, because, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.notifications.alerts_told import tell_alerts
from hotline.services.notifications.lanes import Lanes
from hotline.services.notifications.old import forget_old
from hotline.services.notifications.sending import Sending
from hotline.services.notifications.spreading import spread


def _all(parts: Parts) -> Iterator[Job]:
    if parts.gateways is not None and parts.wording is not None:
        sending = Sending(parts.storage, lambda: parts.settings, parts.gateways, parts.wording, parts.clock)
        yield Job("notifications", 5, partial(_send, parts, sending, Lanes(sending.send_next)))
    yield Job("old_notifications", 3600, partial(_forget, parts))


JOBS = Jobs(_all)


def _send(parts: Parts, sending: Sending, lanes: Lanes, now: datetime) -> Reason | None:
    """Nothing here waits for a gateway."""
    told = tell_alerts(parts.storage, parts.settings, now)
    spread(parts.storage, parts.settings, now)
    lanes.run(sending.due(now))
    lost = sending.give_up_lost(now)
    return because("notifications.sent_on", told=told, lost=lost) if told or lost else None


def _forget(parts: Parts, now: datetime) -> Reason | None:
    forgotten = forget_old(parts.storage, parts.settings, now)
    return so_many("notifications.forgotten", forgotten)
