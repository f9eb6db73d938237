"""G2: the mark of a pause is never shorter than the gap, whatever fails on the way."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.calls.events import Fact, FactKind
from hotline.domain.errors import NotFound, PbxError
from hotline.services.recordings import pause as recording_pause
from hotline.storage.calls.facts import FactStore
from hotline.storage.transaction import Storage
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING, a_storage

CALL = "node1-1773194400.7"
CALLER = "PJSIP/trunk-00000001"


class Live:
    """One call: the caller's channel and the operator's."""

    def __init__(self, folder: Path) -> None:
        self.storage: Storage = a_storage(folder)
        self.pbx = RememberingPbx()
        self.pbx.live = [
            {"Channel": "PJSIP/1001-00000002", "Uniqueid": "node1-1773194401.8", "Linkedid": CALL},
            {"Channel": CALLER, "Uniqueid": CALL, "Linkedid": CALL},
            {"Channel": "PJSIP/trunk-00000009", "Uniqueid": "node1-1.1", "Linkedid": "node1-1.1"},
        ]
        self.now = MORNING

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def pause(self) -> None:
        recording_pause.pause(self.storage, self.pbx, "node1", CALL, self.clock)

    def resume(self) -> None:
        recording_pause.resume(self.storage, self.pbx, "node1", CALL, self.clock)

    def marks(self) -> list[tuple[FactKind, float]]:
        with self.storage.reading() as tx:
            facts: list[Fact] = FactStore(tx).of("node1", [CALL]).get(CALL, [])
        return [(f.kind, (f.at - MORNING).total_seconds()) for f in sorted(facts, key=lambda f: f.at)]


@pytest.fixture
def live(tmp_path: Path) -> Live:
    return Live(tmp_path)


def test_a_pause_mutes_the_callers_channel_between_two_marks(live: Live) -> None:
    live.pause()
    assert recording_pause.is_paused(live.storage, "node1", CALL)
    live.resume()
    assert not recording_pause.is_paused(live.storage, "node1", CALL)
    assert live.pbx.pauses == [(CALLER, True), (CALLER, False)]
    assert live.marks() == [(FactKind.RECORDING_PAUSED, 1), (FactKind.RECORDING_RESUMED, 2)]


def test_a_pause_that_asterisk_did_not_confirm_stays_marked(live: Live) -> None:
    """It may have been carried out all the same."""
    live.pbx.away = "no answer in time"
    with pytest.raises(PbxError):
        live.pause()
    assert [kind for kind, _ in live.marks()] == [FactKind.RECORDING_PAUSED]


def test_a_resume_that_asterisk_did_not_confirm_leaves_the_pause_marked(live: Live) -> None:
    live.pause()
    live.pbx.away = "no answer in time"
    with pytest.raises(PbxError):
        live.resume()
    assert recording_pause.is_paused(live.storage, "node1", CALL)


def test_pausing_twice_keeps_the_first_mark_and_mutes_again(live: Live) -> None:
    live.pause()
    live.pause()
    assert live.marks() == [(FactKind.RECORDING_PAUSED, 1)]
    assert live.pbx.pauses == [(CALLER, True)] * 2
    live.resume()
    live.resume()
    assert len(live.marks()) == 2


def test_a_call_that_is_not_there_is_said_and_not_marked(live: Live) -> None:
    live.pbx.live = live.pbx.live[2:]
    for act in (live.pause, live.resume):
        with pytest.raises(NotFound, match=f"^calls.not_in_progress id={CALL}$"):
            act()
    assert live.marks() == []
