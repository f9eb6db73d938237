"""业务电话 12: an operator whom the settings keep in a queue is rung no more once their account is deactivated, whoever
dials or transfers, over the real Asterisk; a talk that goes on is not touched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from hotline.domain.people import Role
from hotline.domain.time import system_clock
from hotline.services.accounts.accounts import add_user
from hotline.services.accounts.users import set_active
from hotline.services.operators.presence import operator_view
from tests.e2e.test_calls import found
from tests.support.console_rig import ALWAYS_OPEN
from tests.support.rig import CARRIER, MOBILES, Rig, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

KEY_1 = ["call", "wait 0.8", "press 1", "tone 440 60"]
TAKES_IT = ("ring 0.3", "answer", "tone 1000 60", "expect hangup")


@pytest.fixture
def rig(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Rig]:
    rig = Rig(tmp_path_factory.mktemp("shut-out"))
    rig.test = request.node.name
    kept = rig.home.settings_file.read_text("utf-8")
    for known, more in (("[returning_caller]\n", "enabled = false\n"), ("[queues.service]\n", 'members = ["1001"]\n')):
        kept = kept.replace(known, known + more)
    rig.home.settings_file.write_text(kept + ALWAYS_OPEN, "utf-8")
    rig.prepare()
    try:
        rig.start("pbx", "ivr", "listener", "jobs")
        yield rig
        rig.clear()
    finally:
        rig.stop()


def members(rig: Rig) -> set[tuple[str, str]]:
    return {(each["Queue"], each["Location"]) for each in rig.pbx.queue_members()}


def queues_shown(rig: Rig) -> list[str]:
    with rig.hotline.storage.reading() as tx:
        return [queue.id for queue in operator_view(tx, rig.hotline.settings, "1001").queues]


def test_deactivated_they_are_rung_by_nobody(rig: Rig) -> None:
    begun = datetime.now(UTC)
    roles, operators = (Role.OPERATOR,), rig.hotline.settings.operators
    add_user(rig.hotline.storage, "zhaomin", "赵敏", roles, system_clock(), "test", "1001", operators)
    rig.phone("1001", {"": TAKES_IT}, rig.base + 81)
    rig.phone("mobiles", dict.fromkeys(MOBILES, ("busy",)), rig.base + 70, CARRIER)
    wait_until(lambda: queues_shown(rig) == ["service"], "whom the settings keep to be shown there")
    talk = rig.caller([*KEY_1, "wait 30", "hang up"], "13900006001")
    wait_until(lambda: rig.channels() == 2, "the talk")
    set_active(rig.hotline.storage, "zhaomin", False, system_clock(), "test")
    wait_until(lambda: members(rig) == set(), "no queue to have them")
    wait_until(lambda: queues_shown(rig) == [], "them to be shown in none")
    assert rig.channels() == 2, "the talk goes on"
    assert "1001" not in rig.console("dialplan show hl-operators")
    talk.stop()
    rig.clear()
    rig.phone("1001", {"": TAKES_IT}, rig.base + 81)
    rig.phone("mobiles", dict.fromkeys(MOBILES, ("busy",)), rig.base + 70, CARRIER)
    caller = rig.caller([*KEY_1, "wait 6", "hang up"], "13900006002", phone="second")
    assert caller.wait(60) == 0, caller.errors
    calls = [each.call for each in found(rig, begun) if each.call.caller.original == "13900006002"]
    assert calls and not [ring for ring in calls[0].rings if ring.party.id == "1001"]
    set_active(rig.hotline.storage, "zhaomin", True, system_clock(), "test")
    wait_until(lambda: members(rig) == {("service", "PJSIP/1001")}, "them to be there again")
    wait_until(lambda: queues_shown(rig) == ["service"], "them to be shown there again")
