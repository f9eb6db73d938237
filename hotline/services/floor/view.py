"""The floor as supervisors see it: the whole of it, the day's figures alone, the line alone."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.operators.push import Reader, operators_of
from hotline.domain.people import Actor
from hotline.services.floor.floor import DayBook, Floor, LineNow, Today, calls_now, lines_now, queues_now
from hotline.services.looks import note_look
from hotline.services.operators.presence import operator_views
from hotline.settings import Settings
from hotline.storage.transaction import Storage


def floor_shown(storage: Storage, settings: Settings, book: DayBook, actor: Actor, now: datetime) -> Floor:
    """The floor at one moment, with callers' whole numbers, so it is noted (F8): for who leads some, their part of it.
    Raises StorageError."""
    reader = Reader(actor, floor=True)
    with storage.reading() as tx:
        everybody = operator_views(tx, settings)
        calls = calls_now(tx, settings, now, True, lambda call: reader.follows(operators_of(call), now))
        lines = lines_now(tx, settings, now)
        seen = Floor(
            now=now,
            line=lines[0],
            lines=lines,
            calls=calls,
            queues=queues_now(settings, calls_now(tx, settings, now, False), everybody),
            operators=[each for each in everybody if reader.follows((each.extension,), now)],
            today=book.today(tx, now),
        )
    note_look(storage, actor, now, "floor.view", "floor", f"{len(calls)} calls")
    return seen


def today_shown(storage: Storage, book: DayBook, now: datetime) -> Today:
    """The figures of the day. Raises StorageError."""
    with storage.reading() as tx:
        return book.today(tx, now)


def line_on_floor(storage: Storage, settings: Settings, now: datetime, line: str = "") -> LineNow:
    """Open or closed, and what somebody declared; of the first line with "". Raises StorageError."""
    with storage.reading() as tx:
        lines = lines_now(tx, settings, now)
    return next((each for each in lines if each.id == line), lines[0])
