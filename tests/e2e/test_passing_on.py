"""Who leaves a consultation or a transfer, how and when: each cell of passing_on.toml is a call through the real
Asterisk (A12). After each nothing is left in Asterisk, the ledger has one row that says how it was, people are shown as
they are, and the next caller rings a free phone at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline.domain.operators.presence import ShownState
from tests.e2e.test_calls import all_differences, found
from tests.support.consulting import Consulting
from tests.support.rig import CARRIER, Rig, wait_until

CELLS = tomllib.loads(Path(__file__).with_name("passing_on.toml").read_text("utf-8"))
NUMBER = "13600{:06d}"

#: Once a call is over, nobody is shown as having to do with it.
AT_REST = (ShownState.READY, ShownState.WRAP_UP, ShownState.PAUSED, ShownState.OFFLINE)

pytestmark = pytest.mark.e2e


@pytest.fixture
def consulting(rig: Rig, request: pytest.FixtureRequest) -> Iterator[Consulting]:
    rig.test = request.node.callspec.id
    rig.set_clock(datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
    rig.sign_in(["1001"])
    yield Consulting(rig)
    rig.clear()


@pytest.mark.parametrize("name", CELLS)
def test_passing_on(consulting: Consulting, name: str) -> None:
    rig, cell = consulting.rig, CELLS[name]
    number, begun = NUMBER.format(list(CELLS).index(name)), datetime.now(UTC)
    pick_up(rig, cell)
    steps = cell.get("caller", ["until told", "hang up"])
    caller = consulting.caller = rig.caller(["call", "wait 0.8", "press 1", "tone 440 30", *steps], number)
    for words in cell["then"]:
        consulting.do(words)
    if consulting.beside:
        consulting.beside.join()
    assert caller.wait(40) == 0, caller.errors
    wait_until(lambda: rig.channels() == 0, "every leg to be gone", 10)
    check(rig, number, begun, cell)
    if "order" in cell:
        wait_until(lambda: consulting.order_state() == cell["order"], f"the order to be {cell['order']}")
    for extension in ("1001", "1002"):
        wait_until(lambda: consulting.view(extension).state in AT_REST, f"{extension} to be shown at rest")  # noqa: B023
    the_next_caller(rig, number.replace("13900", "13901", 1))


def pick_up(rig: Rig, cell: dict) -> None:
    """Switch the phones on; by default whoever is called takes the call and keeps it."""
    for extension in ("1001", "1002"):
        steps = cell.get("phones", {}).get(extension, TAKES)
        again = cell.get("again", {}).get(extension, TAKES)
        rig.phone(extension, {"": steps}, rig.base + 80 + int(extension[-1]), again=again)
    if "outside" in cell:
        rig.phone("mobiles", {"13800000012": cell["outside"]}, rig.base + 70, CARRIER)


TAKES: Sequence[str] = ("ring 0.2", "answer", "tone 1000 30", "expect hangup")


def check(rig: Rig, number: str, begun: datetime, cell: dict) -> None:
    seen: dict[str, object] = {}

    def as_expected() -> bool:
        mine = [stored for stored in found(rig, begun) if stored.call.caller.original == number]
        seen["rows"] = len(mine)
        if len(mine) != 1 or mine[0].call.ended_at is None:
            return False
        seen["differences"] = all_differences(rig, mine[0], {"callback": "", **cell["expected"]})
        return not seen["differences"]

    try:
        wait_until(as_expected, "the ledger to say what is expected", 15)
    except AssertionError as error:
        raise AssertionError(f"{error}: {seen}") from None


def the_next_caller(rig: Rig, number: str) -> None:
    """Both phones are signed in anew, and Asterisk is to take them for free."""
    rig.sign_in(["1001", "1002"])
    begun = datetime.now(UTC)
    caller = rig.caller(
        ["call", "wait 0.8", "press 1", "until told", "hang up"], number, phone="next", port=rig.base + 93
    )
    wait_until(lambda: any(stored.call.talks for stored in found(rig, begun)), "the next caller to be answered")
    caller.tell()
    assert caller.wait(20) == 0, caller.errors
