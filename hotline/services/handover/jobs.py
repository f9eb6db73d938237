"""What is done for hand-overs on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.handover.watching import tell_missing
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("handover", 300, partial(_tell, parts))


def _tell(parts: Parts, now: datetime) -> Reason | None:
    told = tell_missing(parts.storage, parts.settings, now)
    return so_many("handover.told_missing", told)


JOBS = Jobs(_all)
