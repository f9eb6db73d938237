"""What is chosen for prompts and announced in an emergency is what a caller hears, with the real Asterisk: within ten
seconds, without a restart, in the menu, after hours, and while the IVR is away."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.people import Actor, Role
from hotline.domain.prompts.announcement import Announcement
from hotline.services.prompts.choosing import choose
from hotline.services.prompts.emergencies import announce, end_announcement
from hotline.services.prompts.sounds import GivenSound
from tests.support.ears import AUDIBLE_DBFS, Ear, in_order, strength
from tests.support.rig import CARRIER, PROMPT_PITCH, Rig, wait_until
from tests.support.sipp import Phone
from tests.support.tones import RATE, tone, write_wav

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
BOSS = Actor("boss", (Role.SUPERVISOR,), "周主管")
CALLER = "13911112222"
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
NIGHT = datetime.fromisoformat("2026-11-23T22:00:00+08:00")
EMERGENCY, SECOND, GREETING = 700, 820, 940
#: A prompt's pitch in the files that the rig has for each.
HEARD = {
    EMERGENCY: "emergency",
    SECOND: "second",
    GREETING: "new greeting",
    **{PROMPT_PITCH[name]: name for name in ("greeting-main", "greeting-closed-main", "menu-main", "to-operator")},
}


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    running = Rig(tmp_path_factory.mktemp("prompts"))
    running.prepare()
    running.set_clock(MONDAY)
    try:
        running.start("pbx", "ivr", "listener", "jobs")
        wait_until(lambda: "mode" in running.console("database show hotline/main"), "the jobs to be at work", 60)
        yield running
    finally:
        running.stop()


def sound(folder: Path, hertz: int, seconds: float = 1.0) -> GivenSound:
    file = write_wav(folder / f"{hertz}.wav", tone(hertz, seconds))
    return GivenSound("紧急公告", io.BytesIO(file.read_bytes()))


@contextmanager
def announced(rig: Rig, folder: Path, hertz: int, now: datetime) -> Iterator[Announcement]:
    """It stands within, and Asterisk has its sound."""
    made = announce(
        rig.hotline.storage,
        rig.home,
        rig.hotline.settings,
        sound(folder, hertz),
        (),
        now + timedelta(hours=1),
        BOSS,
        now,
    )
    try:
        file = rig.home.sounds / "zh" / f"{made.sound}.wav"
        wait_until(file.is_file, "the announcement's sound", 60)
        yield made
    finally:
        end_announcement(rig.hotline.storage, made.id, BOSS, now)


@contextmanager
def calling(rig: Rig, test: str, *steps: str) -> Iterator[tuple[Ear, Phone]]:
    rig.test = test
    ear = Ear(CARRIER, 440.0)
    try:
        yield ear, rig.caller(["call", *steps], CALLER, ear=ear)
    finally:
        rig.clear()
        ear.close()


def hears(ear: Ear, hertz: int) -> None:
    wait_until(lambda: strength(ear.everything()[-RATE // 10 :], hertz) >= AUDIBLE_DBFS, f"to hear {HEARD[hertz]}", 20)


def heard(ear: Ear) -> list[str]:
    return [HEARD[int(hertz)] for hertz in in_order(ear.everything(), *HEARD)]


def test_an_emergency_is_heard_before_greeting_and_menu(rig: Rig, tmp_path: Path) -> None:
    rig.set_clock(MONDAY)
    with announced(rig, tmp_path, EMERGENCY, MONDAY), calling(rig, "emergency", "wait 6", "hang up") as (ear, phone):
        assert phone.wait(30) == 0, phone.errors
        assert heard(ear)[:3] == ["emergency", "greeting-main", "menu-main"]


def test_one_that_begins_while_a_call_is_in_the_menu_is_heard_at_its_next_step(rig: Rig, tmp_path: Path) -> None:
    """Its sound is made before, however slow the machine: the clock alone decides when it begins."""
    rig.set_clock(MONDAY)
    begins = MONDAY + timedelta(minutes=30)
    with (
        announced(rig, tmp_path, SECOND, begins),
        calling(rig, "emergency_in_menu", "wait 25", "hang up") as (ear, phone),
    ):
        hears(ear, PROMPT_PITCH["menu-main"])
        rig.set_clock(begins)
        ear.press("9")
        wait_until(lambda: "second" in heard(ear), "to hear the announcement")
        ear.press("9")
        assert phone.wait(40) == 0, phone.errors
        told = heard(ear)
    assert told[:2] == ["greeting-main", "menu-main"] and told.count("second") == 1


def test_after_hours_and_while_the_ivr_is_away_it_is_heard_too(rig: Rig, tmp_path: Path) -> None:
    rig.set_clock(NIGHT)
    with announced(rig, tmp_path, EMERGENCY, NIGHT) as made:
        with calling(rig, "emergency_at_night", "wait 5", "hang up") as (ear, phone):
            assert phone.wait(30) == 0, phone.errors
            assert heard(ear)[:2] == ["emergency", "greeting-closed-main"]
        wait_until(lambda: str(made.id) in rig.console("database show hotline/main/emergency"), "AstDB to have it", 60)
        rig.kill("ivr")
        with calling(rig, "emergency_without_ivr", "wait 5", "hang up") as (ear, phone):
            assert phone.wait(30) == 0, phone.errors
            assert heard(ear)[0] == "emergency"
        rig.restart("ivr")


def test_a_greeting_that_is_chosen_is_heard_by_the_next_caller(rig: Rig, tmp_path: Path) -> None:
    rig.set_clock(MONDAY)
    storage, settings = rig.hotline.storage, rig.hotline.settings
    file = rig.home.sounds / "zh" / "hotline" / "greeting-main.wav"
    before = file.read_bytes()
    choose(storage, rig.home, settings, "greeting", sound(tmp_path, GREETING), ADMIN, MONDAY)
    wait_until(lambda: file.read_bytes() != before, "the greeting to be made anew", 60)
    with calling(rig, "chosen_greeting", "wait 5", "hang up") as (ear, phone):
        assert phone.wait(30) == 0, phone.errors
        assert heard(ear)[:2] == ["new greeting", "menu-main"]
