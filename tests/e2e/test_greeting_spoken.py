"""A greeting is spoken into the browser, whose microphone plays a tone; a caller of the real Asterisk hears it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from hotline.domain.people import Role
from tests.support.console_rig import PASSWORD, ConsoleRig
from tests.support.ears import Ear, strength
from tests.support.rig import CARRIER, wait_until
from tests.support.tones import RATE, Samples

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

#: Of the microphone at a desk that is no operator's.
PITCH = 1400
#: It is levelled to some -13; a voice has less at one pitch.
BEEPS_DBFS = -20.0
_PART = RATE // 10


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[ConsoleRig]:
    rig = ConsoleRig(tmp_path)
    rig.prepare()
    try:
        rig.start()
        rig.start("jobs")
        yield rig
    finally:
        rig.stop()


def beep(sound: Samples) -> float:
    """How loud the microphone's tone is where it is loudest: it beeps for less than half a second."""
    parts = [sound[start : start + _PART] for start in range(0, sound.size - _PART, _PART // 2)]
    return max((strength(part, PITCH) for part in parts), default=-120.0)


def in_file(file: Path) -> Samples:
    return np.frombuffer(file.read_bytes()[44:], np.int16)


def test_f8_a_greeting_that_is_spoken_into_the_browser_is_what_a_caller_hears(rig: ConsoleRig) -> None:
    rig.account("chief", Role.ADMINISTRATOR, Role.SUPERVISOR)
    desk = rig.browser_at("chief")
    page = desk.sign_in(username="chief", password=PASSWORD)
    page.goto("/prompts/of/greeting")
    page.fill("#words", "您好，这里是阳光电器。")
    page.click("[data-start]")
    expect(page.locator("[data-state]")).to_contain_text("2 秒")
    page.click("[data-stop]")
    expect(page.locator("[data-listen]")).to_be_visible()
    page.click("section[aria-labelledby=replace-title] button[type=submit]")
    expect(page.locator("body")).to_contain_text("已保存")
    file = rig.home.sounds / "zh" / "hotline" / "greeting-main.wav"
    wait_until(lambda: beep(in_file(file)) >= BEEPS_DBFS, "the greeting to be made anew", 60)
    ear = Ear(CARRIER, 440.0)
    try:
        phone = rig.caller(["call", "wait 5", "hang up"], "13911112222", ear=ear)
        assert phone.wait(60) == 0, phone.errors
        assert beep(ear.everything()) >= BEEPS_DBFS
    finally:
        ear.close()
    assert desk.problems == []
