"""Rotates Asterisk's own log: each refused SIP request writes a line, and strangers send many.

Asterisk rotates when it is asked (config/asterisk/logger.conf.j2; messages.0 is then the newest put aside), and never
removes anything. It appends, so that a file may be cut while it writes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from hotline.domain.errors import PbxError
from hotline.domain.reasons import Reason, because, several, so_many

#: Bytes. Beyond it the log is put aside.
LOG_BYTES = 10_000_000

#: So many that were put aside are kept, and no more bytes than these in all: an older log may be huge.
LOG_FILES = 5
KEPT_BYTES = 2 * LOG_FILES * LOG_BYTES

#: Bytes. Beyond it the log is cut, since Asterisk does not rotate it.
CUT_BYTES = 5 * LOG_BYTES


def keep_within_bounds(log: Path, rotate: Callable[[], None]) -> Reason | None:
    """What was done; None for nothing. `rotate` raises PbxError when Asterisk is away: then the log is cut once it is
    far too long, which needs neither Asterisk nor room on the disk."""
    done = _shorten(log, rotate)
    return several(done, so_many("asterisk.old_logs_removed", _remove_oldest(log)))


def _shorten(log: Path, rotate: Callable[[], None]) -> Reason | None:
    size = _size(log)
    if size <= LOG_BYTES:
        return None
    try:
        rotate()
    except PbxError:
        if size <= CUT_BYTES:
            return None
        os.truncate(log, 0)
        return because("asterisk.log_cut", bytes=size)
    return because("asterisk.log_rotated", bytes=size)


def _remove_oldest(log: Path) -> int:
    removed = total = 0
    for place, file in enumerate(_put_aside(log)):
        total += _size(file)
        if place >= LOG_FILES or total > KEPT_BYTES:
            file.unlink(missing_ok=True)
            removed += 1
    return removed


def _put_aside(log: Path) -> list[Path]:
    """Newest first."""
    numbered = {int(file.suffix[1:]): file for file in log.parent.glob(f"{log.name}.*") if file.suffix[1:].isdecimal()}
    return [numbered[number] for number in sorted(numbered)]


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
