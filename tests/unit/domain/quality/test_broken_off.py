"""A9: which talks broke off, by what was said."""

from __future__ import annotations

import pytest

from hotline.domain.quality.broken_off import ended_without_goodbye
from tests.support.speech import a_talk, say

GOODBYES = "再见|谢谢"
#: Where the talk ends.
END = 65.0
CUT_OFF = say("我 帮 您", 63.5)


def broke_off(**fields: object) -> bool:
    said: dict[str, object] = {"caller_words": (), "our_words": CUT_OFF, **fields}
    talk = a_talk(60.0, 5.0, **said)
    return ended_without_goodbye([talk], 1.0, GOODBYES)


def test_a9_whoever_is_cut_off_in_mid_sentence_said_no_goodbye() -> None:
    assert broke_off() and broke_off(caller_words=CUT_OFF, our_words=())


@pytest.mark.parametrize(
    "fields",
    [
        {"our_words": say("我 帮 您", 60.0)},
        {"caller_words": say("谢谢", 50.0)},
        {"we_hung_up": True},
        {"we_hung_up": None},
        {"last": False},
        {"hung_up_at": None},
        {"caller_words": None},
        {"our_words": None},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a9_a_talk_that_came_to_its_end_did_not(fields: dict[str, object]) -> None:
    assert not broke_off(**fields)


def test_a9_a_goodbye_of_long_before_is_none() -> None:
    assert broke_off(caller_words=say("谢谢", 20.0))


def test_a9_the_last_talk_of_a_call_decides() -> None:
    cut_off = a_talk(caller_words=(), our_words=CUT_OFF)
    ended = a_talk(caller_words=say("再见", 64.0), our_words=CUT_OFF)
    assert ended_without_goodbye([ended, cut_off], 1.0, GOODBYES)
    assert not ended_without_goodbye([cut_off, ended], 1.0, GOODBYES)
    assert not ended_without_goodbye([], 1.0, GOODBYES)
