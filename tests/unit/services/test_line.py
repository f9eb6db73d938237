"""The line by a supervisor's hand: what open pages are told of it."""

from __future__ import annotations

from datetime import timedelta

from hotline.services import line
from hotline.services.topics import LINE
from hotline.storage.unit_of_work import SqlStorage
from tests.support.rows import MORNING


def test_who_looks_at_the_floor_is_told_what_another_declares(storage: SqlStorage) -> None:
    """A1"""
    until = MORNING + timedelta(hours=1)
    line.declare(storage, "closed", until, "王主管", "停电", MORNING)
    assert line.go_by_calendar(storage, "王主管", MORNING)
    assert not line.go_by_calendar(storage, "王主管", MORNING), "nothing was declared any more"
    with storage.reading() as work:
        told = [(entry.topic, dict(entry.payload)) for entry in work.outbox.after(0, 10)]
    assert told == [(LINE, {"open": False, "until": until.isoformat()}), (LINE, {"open": None, "until": None})]
