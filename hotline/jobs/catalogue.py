"""Every job: what it does and how often."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from hotline.domain.calendar import Interval, local_day
from hotline.domain.errors import PbxError
from hotline.domain.reasons import Reason, because
from hotline.domain.retention.reconciliation import StoreCheck
from hotline.domain.time import minute_text
from hotline.jobs.asterisk_log import keep_within_bounds
from hotline.jobs.job import Job
from hotline.jobs.notices import AppriseNotices
from hotline.services.accounts import attempts, sessions
from hotline.services.alerts import AlertKind, disk_detail, set_alert
from hotline.services.calendar import work_calendar
from hotline.services.directory.astdb import DirectoryInAstdb
from hotline.services.examination import corrective_actions, samples
from hotline.services.forms import overdue as record_watch
from hotline.services.line import line_test
from hotline.services.line.astdb import LineInAstdb
from hotline.services.line.roster import always_on_duty, find_gaps
from hotline.services.pbx import Pbx
from hotline.services.recordings.files import RecordingFiles
from hotline.services.recordings.transcription import OldRecordings
from hotline.services.retention import expiry, privacy, reconciliation
from hotline.settings import Home, Settings
from hotline.storage.calls.checkpoints import CheckpointStore
from hotline.storage.leases import LeaseStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage

#: Browsers that were away for longer read the page anew.
OUTBOX_KEPT = timedelta(days=1)
CLAIMS_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Parts:
    """What the jobs work with. `trim_cel_database` deletes what Asterisk's CEL database holds from before a moment and
    says how many rows; None where that database is not ours. `started_at`: when this process began. `files`: gives the
    recordings' store. `reconcile`: compares it with the ledger."""

    settings: Settings
    home: Home
    storage: Storage
    pbx: Pbx
    trim_cel_database: Callable[[datetime], int] | None
    started_at: datetime
    files: Callable[[], RecordingFiles]
    reconcile: Callable[[], StoreCheck] | None = None


def catalogue(parts: Parts) -> tuple[Job, ...]:
    """All jobs of this site."""
    jobs = [
        Job("publish", 30, partial(_line_to_astdb, LineInAstdb(parts.storage, parts.pbx, parts.settings))),
        Job("line_test", 10, partial(_line_test, parts)),
        Job("roster_gaps", 300, partial(_roster_gaps, parts)),
        Job("calendar", 300, partial(_calendar, parts)),
        Job("disk", 60, partial(_disk, parts)),
        Job("records", 60, partial(_records, parts)),
        Job("duty_links", 60, partial(_duty_links, parts)),
        Job("trim", 3600, partial(_trim, parts)),
        Job("directory", 30, partial(_directory, DirectoryInAstdb(parts.storage, parts.pbx))),
        Job("sessions", 60, partial(_sessions, parts)),
        Job("examinations", 600, partial(_examinations, parts)),
        Job("retention", 3600, partial(_retention, parts)),
        Job("old_recordings", 60, partial(_old_recordings, OldRecordings(parts.storage, parts.settings))),
        Job("privacy", 300, partial(_privacy, parts)),
    ]
    if parts.settings.asterisk.private:
        jobs.append(Job("asterisk_log", 10, partial(_asterisk_log, parts)))
    if parts.reconcile:
        jobs.append(Job("reconciliation", 1800, partial(_reconciliation, parts, parts.reconcile)))
    if parts.trim_cel_database:
        jobs.append(Job("black_box", 3600, partial(_trim_cel_database, parts, parts.trim_cel_database)))
    return tuple(jobs)


def _line_to_astdb(astdb: LineInAstdb, now: datetime) -> str:
    astdb.write(now)
    return ""


def _directory(astdb: DirectoryInAstdb, now: datetime) -> str:
    """A6. That Asterisk is away is told by the job that publishes the line's state."""
    with suppress(PbxError):
        written = astdb.write(now)
        return f"{written} numbers of the directory told to Asterisk" if written else ""
    return ""


def _line_test(parts: Parts, now: datetime) -> str:
    begun = line_test.watch(parts.storage, parts.pbx, parts.settings, parts.started_at, now)
    return f"test call on {', '.join(test.line for test in begun)}" if begun else ""


def _roster_gaps(parts: Parts, now: datetime) -> str:
    """A16. Numbers that are always on duty leave no gap."""
    until = now + timedelta(days=parts.settings.duty.gap_warn_days)
    covered = bool(always_on_duty(parts.settings))
    gaps = [] if covered else find_gaps(parts.storage, parts.settings, now, until)
    _keep(parts, AlertKind.ROSTER_GAP, "", gap_detail(gaps), now)
    return ""


