"""When a desk phone is taken for gone: unreachable and silent, for a while."""

from __future__ import annotations

import pytest

from hotline.asterisk.lost_phones import SILENT_FOR, LostPhones
from hotline.asterisk.presence_events import PhoneChanged
from tests.support.pbx import RememberingPbx

TALK = "PJSIP/1001-00000001"
GONE = PhoneChanged("1001", gone=True)


class Watching(LostPhones):
    """Looks when it is told to."""

    def __init__(self) -> None:
        self.now, self.pbx = 0.0, RememberingPbx()
        self.pbx.live = [{"Channel": name, "ChannelStateDesc": "Up"} for name in (TALK, "PJSIP/1002-00000002")]
        self.desk_phones = ["1001"]
        super().__init__(self.pbx, lambda: self.desk_phones, lambda: self.now)

    def _run(self) -> None:
        pass

    def after(self, seconds: float, packets: int) -> list[tuple[str, ...]]:
        """What has been done when it has looked then."""
        self.now, self.pbx.packets[TALK] = seconds, packets
        self.look()
        return self.pbx.acts


def test_a_phone_that_neither_answers_nor_sends_is_gone() -> None:
    phones = Watching()
    phones.phone(GONE)
    assert phones.after(0, 500) == [] and phones.after(SILENT_FOR - 1, 500) == []
    assert phones.after(SILENT_FOR, 500) == [("hang_up_lost", TALK)]


def test_whoever_is_hired_meanwhile_is_watched_too() -> None:
    phones = Watching()
    phones.desk_phones.clear()
    phones.phone(GONE)
    assert phones.after(0, 500) == phones.after(SILENT_FOR, 500) == []
    phones.desk_phones.append("1001")
    phones.phone(GONE)
    phones.after(SILENT_FOR, 500)
    assert phones.after(2 * SILENT_FOR, 500) == [("hang_up_lost", TALK)]


@pytest.mark.parametrize("packets", [501, 5000])
def test_a_phone_that_sends_is_there_though_it_does_not_answer(packets: int) -> None:
    phones = Watching()
    phones.phone(GONE)
    phones.after(0, 500)
    assert phones.after(SILENT_FOR, packets) == []
    assert phones.after(SILENT_FOR + 1, packets) == [] and phones.after(2 * SILENT_FOR, packets) != []


def test_a_phone_that_answers_again_is_there_though_it_is_silent() -> None:
    phones = Watching()
    phones.phone(GONE)
    phones.after(0, 500)
    phones.phone(PhoneChanged("1001", gone=False))
    assert phones.after(SILENT_FOR, 500) == []


def test_a_talk_that_began_since_is_not_judged() -> None:
    phones = Watching()
    phones.pbx.live = []
    phones.phone(GONE)
    phones.after(0, 0)
    phones.pbx.live = [{"Channel": TALK, "ChannelStateDesc": "Up"}]
    assert phones.after(SILENT_FOR, 0) == []


def test_browsers_and_an_asterisk_that_is_away_are_left_alone() -> None:
    phones = Watching()
    phones.phone(PhoneChanged("1002", gone=True))
    phones.phone(GONE)
    phones.after(0, 500)
    phones.pbx.away = "away"
    assert phones.after(SILENT_FOR, 500) == []
