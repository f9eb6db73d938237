"""Text messages are sent on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.sms.gateways import make_gateway
from hotline.services.sms.sms import send_due


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("sms", 15, partial(_send, parts))


JOBS = Jobs(_all)


def _send(parts: Parts, now: datetime) -> Reason | None:
    """The gateway is asked for each time: it may have been set meanwhile."""
    gateway = make_gateway(parts.settings.sms, parts.home)
    sent = send_due(parts.storage, parts.settings, gateway, now) if gateway else 0
    return so_many("sms.sent", sent)
