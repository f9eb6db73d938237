"""What is done for the line on time: Asterisk is told of it, it is tested, its plans are watched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.calendar import local_day
from hotline.domain.reasons import Reason, because
from hotline.services.alerts import set_alert
from hotline.services.calendar import work_calendar
from hotline.services.for_asterisk import for_asterisk, let_in_no_more_now
from hotline.services.job import Job, Jobs, Parts, keep_alert
from hotline.services.line import line_test
from hotline.services.line.alert_kinds import CALENDAR, CALLBACK_TRUNK, CHANNELS_FULL, PBX_BY_HAND, ROSTER_GAP, TRUNK
from hotline.services.line.astdb import LinesInAstdb
from hotline.services.line.channels import ChannelWatch
from hotline.services.line.roster import unwatched
from hotline.services.line.roster_gaps import gap_detail
from hotline.services.line.trunks import TrunkWatch
from hotline.services.pbx_files import COMMANDS, FILES, apply
from hotline.settings import Settings

#: With the seconds after which a process goes by changed settings, a change reaches Asterisk within ten.
_PUBLISH_SECONDS = 4


def _all(parts: Parts) -> Iterator[Job]:
    astdb = LinesInAstdb(parts.storage, parts.pbx, parts.in_force)
    yield Job("pbx_files", _PUBLISH_SECONDS, PbxFilesJob(parts).run)
    yield Job("publish", _PUBLISH_SECONDS, partial(_lines_to_astdb, astdb))
    yield Job("trunks", 30, partial(_trunks, parts, TrunkWatch()))
    yield Job("channels", 15, partial(_channels, parts, ChannelWatch()))
    yield Job("line_test", 10, partial(_line_test, parts))
    yield Job("roster_gaps", 300, partial(_roster_gaps, parts))
    yield Job("calendar", 300, partial(_calendar, parts))


JOBS = Jobs(_all)


class PbxFilesJob:
    """Asterisk follows what is in force and who is let in: what was decided elsewhere, and what it could not be told
    when it was."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._seen: tuple[Settings, frozenset[str]] | None = None

    def run(self, now: datetime) -> Reason | None:
        parts = self._parts
        settings, gone = parts.settings, let_in_no_more_now(parts.in_force)
        as_seen = self._seen is not None and settings is self._seen[0] and gone == self._seen[1]
        if as_seen and not parts.pbx_files.unread():
            return None
        applied = apply(parts.pbx_files, parts.pbx, partial(for_asterisk, parts.in_force))
        if applied.waits is None:
            self._seen = settings, gone
        if applied.by_hand and applied.parts:
            self._tell_people(applied.folder, now)
            return None
        if not applied.parts or applied.waits:
            return None
        return because("line.asterisk_read", files=[FILES[part] for part in sorted(applied.parts)])

    def _tell_people(self, folder: str, now: datetime) -> None:
        """Of each part that the site's own Asterisk has to read, until somebody says that it has."""
        files = self._parts.pbx_files
        with files.locked(), self._parts.storage.writing() as tx:
            for part in sorted(files.unread()):
                told = because("asterisk.copy_files", files=FILES[part], folder=folder, command=COMMANDS[part])
                set_alert(tx, PBX_BY_HAND, part, told, now)
            files.taken()


def _lines_to_astdb(astdb: LinesInAstdb, now: datetime) -> None:
    astdb.write(now)


def _trunks(parts: Parts, watch: TrunkWatch, now: datetime) -> None:
    found = watch.look(parts.settings, parts.pbx)
    for kind in (TRUNK, CALLBACK_TRUNK):
        keep_alert(parts, kind, "", found[str(kind)], now)


def _channels(parts: Parts, watch: ChannelWatch, now: datetime) -> None:
    keep_alert(parts, CHANNELS_FULL, "", watch.look(parts.storage, parts.settings, now), now)


def _line_test(parts: Parts, now: datetime) -> Reason | None:
    begun = line_test.watch(parts.storage, parts.pbx, parts.settings, parts.started_at, now)
    return because("line.tests_begun", lines=[test.line for test in begun]) if begun else None


def _roster_gaps(parts: Parts, now: datetime) -> None:
    """A16. Numbers that are always on duty leave no gap."""
    gaps = unwatched(parts.storage, parts.settings, now)
    keep_alert(parts, ROSTER_GAP, "", gap_detail(gaps, tuple(parts.settings.lines)), now)


def _calendar(parts: Parts, now: datetime) -> None:
    warning = work_calendar(parts.settings).coverage_warning(local_day(now), parts.settings.calendar.warn_days)
    keep_alert(parts, CALENDAR, "", warning, now)
