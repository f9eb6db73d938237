"""F11 on the real console, with the real Asterisk: who lacks a training is not ready, and no talk is touched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from hotline.domain.calendar import local_day
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Person, Tenure
from hotline.domain.trainings.training import Training
from hotline.services.trainings import trainings
from hotline.services.trainings.trainings import NewResult
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from tests.support.console_rig import ConsoleRig

pytestmark = pytest.mark.e2e

BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss")
PATIENT = ("call", "wait 0.8", "press 1", "tone 440 90", "expect hangup")


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleRig]:
    rig = ConsoleRig(tmp_path_factory.mktemp("refused"))
    rig.prepare()
    try:
        rig.start("pbx", "ivr", "listener", "web")
        yield rig
    finally:
        rig.stop()


def test_who_lacks_a_training_is_refused_by_its_name_and_a_talk_goes_on(hotline: ConsoleRig) -> None:
    hotline.test = "ready-refused"
    desk = hotline.desk("1001")
    desk.open_console()
    desk.ready()
    page = desk.page
    hotline.caller(PATIENT, "13712349001")
    page.locator(".c-call.is-ringing").wait_for()
    page.keyboard.press("F2")
    expect(page.locator("#call-stage")).to_have_text("通话中")
    now = hotline.now()
    new = Training("新品上市培训", for_all=True)
    training = trainings.add_training(hotline.hotline.storage, hotline.hotline.settings, new, BOSS, now)
    expect(page.locator("#call-stage")).to_have_text("通话中")
    page.keyboard.press("F9")
    expect(page.locator("#closing")).to_contain_text("现在可以挂断", timeout=20_000)
    page.keyboard.press("F9")
    expect(page.locator("#wrapup")).to_be_visible(timeout=20_000)
    page.locator("#state-button").click()
    page.locator("#state-menu").get_by_text("小休", exact=True).click()
    expect(page.locator("#state-text")).to_contain_text("小休")
    page.locator("#state-button").click()
    page.locator("#state-menu").get_by_text("就绪", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("新品上市培训")
    expect(page.locator("#state-text")).to_contain_text("小休")
    with hotline.hotline.storage.writing() as tx:
        person = StaffStore(tx).holder("1001", now) or StaffStore(tx).add_person(Person("赵敏"))
        assert person.id is not None
        if StaffStore(tx).extension_of(person.id, now) is None:
            TenureStore(tx).add(Tenure(person.id, "1001"))
    passed = NewResult(person.id, local_day(now - timedelta(days=1)), passed=True)
    trainings.enter_results(hotline.hotline.storage, training.id or 0, [passed], BOSS, now)
    page.locator("#state-button").click()
    page.locator("#state-menu").get_by_text("就绪", exact=True).click()
    expect(page.locator("#state-text")).to_have_text("就绪")
    hotline.clear()
    desk.close()
