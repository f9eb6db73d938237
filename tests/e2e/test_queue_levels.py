"""The levels of a queue's operators in a real Asterisk: whoever is of the second is rung when a caller has waited for
so long, not before, whether the first is in a talk, away, or lets it ring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from hotline.domain.calls.call import Call, Outcome
from hotline.domain.people import Actor, Role
from hotline.services.operators.queue_levels import bring_levels
from hotline.services.settings.settings import change_settings
from tests.e2e.test_calls import found
from tests.support.console_rig import ALWAYS_OPEN
from tests.support.rig import CARRIER, MOBILES, Rig, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

ADMIN = Actor("chef", (Role.ADMINISTRATOR,), "管理员")
SECONDS = 5
#: Of a call: the greeting, key 1, then waiting.
KEY_1 = ["call", "wait 0.8", "press 1", "tone 440 60"]
TAKES_IT = ("ring 0.3", "answer", "tone 1000 60", "expect hangup")
LETS_IT_RING = ("ring until cancel",)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    rig = Rig(tmp_path_factory.mktemp("levels"), ALWAYS_OPEN + "[operators.1002.levels]\nservice = 2\n")
    rig.prepare()
    rig.cli("settings", "set", "queues.service.level_seconds", str(SECONDS))
    try:
        rig.start("pbx", "ivr", "listener")
        yield rig
    finally:
        rig.stop()


@pytest.fixture
def rig(running: Rig, request: pytest.FixtureRequest) -> Iterator[Rig]:
    running.test = request.node.name
    yield running
    running.clear()


def ended(rig: Rig, number: str, begun: datetime) -> Call:
    def look() -> Call | None:
        calls = [each.call for each in found(rig, begun) if each.call.caller.original == number]
        return calls[0] if calls and calls[0].ended_at else None

    call = wait_until(look, f"the call of {number} to be over", 40)
    assert call is not None
    return call


def rung_after(call: Call, extension: str) -> float:
    """Seconds from joining the queue until this operator was first rung in it."""
    joined = call.queues[0].joined_at
    return min((ring.started_at - joined).total_seconds() for ring in call.rings if ring.party.id == extension)


def test_the_second_level_is_rung_when_the_first_is_in_talks(rig: Rig) -> None:
    begun = datetime.now(UTC)
    rig.sign_in(["1001", "1002"])
    rig.phone("1001", {"": TAKES_IT}, rig.base + 81)
    rig.phone("1002", {"": TAKES_IT}, rig.base + 82)
    first = rig.caller([*KEY_1, "wait 25", "hang up"], "13900005001")
    wait_until(lambda: rig.channels() >= 2, "the first talk")
    second = rig.caller([*KEY_1, f"wait {SECONDS + 6}", "hang up"], "13900005002", port=rig.base + 91, phone="second")
    assert second.wait(40) == 0, second.errors
    call = ended(rig, "13900005002", begun)
    assert [talk.party.id for talk in call.talks] == ["1002"]
    assert SECONDS <= rung_after(call, "1002") < SECONDS + 4
    assert first.wait(40) == 0, first.errors
    assert {ring.party.id for ring in ended(rig, "13900005001", begun).rings} == {"1001"}, (
        "of a caller who waited for nobody"
    )


def test_the_second_level_is_rung_when_nobody_of_the_first_is_there(rig: Rig) -> None:
    """The caller is not sent on as if nobody were there."""
    begun = datetime.now(UTC)
    rig.sign_in(["1002"])
    rig.phone("1002", {"": TAKES_IT}, rig.base + 82)
    caller = rig.caller([*KEY_1, f"wait {SECONDS + 6}", "hang up"], "13900005003")
    assert caller.wait(40) == 0, caller.errors
    call = ended(rig, "13900005003", begun)
    assert call.outcome is Outcome.ANSWERED and [talk.party.id for talk in call.talks] == ["1002"]
    assert SECONDS <= rung_after(call, "1002") < SECONDS + 4


def test_the_second_level_is_rung_when_the_first_lets_it_ring(rig: Rig) -> None:
    begun = datetime.now(UTC)
    rig.sign_in(["1001", "1002"])
    rig.phone("1001", {"": LETS_IT_RING}, rig.base + 81, again=LETS_IT_RING)
    rig.phone("1002", {"": TAKES_IT}, rig.base + 82)
    caller = rig.caller([*KEY_1, f"wait {SECONDS + 6}", "hang up"], "13900005004")
    assert caller.wait(40) == 0, caller.errors
    call = ended(rig, "13900005004", begun)
    assert [talk.party.id for talk in call.talks] == ["1002"]
    assert rung_after(call, "1001") < 2
    assert SECONDS <= rung_after(call, "1002") < SECONDS + 4


def test_nobody_of_any_level_is_nobody(rig: Rig) -> None:
    begun = datetime.now(UTC)
    rig.sign_in([])
    rig.phone("mobiles", dict.fromkeys(MOBILES, ("busy",)), rig.base + 70, CARRIER)
    caller = rig.caller([*KEY_1, "wait 4", "hang up"], "13900005005")
    assert caller.wait(40) == 0, caller.errors
    call = ended(rig, "13900005005", begun)
    assert not any(ring.party.id in ("1001", "1002") for ring in call.rings)
    assert (call.ended_at - call.started_at).total_seconds() > 0 if call.ended_at else False


def test_whoever_is_signed_in_changes_their_level_at_once(rig: Rig) -> None:
    begun = datetime.now(UTC)
    rig.sign_in(["1002"])
    assert "with penalty 1" in rig.console("queue show service")
    operator = rig.hotline.settings.operators["1002"].model_dump(mode="json")
    change_settings(rig.hotline.in_force, ADMIN, {"operators.1002": {**operator, "levels": {}}}, begun, reason="升级")
    assert bring_levels(rig.hotline.settings, rig.pbx) == ["service 1002"]
    assert bring_levels(rig.hotline.settings, rig.pbx) == []
    assert "with penalty" not in rig.console("queue show service")
