"""A real database in a file, and rows to put into it."""

from __future__ import annotations

import functools
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hotline.domain.calls.call import Call, Caller, Direction, HangUp, Outcome, Party, PartyKind, Span
from hotline.domain.numbers import Number
from hotline.domain.recordings.recording import RecordingEntry
from hotline.storage.engine import make_engine
from hotline.storage.schema import metadata
from hotline.storage.transaction import Storage

#: A Wednesday, 10:00 in Shanghai: working time.
MORNING = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)


def a_storage(folder: Path) -> Storage:
    """On the database of that folder, which is made if it is not there."""
    file = folder / "test.db"
    if not file.exists():
        file.write_bytes(_empty_database())
    return Storage(make_engine(f"sqlite:///{file}"))


@functools.cache
def _empty_database() -> bytes:
    """With every table, made once a process."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        engine = make_engine(f"sqlite:///{file}")
        metadata.create_all(engine)
        engine.dispose()
        return file.read_bytes()


def a_call(linkedid: str, started_at: datetime = MORNING, seconds: float = 60, **changes: Any) -> Call:
    """An inbound call of line `main` that an operator answered, unless changed."""
    operator = Party(PartyKind.OPERATOR, "1001", "赵敏")
    end = started_at + timedelta(seconds=seconds)
    call = Call(
        node="node1",
        linkedid=linkedid,
        direction=Direction.INBOUND,
        line="main",
        dialled="4001234567",
        caller=Caller(Number("+8613800138000"), "13800138000"),
        started_at=started_at,
        answered_at=started_at,
        ended_at=end,
        outcome=Outcome.ANSWERED,
        answered_by=operator,
        talk_started_at=started_at,
        wait_seconds=0.0,
        ring_seconds=0.0,
        talk_seconds=seconds,
        hold_seconds=0.0,
        menu=(),
        routes=(),
        queues=(),
        rings=(),
        talks=(),
        holds=(),
        pauses=(),
        transfers=(),
        recordings=(),
        hang_up=HangUp(Party(PartyKind.CALLER), end, 16),
    )
    return replace(call, **changes)


def a_recording(linkedid: str, started_at: datetime = MORNING, kind: str = "talk") -> RecordingEntry:
    name = f"{linkedid}.raw" if kind == "talk" else f"{linkedid}-{kind}.wav"
    return RecordingEntry("node1", linkedid, kind, name, started_at)


def a_pause(begin: datetime, start: float, end: float | None) -> Span:
    """A pause from–to seconds after `begin`."""
    ended_at = None if end is None else begin + timedelta(seconds=end)
    return Span(begin + timedelta(seconds=start), ended_at)
