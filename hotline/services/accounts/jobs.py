"""What is done for sessions and sign-ins on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.accounts import attempts, sessions
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("sessions", 60, partial(_sessions, parts))


JOBS = Jobs(_all)


def _sessions(parts: Parts, now: datetime) -> Reason | None:
    """Whose page is open is told when their hours are over, though they ask for nothing."""
    limits = parts.settings.web
    sessions.end_expired(parts.storage, now, limits.session_hours, limits.idle_minutes)
    slowed = attempts.tell_slowed(parts.storage, now)
    return so_many("accounts.slowed_down", slowed)
