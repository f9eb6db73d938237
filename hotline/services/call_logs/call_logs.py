"""F8: an administrator reads what the processes' logs and Asterisk's say of one call. No sound, no text of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from hotline.domain.call_logs.lines import LogLine, in_order, of_call
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import read_call, require_right
from hotline.services.looks import note_look
from hotline.settings import Home
from hotline.storage.transaction import Storage

#: So many lines are shown, the first of them.
MOST = 2000
#: Lines of a call may be written so long before a file was changed last.
_EARLIER = timedelta(minutes=1)


def lines_of_call(
    storage: Storage, home: Home, call_id: int, actor: Actor, now: datetime
) -> tuple[StoredCall, list[LogLine]]:
    """In the order of time. Raises Forbidden, NotFound."""
    require_right(Act.READ_LOGS, actor)
    with storage.reading() as tx:
        stored = read_call(tx, call_id)
    found = in_order(_lines(home, stored))[:MOST]
    note_look(storage, actor, now, "call.logs", f"call:{call_id}")
    return stored, found


def _lines(home: Home, stored: StoredCall) -> Iterator[LogLine]:
    ids = {stored.call.linkedid}
    since = (stored.call.started_at - _EARLIER).timestamp()
    for file in _files(home):
        try:
            if file.stat().st_mtime < since:
                continue
            with file.open(encoding="utf-8", errors="replace") as opened:
                yield from of_call(opened, _process(home, file), ids)
        except OSError:  # put aside or removed just now
            continue


def _files(home: Home) -> Iterator[Path]:
    """The processes' own, and Asterisk's, with those that were put aside."""
    for folder, pattern in ((home.log, "*.log*"), (home.asterisk / "log", "messages*")):
        if folder.is_dir():
            yield from (file for file in sorted(folder.glob(pattern)) if file.is_file() and not file.is_symlink())


def _process(home: Home, file: Path) -> str:
    return "asterisk" if file.parent != home.log else file.name.split(".", maxsplit=1)[0]
