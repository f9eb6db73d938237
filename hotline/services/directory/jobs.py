"""What is done for the directory on time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial

from hotline.domain.errors import PbxError
from hotline.domain.reasons import Reason, so_many
from hotline.services.directory.astdb import DirectoryInAstdb
from hotline.services.job import Job, Jobs, Parts


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("directory", 10, partial(_directory, DirectoryInAstdb(parts.storage, parts.pbx)))


JOBS = Jobs(_all)


def _directory(astdb: DirectoryInAstdb, now: datetime) -> Reason | None:
    """A6. That Asterisk is away is told by the job that publishes the line's state."""
    with suppress(PbxError):
        written = astdb.write(now)
        return so_many("directory.told_asterisk", written)
    return None
