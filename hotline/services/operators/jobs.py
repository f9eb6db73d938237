"""Asterisk keeps the level with which somebody signed in: it follows the settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.errors import PbxError
from hotline.domain.reasons import Reason, because
from hotline.services.job import Job, Jobs, Parts
from hotline.services.operators.queue_levels import bring_levels
from hotline.settings import Settings


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("queue_levels", 4, QueueLevelsJob(parts).run)


JOBS = Jobs(_all)


class QueueLevelsJob:
    """Asks Asterisk after each change of the settings, and again until it has answered."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._seen: Settings | None = None

    def run(self, now: datetime) -> Reason | None:
        settings = self._parts.settings
        if settings is self._seen:
            return None
        try:
            changed = bring_levels(settings, self._parts.pbx)
        except PbxError:  # the alert on Asterisk is another job's
            return None
        self._seen = settings
        return because("operators.levels_brought", places=changed) if changed else None
