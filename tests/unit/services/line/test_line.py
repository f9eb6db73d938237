"""The line by a supervisor's hand: what open pages are told of it."""

from __future__ import annotations

from datetime import timedelta

from hotline.services.line import line
from hotline.services.outbox_topics import LINE
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING


def test_who_looks_at_the_floor_is_told_what_another_declares(storage: Storage) -> None:
    """A1"""
    until = MORNING + timedelta(hours=1)
    line.declare(storage, "closed", until, "王主管", "停电", MORNING)
    assert line.go_by_calendar(storage, "王主管", MORNING)
    assert not line.go_by_calendar(storage, "王主管", MORNING), "nothing was declared any more"
    with storage.reading() as tx:
        told = [(entry.topic, dict(entry.payload)) for entry in Outbox(tx).after(0, 10)]
    assert told == [(LINE, {"open": False, "until": until.isoformat()}), (LINE, {"open": None, "until": None})]
