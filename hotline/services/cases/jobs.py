"""What is done for cases on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.cases.escalating import escalate_cases
from hotline.services.cases.link_mails import send_link_mails
from hotline.services.cases.solving import count_solved
from hotline.services.gateways import Gateways
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("cases", 60, partial(_cases, parts))
    yield Job("case_times", 3600, partial(_times, parts))
    if parts.gateways is not None:
        yield Job("case_link_mails", 15, partial(_link_mails, parts, parts.gateways))


JOBS = Jobs(_all)


def _link_mails(parts: Parts, gateways: Gateways, now: datetime) -> Reason | None:
    sent = send_link_mails(parts.storage, parts.settings, gateways, now)
    return so_many("cases.links_mailed", sent)


def _times(parts: Parts, _now: datetime) -> Reason | None:
    return so_many("cases.times_counted", count_solved(parts.storage, parts.settings))


def _cases(parts: Parts, now: datetime) -> Reason | None:
    went = escalate_cases(parts.storage, parts.settings, now)
    return so_many("cases.went_up", went)
