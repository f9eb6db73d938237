"""G2: whoever looks at a call that lasts sees at once that its recording is paused, and since when."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hotline.domain.calls.call import Call, Span
from hotline.services.calls.live_calls import live_call
from hotline.services.recordings import pause as recording_pause
from hotline.settings import Home, load_settings
from hotline.storage.calls.live_calls import LiveCallStore
from hotline.storage.calls.store import CallStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING, a_call

CHANNEL = {"Channel": "PJSIP/trunk-00000001", "Uniqueid": "1", "Linkedid": "1"}


class Clock:
    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def begun(storage: Storage, **changes: Any) -> RememberingPbx:
    with storage.writing() as tx:
        CallStore(tx).save([a_call("1", ended_at=None, outcome=None, hang_up=None, **changes)], MORNING)
    pbx = RememberingPbx()
    pbx.live = [CHANNEL]
    return pbx


def shown(storage: Storage) -> Call:
    with storage.reading() as tx:
        [stored] = LiveCallStore(tx).in_progress()
        assert LiveCallStore(tx).by_ids([stored.id]) == {stored.id: stored}
    return stored.call


def test_a_pause_is_shown_from_its_mark_on_and_told_to_the_screens(storage: Storage, tmp_path: Path) -> None:
    pbx, clock = begun(storage), Clock()
    recording_pause.pause(storage, pbx, "node1", "1", clock)
    assert shown(storage).pauses == (Span(MORNING + timedelta(seconds=1), None),)
    with storage.reading() as tx:
        [stored] = LiveCallStore(tx).in_progress()
        [entry] = Outbox(tx).after(0, 10)
    view = live_call(stored, load_settings(Home(tmp_path)), clock.now)
    assert view.recording_paused_since == MORNING + timedelta(seconds=1)
    assert (entry.topic, entry.payload["id"], entry.payload["linkedid"]) == ("call", stored.id, "1")


def test_a_pause_that_is_over_is_no_longer_shown_as_lasting(storage: Storage) -> None:
    pbx, clock = begun(storage), Clock()
    recording_pause.pause(storage, pbx, "node1", "1", clock)
    recording_pause.pause(storage, pbx, "node1", "1", clock)
    recording_pause.resume(storage, pbx, "node1", "1", clock)
    [span] = shown(storage).pauses
    assert span.ended_at is not None
    with storage.reading() as tx:
        assert len(Outbox(tx).after(0, 10)) == 2  # pausing what is paused tells nothing


def test_another_calls_pause_is_not_this_ones(storage: Storage) -> None:
    pbx, clock = begun(storage), Clock()
    with storage.writing() as tx:
        CallStore(tx).save([a_call("2", ended_at=None, outcome=None, hang_up=None)], MORNING)
    recording_pause.pause(storage, pbx, "node1", "1", clock)
    with storage.reading() as tx:
        assert {s.call.linkedid: bool(s.call.pauses) for s in LiveCallStore(tx).in_progress()} == {
            "1": True,
            "2": False,
        }
