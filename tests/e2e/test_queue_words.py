"""What callers hear in the queue while phones ring for them, in the proportions of the shipped settings: the offer to
be called back each 60 s, 20 s of ringing; here a fifth of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline.services.ports import CallFilter, StoredCall
from tests.support.rig import SETTINGS, Rig, wait_until
from tests.support.tones import seconds_of_tone

pytestmark = pytest.mark.e2e

SHIPPED = {"ring_seconds = 20": "ring_seconds = 4", "callback_offer_seconds = 5": "callback_offer_seconds = 12",
           "announce_seconds = 5": "announce_seconds = 6"}
OFFER_PITCH = 2240


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    text = rig.home.settings_file.read_text("utf-8")
    for as_in_the_rig, scaled in SHIPPED.items():
        assert as_in_the_rig in SETTINGS
        text = text.replace(as_in_the_rig, scaled)
    rig.home.settings_file.write_text(text, "utf-8")
    rig.prepare()
    try:
        rig.start()
        rig.set_clock(datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
        yield rig
    finally:
        rig.stop()


def test_the_offer_is_heard_though_phones_ring_all_the_time(rig: Rig) -> None:
    """A7: nobody answers; 4½ times the ringing, 1½ times the offer."""
    begun = datetime.now(UTC)
    rig.sign_in(["1001"])
    rig.phone("1001", {"": ["ring 30 or cancel"]}, rig.base + 81)
    caller = rig.caller(["call", "wait 0.4", "press 1", "tone 440 40", "wait 24", "hang up"], "13900000401")
    assert caller.wait(40) == 0, caller.errors

    def kept() -> StoredCall | None:
        with rig.hotline.storage.reading() as work:
            stored = work.calls.search(CallFilter(since=begun), limit=1).calls
        return stored[0] if stored and stored[0].recordings and stored[0].recordings[0].kept_at else None

    stored = wait_until(kept, "the recording")
    assert isinstance(stored, StoredCall)
    assert len(stored.call.rings) >= 3, stored.call.rings
    assert seconds_of_tone(rig.home.recordings / stored.recordings[0].path, 1, OFFER_PITCH) >= 1.0