def gap_detail(gaps: list[Interval]) -> Reason | None:
    """The next gaps; None for none."""
    if not gaps:
        return None
    spans = tuple(f"{minute_text(gap.starts_at)} – {minute_text(gap.ends_at)}" for gap in gaps[:3])
    return because("line.roster_gaps", spans=spans, count=len(gaps))


def _calendar(parts: Parts, now: datetime) -> str:
    warning = work_calendar(parts.settings).coverage_warning(local_day(now), parts.settings.calendar.warn_days)
    _keep(parts, AlertKind.CALENDAR, "", warning, now)
    return ""


def _disk(parts: Parts, now: datetime) -> str:
    free = shutil.disk_usage(parts.home.recordings).free
    wanted = parts.settings.recording.min_free_megabytes
    _keep(parts, AlertKind.DISK_SPACE, parts.settings.site.node, disk_detail(free, wanted), now)
    return ""


def _asterisk_log(parts: Parts, now: datetime) -> str:
    return keep_within_bounds(parts.home.asterisk / "log" / "messages", parts.pbx.rotate_log)


def _records(parts: Parts, now: datetime) -> str:
    record_watch.watch(parts.storage, now)
    return ""


def _duty_links(parts: Parts, now: datetime) -> str:
    notices = AppriseNotices(parts.settings.notices.urls)
    sent = record_watch.send_duty_links(parts.storage, parts.settings, notices, now)
    return f"{sent} links to records sent" if sent else ""


def _trim(parts: Parts, now: datetime) -> str:
    with parts.storage.writing() as tx:
        pushed = Outbox(tx).trim(now - OUTBOX_KEPT)
        LeaseStore(tx).forget_claims(now - CLAIMS_KEPT)
        sessions.forget_ended(tx, now)
    return f"{pushed} outbox entries removed" if pushed else ""


def _sessions(parts: Parts, now: datetime) -> str:
    """Whose page is open is told when their hours are over, though they ask for nothing."""
    limits = parts.settings.web
    sessions.end_expired(parts.storage, now, limits.session_hours, limits.idle_minutes)
    slowed = attempts.tell_slowed(parts.storage, now)
    return f"guesses were slowed down from {slowed} addresses" if slowed else ""


def _examinations(parts: Parts, now: datetime) -> str:
    """E6: the week before is drawn once; orders that are overdue are told of."""
    corrective_actions.watch_orders(parts.storage, now)
    done = samples.draw_last_week(parts.storage, parts.settings, now)
    return f"{len(done.draw.drawn)} calls of {done.draw.period} drawn for examination" if done else ""


def _old_recordings(old: OldRecordings, now: datetime) -> str:
    wanted = old.ask(now)
    return f"{wanted} transcripts of old recordings wanted" if wanted else ""


def _retention(parts: Parts, now: datetime) -> str:
    """E2: what may go is listed first. It goes by hand; or, if so set, at night what was listed the night before."""
    terms = parts.settings.retention.terms
    listed = expiry.make_list(parts.storage, terms, now)
    expiry.finish(parts.storage, parts.files(), now)
    done = expiry.Expired()
    if parts.settings.retention.delete == "nightly":
        done = expiry.nightly(parts.storage, parts.files(), terms, now)
    told = f"{len(listed)} recordings may go" if listed else ""
    return f"{told}; {done.deleted} deleted" if done.deleted else told


def _reconciliation(parts: Parts, reconcile: Callable[[], StoreCheck], now: datetime) -> str:
    """E2, E4: once a day."""
    settings = parts.settings
    if not reconciliation.is_due(parts.storage, settings.site.node, settings.reconciliation, now):
        return ""
    check = reconcile()
    reconciliation.keep(parts.storage, check, settings.reconciliation)
    return f"{check.entries} recordings compared, {check.read} read, {check.differences} differences"


def _privacy(parts: Parts, now: datetime) -> str:
    """G3: requests of persons that should have been answered are told of."""
    privacy.watch(parts.storage, now)
    return ""


def _trim_cel_database(parts: Parts, trim: Callable[[datetime], int], now: datetime) -> str:
    """What does not yet stand in the ledger stays, however old."""
    with parts.storage.reading() as tx:
        checkpoint = CheckpointStore(tx).get(parts.settings.site.node)
    if checkpoint is None:
        return ""
    rows = trim(min(checkpoint, now - timedelta(days=parts.settings.retention.black_box_days)))
    return f"{rows} rows removed from the CEL database" if rows else ""


def _keep(parts: Parts, kind: AlertKind, object: str, reason: Reason | None, now: datetime) -> None:
    with parts.storage.writing() as tx:
        set_alert(tx, kind, object, reason, now)
