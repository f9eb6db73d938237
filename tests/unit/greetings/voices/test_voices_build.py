"""Prompts by the voice in use: made anew when it changes, spoken by espeak-ng where it fails, and nobody waits."""

from __future__ import annotations

from pathlib import Path

import pytest

import greetings
from greetings import audio, speech
from greetings.build import read_index
from greetings.chosen import Chosen, ChosenSound
from greetings.voices.catalogue import VOICES, natural_voice, spoken_by, voices
from greetings.voices.kokoro import Kokoro
from hotline.domain.reasons import Reason
from hotline.settings import Home, Settings, load_settings
from tests.support.voices import a_package, speak_by_the_program

GOODBYE = "sounds/zh/hotline/goodbye.wav"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setattr(speech, "speak", lambda text, language, keep_ms=60: audio.tones([(440, 300)]))
    speak_by_the_program(monkeypatch)
    made = Home(tmp_path)
    made.create()
    return made


def by(home: Home, voice: str) -> Settings:
    return load_settings(home, {"HOTLINE_SPOKEN__VOICE": voice})


def test_a_change_of_voice_makes_what_it_speaks_anew_and_nothing_else(home: Home) -> None:
    greetings.build(by(home, "espeak-ng"), home)
    a_package(home)
    made = greetings.build(by(home, "kokoro-xiaoxiao"), home).made
    assert GOODBYE in made and not any(name.startswith(("sounds/en", "moh/")) for name in made)
    assert {read_index(home)[name].source for name in made if "beep" not in name} <= {"voice", "synthesis"}
    assert greetings.build(by(home, "kokoro-xiaoxiao"), home).made == ()
    assert GOODBYE in greetings.build(by(home, "kokoro-yunxi"), home).made
    assert GOODBYE in greetings.build(by(home, "espeak-ng"), home).made


def test_a_sites_recording_is_nobodys_voice(home: Home) -> None:
    a_package(home)
    (home.site_greetings / "zh").mkdir()
    (home.site_greetings / "zh" / "goodbye.wav").write_bytes(audio.to_wav(audio.tones([(600, 500)])))
    greetings.build(by(home, "espeak-ng"), home)
    assert GOODBYE not in greetings.build(by(home, "kokoro-xiaoxiao"), home).made


def test_what_the_voice_does_not_speak_espeak_speaks_and_it_is_tried_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_package(home)
    (home.site_greetings / "manifest.toml").write_text('[prompts.goodbye]\nzh = "bad"\n', "utf-8")
    settings = by(home, "kokoro-xiaoxiao")
    greetings.build(settings, home)
    failed = {name: each.failed for name, each in read_index(home).items() if each.failed}
    assert list(failed) == [GOODBYE]
    assert Reason.from_json(failed[GOODBYE] or {}).code == "prompts.voice_failed"
    assert audio.is_ready(home.asterisk / "data" / GOODBYE)
    assert greetings.build(settings, home).made == (GOODBYE,)


def test_voices_that_are_not_installed_leave_espeak_to_speak(home: Home) -> None:
    settings = by(home, "kokoro-xiaoxiao")
    greetings.build(settings, home)
    assert greetings.missing(settings, home) == []
    found = read_index(home)[GOODBYE].failed
    assert found and found["code"] == "prompts.voice_not_installed"
    a_package(home)
    assert GOODBYE in greetings.build(settings, home).made
    assert not any(each.failed for each in read_index(home).values())


def test_what_was_chosen_comes_before_a_hundred_prompts_of_a_new_voice(home: Home) -> None:
    """An emergency is heard within ten seconds, whatever a voice is at."""
    a_package(home)
    sound = audio.to_wav(audio.tones([(700, 300)]))
    chosen = Chosen(others={"hotline/emergency-1": ChosenSound("ab", "停电", lambda: sound)})
    settings = by(home, "kokoro-xiaoxiao")
    report = greetings.build(settings, home, chosen=chosen, most_seconds=0.0)
    assert report.made == ("sounds/zh/hotline/emergency-1.wav",) and report.left > 100
    rest = greetings.build(settings, home, chosen=chosen)
    assert rest.left == 0 and len(rest.made) == report.left


def test_who_speaks_a_language(home: Home) -> None:
    kokoro = by(home, "kokoro-yunxi")
    assert isinstance(natural_voice(kokoro, home, "zh"), Kokoro) and natural_voice(kokoro, home, "en") is None
    assert (spoken_by(kokoro, "zh"), spoken_by(kokoro, "en")) == ("kokoro-yunxi", "espeak-ng")
    unknown = by(home, "nobody")
    assert natural_voice(unknown, home, "zh") is None and spoken_by(unknown, "zh") == "espeak-ng"


def test_the_list_says_what_is_installed_and_in_use(home: Home) -> None:
    found = {each.facts.name: each for each in voices(by(home, "kokoro-yunxi"), home)}
    assert list(found) == list(VOICES) and found["espeak-ng"].problem is None
    assert found["kokoro-yunxi"].used and found["kokoro-yunxi"].problem is not None
    a_package(home)
    assert all(each.problem is None for each in voices(by(home, "espeak-ng"), home))
