"""What is done for hand-overs on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.handover.watching import tell_missing
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("handover", 300, partial(_tell, parts))


def _tell(parts: Parts, now: datetime) -> str:
    told = tell_missing(parts.storage, parts.settings, now)
    return f"{told} told of missing hand-overs" if told else ""


JOBS = Jobs(_all)
