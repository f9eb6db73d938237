"""Links of visits are sent, and end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, because
from hotline.services.job import Job, Jobs, Parts, keep_alert
from hotline.services.visit_links.alert_kinds import VISIT_LINKS
from hotline.services.visit_links.sending import end_unanswered, send_links, what_is_missing


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("visit_links", 60, partial(_visit_links, parts))


JOBS = Jobs(_all)


def _visit_links(parts: Parts, now: datetime) -> Reason | None:
    went = send_links(parts.storage, parts.settings, parts.gateways, now)
    ended = end_unanswered(parts.storage, parts.settings, now)
    keep_alert(parts, VISIT_LINKS, "", what_is_missing(parts.storage, parts.settings, now), now)
    return because("visit_links.went", sent=went, ended=ended) if went or ended else None
