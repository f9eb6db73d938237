"""Taking one recording in: from Asterisk's incoming folder to the store.

Every step may be the last one before a crash; taking in again then gives the same. The order that makes it so:
the stored file is complete before it has its name, the row says `ready` only after the file was read back, and
the source goes only after the row is committed (`remove_source`, called by the worker).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path, PurePath

from hotline.domain.calls.call import Span
from hotline.domain.reasons import Reason, because
from hotline.domain.recordings.recording import NOTHING_SENT, SETTLE_SECONDS, RecordingEntry, RecordingState
from recordings import gaps, measure, store
from recordings.sound import RATE, Samples, UnreadableSound, read_raw, read_wav

#: A source that is empty or not there is looked for again so often, each time after twice the seconds: in all
#: about ten minutes. Asterisk writes the end of a recording after the call's last event.
ATTEMPTS = 8
FIRST_WAIT_SECONDS = 5
NAMES = ("caller", "ours")


class Growing(Exception):
    """Asterisk is still writing the source."""


def take_in(
    entry: RecordingEntry, incoming_dir: Path, store_dir: Path, pauses: Sequence[Span], now: datetime
) -> RecordingEntry:
    """The entry after this attempt: ready, pending (again at `next_attempt_at`), missing or failed.

    The source stays where it is. Raises StoreUnavailable when nothing can be stored now.
    """
    source, target = incoming_dir / entry.source_file, store_dir / store.relative_path(entry)
    if not _plain(entry.source_file):
        return _failed(entry, because("recordings.no_plain_name", file=entry.source_file))
    try:
        samples = _sound(source, now)
        if not len(samples) and entry.kind == "voicemail" and source.stat().st_size:
            # A header and nothing after it: Asterisk was ready to write, the line sent nothing.
            return replace(entry, state=RecordingState.MISSING, next_attempt_at=None, problem=NOTHING_SENT)
        if not len(samples):
            return _not_yet(entry, because("recordings.empty"), now)
        return _ready(entry, samples, store.save(samples, store_dir, store.relative_path(entry)), pauses)
    except FileNotFoundError:
        return _without_source(entry, target, pauses, now)
    except Growing:
        return replace(entry, next_attempt_at=now + timedelta(seconds=SETTLE_SECONDS))
    except UnreadableSound as error:
        return _failed(entry, because("recordings.unreadable_source", why=error.reason, file=entry.source_file))
    except OSError as error:
        problem = because("recordings.unreadable", why=error.strerror or str(error))
        return _not_yet(entry, problem, now, RecordingState.FAILED)


def remove_source(entry: RecordingEntry, incoming_dir: Path, store_dir: Path) -> bool:
    """Remove the source of a ready entry, if the stored file still is what the row says. False when it stays.

    Raises OSError.
    """
    source, target = incoming_dir / entry.source_file, store_dir / entry.path
    if entry.state is not RecordingState.READY or not source.exists() or not target.exists():
        return False
    if target.suffix != ".wav":  # in its final form already, which need not be the same to the last bit
        return False
    sound = _read(source)
    if store.read_back(target, sound).sha256 != entry.sha256:
        return False
    source.unlink()
    return True


def _plain(name: str) -> bool:
    return bool(name) and name not in (".", "..") and PurePath(name).name == name and "\0" not in name


def _sound(source: Path, now: datetime) -> Samples:
    """Raises FileNotFoundError, Growing, Unreadable, OSError."""
    if 0 <= now.timestamp() - source.stat().st_mtime < SETTLE_SECONDS:
        raise Growing
    return _read(source)


def _read(source: Path) -> Samples:
    if source.stat().st_size == 0:
        return read_raw(source)
    return read_raw(source) if source.suffix == ".raw" else read_wav(source)


def _without_source(entry: RecordingEntry, target: Path, pauses: Sequence[Span], now: datetime) -> RecordingEntry:
    """Stored, but the source is gone: the row was lost after the intake (database restored from a backup)."""
    if not target.exists():
        return _not_yet(entry, because("recordings.none_left"), now)
    try:
        samples = read_wav(target)
        return _ready(entry, samples, store.read_back(target, samples), pauses)
    except UnreadableSound as error:
        return _failed(entry, because("recordings.unreadable_in_store", why=error.reason))


def _ready(entry: RecordingEntry, samples: Samples, stored: store.Stored, pauses: Sequence[Span]) -> RecordingEntry:
    found = _gaps(samples, entry.started_at, pauses)
    return replace(
        entry,
        state=RecordingState.READY,
        path=store.relative_path(entry),
        seconds=measure.seconds(samples),
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        measures=_measures(samples, found),
        next_attempt_at=None,
        problem=gaps.problem(found),
    )


def _gaps(samples: Samples, begin: datetime, pauses: Sequence[Span]) -> tuple[gaps.PauseGap, ...]:
    marked = gaps.marked(pauses, begin, len(samples) / RATE)
    return gaps.verify(marked, measure.digital_silence(samples)) if marked else ()


def _measures(samples: Samples, found: Sequence[gaps.PauseGap]) -> dict[str, object]:
    """As JSON keeps it: `channels` by name, `gaps` in seconds from the begin."""
    sides = measure.channels(samples)
    names = NAMES if len(sides) == len(NAMES) else NAMES[:1]
    return {
        "channels": {name: asdict(side) for name, side in zip(names, sides, strict=True)},
        "gaps": [asdict(gap) for gap in found],
    }


def _not_yet(
    entry: RecordingEntry, problem: Reason, now: datetime, in_the_end: RecordingState = RecordingState.MISSING
) -> RecordingEntry:
    attempts = entry.attempts + 1
    if attempts >= ATTEMPTS:
        return replace(entry, state=in_the_end, attempts=attempts, next_attempt_at=None, problem=problem)
    wait = timedelta(seconds=FIRST_WAIT_SECONDS * 2 ** (attempts - 1))
    return replace(entry, attempts=attempts, next_attempt_at=now + wait, problem=problem)


def _failed(entry: RecordingEntry, problem: Reason) -> RecordingEntry:
    return replace(
        entry, state=RecordingState.FAILED, attempts=entry.attempts + 1, next_attempt_at=None, problem=problem
    )
