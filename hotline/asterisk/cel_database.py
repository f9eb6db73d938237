"""The CEL database: the SQLite file that Asterisk's cel_sqlite3_custom writes each channel event into.

Asterisk writes; we read, by Linkedid, with the same ChannelEvent type that comes over AMI. What was seen of
Asterisk 22: `eventtype` is the type's name, for a user event its own name (again in `userdeftype`);
`eventextra` is JSON or ""; with `eventtime(float)` the time is epoch seconds with microseconds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hotline.asterisk.translate import CEL_TYPES, extra_of
from hotline.domain.batches import batches
from hotline.domain.calls.events import CelType, ChannelEvent
from hotline.domain.errors import HotlineError

#: Below SQLite's smallest limit on the values of one statement (999).
_CHUNK = 500

_COLUMNS = (
    "eventtime, eventtype, linkedid, uniqueid, channame, cidnum, cidname, exten, context, appname, appdata, "
    "peer, eventextra, userdeftype"
)

_TABLE = """
CREATE TABLE IF NOT EXISTS cel (AcctId INTEGER PRIMARY KEY, eventtype TEXT, eventtime REAL, linkedid TEXT,
    uniqueid TEXT, cidnum TEXT, cidname TEXT, exten TEXT, context TEXT, channame TEXT, appname TEXT,
    appdata TEXT, peer TEXT, eventextra TEXT, userdeftype TEXT);
CREATE INDEX IF NOT EXISTS cel_linkedid ON cel (linkedid);
CREATE INDEX IF NOT EXISTS cel_eventtime ON cel (eventtime);
"""


class CelDatabaseError(HotlineError):
    """The CEL database is not there, cannot be read, or holds something else than was expected."""

    kind = "black_box"


def prepare(path: Path) -> None:
    """Make the file ready before Asterisk starts: the table as Asterisk would make it, indexes, and WAL,
    without which a reader makes Asterisk lose rows. Whatever is there already stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(_TABLE)


class CelDatabase:
    """Reads the CEL database; a connection an operation, so that it may be replaced or away between two of them.

    Each operation raises CelDatabaseError when the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def rows_of(self, linkedid: str) -> list[ChannelEvent]:
        """The call's events in the order they were written."""
        return self.rows_of_all([linkedid])[linkedid]

    def rows_of_all(self, linkedids: Sequence[str]) -> dict[str, list[ChannelEvent]]:
        """Each call's events in the order they were written; an empty list for one that is not known here."""
        found: dict[str, list[ChannelEvent]] = {linkedid: [] for linkedid in linkedids}
        with self._connected("ro") as connection:
            for chunk in batches(list(found), _CHUNK):
                marks = ",".join("?" * len(chunk))
                rows = connection.execute(
                    f"SELECT {_COLUMNS} FROM cel WHERE linkedid IN ({marks}) ORDER BY linkedid, rowid", chunk
                )
                for row in rows:
                    event = _event(row)
                    if event is not None:
                        found[event.linkedid].append(event)
        return found

    def linkedids_since(self, moment: datetime | None) -> list[tuple[str, datetime]]:
        """Calls with any event at or after `moment` (None: all), each with its latest event's time, by that
        time."""
        since = "0" if moment is None else _seconds(moment)
        with self._connected("ro") as connection:
            rows = connection.execute(
                "SELECT linkedid, MAX(eventtime) FROM cel WHERE eventtime >= ? AND linkedid <> '' "
                "GROUP BY linkedid ORDER BY 2",
                (since,),
            ).fetchall()
        return [(linkedid, _moment(latest)) for linkedid, latest in rows]

    def ended(self, linkedid: str) -> bool:
        """Whether the CEL database has the call's end."""
        with self._connected("ro") as connection:
            row = connection.execute(
                "SELECT 1 FROM cel WHERE linkedid = ? AND eventtype = ? LIMIT 1", (linkedid, CelType.LINKEDID_END)
            ).fetchone()
        return row is not None

    def trim(self, before: datetime) -> int:
        """Delete the calls whose latest event is older than `before`; how many rows went. Call by call in
        small transactions, since Asterisk waits for the file meanwhile."""
        limit = _seconds(before)
        with self._connected("rw") as connection:
            old = connection.execute(
                "SELECT DISTINCT linkedid FROM cel WHERE eventtime < ? "
                "EXCEPT SELECT linkedid FROM cel WHERE eventtime >= ?",
                (limit, limit),
            ).fetchall()
            removed = 0
            for chunk in batches([linkedid for (linkedid,) in old], _CHUNK):
                marks = ",".join("?" * len(chunk))
                removed += connection.execute(f"DELETE FROM cel WHERE linkedid IN ({marks})", chunk).rowcount
        return removed

    @contextmanager
    def _connected(self, mode: str) -> Iterator[sqlite3.Connection]:
        address = f"{self._path.absolute().as_uri()}?mode={mode}"
        try:
            with closing(sqlite3.connect(address, uri=True, timeout=10, isolation_level=None)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise CelDatabaseError("asterisk.cel_unusable", file=str(self._path), why=str(error)) from error


def _event(row: tuple[Any, ...]) -> ChannelEvent | None:
    """None for a CEL type that the ledger does not use. A user event's type column holds the event's own
    name."""
    at, name, linkedid, uniqueid, channel, number, caller, exten, context, app, data, peer, extra, user = row
    cel_type = CelType.USER_DEFINED if user else CEL_TYPES.get(name)
    if cel_type is None:
        return None
    return ChannelEvent(
        _moment(at),
        cel_type,
        linkedid,
        uniqueid,
        channel,
        number or "",
        caller or "",
        exten or "",
        context or "",
        app or "",
        data or "",
        peer or "",
        extra_of(extra or ""),
        user or "",
    )


def _moment(seconds: float | str) -> datetime:
    try:
        return datetime.fromtimestamp(float(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        raise CelDatabaseError("asterisk.cel_time", said=str(seconds)) from None


def _seconds(moment: datetime) -> str:
    """Text compares right with both kinds of time column: numbers (ours) and the text of Asterisk's own."""
    return f"{moment.timestamp():.6f}"
