"""Sounds are chosen for prompts and come back; emergencies begin and end: on a clock that stands, with real sounds."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import greetings
from greetings import audio, speech
from hotline.bootstrap import Hotline
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.prompts.version import SoundOrigin
from hotline.domain.reasons import because
from hotline.services.job import Parts
from hotline.services.prompts.choosing import as_delivered, choose, choose_again
from hotline.services.prompts.emergencies import announce, announcement_sound, end_announcement, see_emergencies
from hotline.services.prompts.in_force import chosen_now
from hotline.services.prompts.jobs import JOBS, EmergenciesInAstdb, Prompts
from hotline.services.prompts.listing import delivered_sound, see_prompt, see_prompts
from hotline.services.prompts.sounds import GivenSound
from hotline.services.prompts.standing import StandingAnnouncements
from hotline.storage.audit import AuditLog
from tests.support.instance import an_instance
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
BOSS = Actor("boss", (Role.SUPERVISOR,), "周主管")
OPERATOR = Actor("zhao", (Role.OPERATOR,), "赵敏")
HOUR = timedelta(hours=1)
SITE = '[lines.main]\nnumber = "4001234567"\nmenu = "main"\n[lines.gift]\nnumber = "4007654321"\nmenu = "main"\n'


def tone(hertz: int, milliseconds: int = 1500) -> bytes:
    return audio.to_wav(audio.tones([(hertz, milliseconds)]))


def sent(hertz: int = 440, recorded: bool = False) -> GivenSound:
    return GivenSound("您好", io.BytesIO(tone(hertz)), recorded)


@pytest.fixture(autouse=True)
def quick_speech(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of prompts are built here; that espeak-ng speaks them is tested elsewhere."""
    monkeypatch.setattr(speech, "speak", lambda text, language, keep_ms=60: audio.tones([(300, 400)]))


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, MORNING, SITE)


def chosen(hotline: Hotline, prompt: str = "menu-main", by: Actor = ADMIN, **more: Any) -> int:
    given = cast(GivenSound, more.pop("given", None) or sent())
    made = choose(hotline.storage, hotline.home, hotline.settings, prompt, given, by, MORNING, **more)
    return made.id


def heard(hotline: Hotline, prompt: str, line: str = "", days: int = 0) -> str:
    """The sound that is built for a line on that day."""
    found = chosen_now(hotline.storage, hotline.settings, MORNING + timedelta(days=days)).prompts
    one = found.get((prompt, line, "zh")) or found.get((prompt, "", "zh"))
    return one.sha256 if one else ""


def test_a_choice_holds_and_what_was_before_comes_back(hotline: Hotline) -> None:
    first, second = chosen(hotline), chosen(hotline, given=sent(880, recorded=True))
    seen = see_prompt(hotline.storage, hotline.home, hotline.settings, "menu-main", BOSS, MORNING)
    assert [(each.id, each.origin) for each in seen.versions] == [
        (second, SoundOrigin.RECORDED),
        (first, SoundOrigin.UPLOADED),
    ]
    assert seen.standing == {second}
    again = choose_again(hotline.storage, first, ADMIN, MORNING)
    assert heard(hotline, "menu-main") == again.sha256 == seen.versions[1].sha256
    with pytest.raises(Refused, match=r"prompts\.holds_already"):
        choose_again(hotline.storage, again.id, ADMIN, MORNING)
    as_delivered(hotline.storage, again.id, ADMIN, MORNING)
    assert heard(hotline, "menu-main") == ""
    with pytest.raises(Refused, match=r"prompts\.holds_already"):
        as_delivered(hotline.storage, first, ADMIN, MORNING)
    with hotline.storage.reading() as tx:
        told = [each["action"] for each in AuditLog(tx).latest(10) if each["object"] == "prompt:menu-main"]
    assert sorted(map(str, told)) == ["prompt.as_delivered", "prompt.choose", "prompt.choose", "prompt.choose_again"]


