"""What is done for the floor on time: whoever is to help is told while it is in trouble."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.services.floor.floor import DayBook
from hotline.services.floor.thresholds import Watch
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("floor_thresholds", 5, partial(_look, parts, Watch(DayBook(lambda: parts.settings))))


JOBS = Jobs(_all)


def _look(parts: Parts, watch: Watch, now: datetime) -> None:
    watch.look(parts.storage, parts.settings, now)
