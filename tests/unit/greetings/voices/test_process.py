"""The process that speaks: what it says comes back, and whatever becomes of it, the caller is told and goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from greetings.errors import PromptError
from greetings.voices import process
from greetings.voices.process import GIVE_UP_AFTER, Speaking
from tests.support.voices import speaking


@pytest.fixture
def speaker(tmp_path: Path) -> Iterator[Speaking]:
    made = speaking(tmp_path)
    yield made
    made.end()


def refused(speaker: Speaking, text: str) -> PromptError:
    with pytest.raises(PromptError) as told:
        speaker.speak(text, "zf_xiaoxiao", 1.0)
    return told.value


def test_a_sound_comes_back_as_it_was_spoken(speaker: Speaking) -> None:
    samples, rate = speaker.speak("您好", "zf_xiaoxiao", 1.0)
    assert rate == 24000 and len(samples) == 12000 and abs(samples).max() == 12000


def test_after_a_crash_the_next_text_is_spoken(speaker: Speaking) -> None:
    assert refused(speaker, "crash").reason.values["why"] == "model is broken"
    assert refused(speaker, "bad").reason.values["why"] == "ValueError: nothing to be spoken"
    assert len(speaker.speak("您好", "zf_xiaoxiao", 1.0)[0]) == 12000


def test_one_that_went_since_nobody_asked_is_begun_anew(speaker: Speaking) -> None:
    """It gives its memory back after a while; whoever comes then notices nothing."""
    for _ in range(3):
        assert len(speaker.speak("leave", "zf_xiaoxiao", 1.0)[0]) == 12000


def test_nobody_waits_for_one_that_hangs(tmp_path: Path) -> None:
    slow = speaking(tmp_path, timeout=0.5)
    assert refused(slow, "hang").code == "prompts.voice_failed"
    slow.end()


def test_what_fails_again_and_again_is_left_alone_for_a_while(
    speaker: Speaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(process, "monotonic", lambda: clock[0])
    for _ in range(GIVE_UP_AFTER):
        assert refused(speaker, "bad").code == "prompts.voice_failed"
    assert refused(speaker, "您好").code == "prompts.voice_given_up"
    clock[0] += process.GIVEN_UP_SECONDS
    assert len(speaker.speak("您好", "zf_xiaoxiao", 1.0)[0]) == 12000


def test_a_program_that_cannot_begin_is_told(tmp_path: Path) -> None:
    broken = Speaking(tmp_path, tmp_path / "none.py")
    assert "none.py" in str(refused(broken, "您好").reason.values["why"])
    broken.end()