def test_a_line_and_a_period_go_before_what_all_have(hotline: Hotline) -> None:
    def sound(version: int) -> str:
        seen = see_prompt(hotline.storage, hotline.home, hotline.settings, "greeting", ADMIN, MORNING)
        return next(each.sha256 for each in seen.versions if each.id == version)

    today = MORNING.date()
    common, own = chosen(hotline, "greeting"), chosen(hotline, "greeting", given=sent(600), line="gift")
    days: dict[str, Any] = {"from_day": today + timedelta(days=5), "to_day": today + timedelta(days=8)}
    feast = chosen(hotline, "greeting", given=sent(900), **days)
    assert [heard(hotline, "greeting", line) for line in ("main", "gift")] == [sound(common), sound(own)]
    for day, expected in ((4, own), (5, feast), (8, feast), (9, own)):
        assert heard(hotline, "greeting", "gift", day) == sound(expected), day
    shown = see_prompts(hotline.storage, hotline.home, hotline.settings, ADMIN, today + timedelta(days=6))
    greeting = next(each for each in shown if each.id == "greeting")
    assert {each.line: each.version and each.version.id for each in greeting.heard} == {"main": feast, "gift": feast}


@pytest.mark.parametrize(
    ("prompt", "more", "code"),
    [
        ("menu-main", {"line": "none"}, "prompts.no_line"),
        ("goodbye", {"line": "main"}, "prompts.same_for_all_lines"),
        ("menu-main", {"from_day": date(2026, 1, 1)}, "prompts.half_a_period"),
        ("menu-main", {"from_day": date(2030, 1, 2), "to_day": date(2030, 1, 1)}, "prompts.period_backwards"),
        ("menu-main", {"from_day": date(2020, 1, 1), "to_day": date(2020, 1, 1)}, "prompts.period_over"),
        ("menu-main", {"from_day": date(2026, 1, 1), "to_day": date(2030, 1, 1)}, "prompts.period_too_long"),
        ("menu-main", {"given": GivenSound(" \n")}, "prompts.words_missing"),
        ("menu-main", {"given": GivenSound("字" * 501)}, "prompts.words_too_long"),
        ("menu-main", {"given": GivenSound("", io.BytesIO(b""))}, "prompts.sound_empty"),
    ],
)
def test_what_does_not_fit_is_refused(hotline: Hotline, prompt: str, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        chosen(hotline, prompt, **more)
    with pytest.raises(NotFound):
        chosen(hotline, "none")
    with pytest.raises(Forbidden):
        chosen(hotline, by=BOSS)


def test_jobs_make_what_was_chosen_and_the_build_of_a_command_keeps_it(hotline: Hotline) -> None:
    """Asterisk's file is replaced as a whole, so a call that plays the old one hears it to the end."""
    job = Prompts(cast(Parts, hotline))
    job.build(MORNING)
    file = hotline.home.sounds / "zh" / "hotline" / "menu-main.wav"
    with file.open("rb") as playing:
        before = playing.read(10_000)
        chosen(hotline)
        chosen(hotline, given=sent(1200), line="gift")
        assert job.build(MORNING) == because("prompts.made", n=2)
        assert job.build(MORNING) is None
        assert len(before + playing.read()) != file.stat().st_size  # what was open is the old one still
    own = file.with_name("menu-main-gift.wav")
    assert audio.seconds(file) == audio.seconds(own) == pytest.approx(1.6, abs=0.05)  # with a little silence around
    kept = chosen_now(hotline.storage, hotline.settings, MORNING)
    assert greetings.build(hotline.settings, hotline.home, chosen=kept).made == ()
    seen = see_prompt(hotline.storage, hotline.home, hotline.settings, "menu-main", ADMIN, MORNING)
    line_version = next(each for each in seen.versions if each.place.line == "gift")
    as_delivered(hotline.storage, line_version.id, ADMIN, MORNING)
    job.build(MORNING)
    assert not own.exists()


def test_every_prompt_is_listed_with_its_words_and_can_be_heard(hotline: Hotline) -> None:
    found = {
        each.id: each for each in see_prompts(hotline.storage, hotline.home, hotline.settings, BOSS, MORNING.date())
    }
    assert {"greeting", "menu-main", "asterisk/queue-thereare", "beep"} <= set(found)
    assert all(each.heard for each in found.values())
    assert found["menu-main"].places == ("menus.main.prompt",)
    assert found["greeting"].by_line and not found["goodbye"].by_line
    assert "热线" in found["greeting"].heard[0].words
    assert delivered_sound(hotline.home, hotline.settings, "goodbye", "", BOSS)[:4] == b"RIFF"
    with pytest.raises(Forbidden):
        see_prompts(hotline.storage, hotline.home, hotline.settings, OPERATOR, MORNING.date())


def test_an_emergency_begins_is_heard_and_ends(hotline: Hotline) -> None:
    said = announce(
        hotline.storage,
        hotline.home,
        hotline.settings,
        GivenSound("系统维护"),
        ("gift",),
        MORNING + HOUR,
        BOSS,
        MORNING,
    )
    assert (said.origin, said.lines) == (SoundOrigin.SPOKEN, frozenset({"gift"}))
    assert announcement_sound(hotline.storage, said.id)[1][:4] == b"RIFF"
    there: set[str] = set()
    moment = MORNING
    standing = StandingAnnouncements(hotline.storage, lambda: moment, there.__contains__)
    assert standing.sounds("gift") == []  # Asterisk has no sound of it yet
    there.add(said.sound)
    assert (standing.sounds("gift"), standing.sounds("main")) == ([said.sound], [])
    Prompts(cast(Parts, hotline)).build(MORNING)
    assert (hotline.home.sounds / "zh" / f"{said.sound}.wav").is_file()
    moment = MORNING + HOUR
    assert standing.sounds("gift") == []
    assert not see_emergencies(hotline.storage, moment).standing
    end_announcement(hotline.storage, said.id, BOSS, MORNING)
    with pytest.raises(Refused, match=r"prompts\.announcement_over"):
        end_announcement(hotline.storage, said.id, BOSS, MORNING)


@pytest.mark.parametrize(
    ("words", "until", "code"),
    [
        ("", HOUR, "prompts.words_missing"),
        ("好", timedelta(), "prompts.until_ahead"),
        ("好", timedelta(days=7, seconds=1), "prompts.until_too_far"),
    ],
)
def test_an_emergency_that_does_not_fit_is_refused(hotline: Hotline, words: str, until: timedelta, code: str) -> None:
    with pytest.raises(Refused, match=code):
        announce(hotline.storage, hotline.home, hotline.settings, GivenSound(words), (), MORNING + until, BOSS, MORNING)
    with pytest.raises(Forbidden):
        announce(
            hotline.storage, hotline.home, hotline.settings, GivenSound("好"), (), MORNING + HOUR, OPERATOR, MORNING
        )


def test_an_asterisk_that_is_away_is_said_once_not_every_three_seconds(hotline: Hotline) -> None:
    """Each run that says something is a row of the job's history."""
    pbx = RememberingPbx()
    pbx.away = "asterisk.unreachable"
    job = EmergenciesInAstdb(cast(Parts, SimpleNamespace(storage=hotline.storage, settings=hotline.settings, pbx=pbx)))
    said = [job.write(MORNING + n * timedelta(seconds=3)) for n in range(4)]
    assert said[0] is not None and said[1:] == [None, None, None]
    pbx.away = ""
    assert job.write(MORNING) is None and pbx.puts
    pbx.away = "asterisk.unreachable"
    assert job.write(MORNING) is None, "nothing is to be told"


def test_the_jobs_are_told(hotline: Hotline) -> None:
    assert {job.name for job in JOBS.make(cast(Parts, hotline))} == {
        "prompts",
        "emergencies",
        "emergencies_to_astdb",
        "voices_installed",
        "prompts_spoken_anew",
        "voice_watched",
    }
