"""What is done for recordings on time: room for them, transcripts of the old ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.alerts import disk_detail
from hotline.services.job import Job, Jobs, Parts, keep_alert
from hotline.services.recordings.alert_kinds import DISK_SPACE
from hotline.services.recordings.transcription import OldRecordings


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("disk", 60, partial(_disk, parts))
    yield Job("old_recordings", 60, partial(_old_recordings, OldRecordings(parts.storage, parts.in_force)))


JOBS = Jobs(_all)


def _disk(parts: Parts, now: datetime) -> None:
    free = shutil.disk_usage(parts.home.recordings).free
    wanted = parts.settings.recording.min_free_megabytes
    keep_alert(parts, DISK_SPACE, parts.settings.site.node, disk_detail(free, wanted), now)


def _old_recordings(old: OldRecordings, now: datetime) -> Reason | None:
    wanted = old.ask(now)
    return so_many("recordings.old_wanted", wanted)
