"""Dials on PostgreSQL: the same calls, with all our processes on that database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.errors import Conflict, Refused
from hotline.domain.operators.presence import ShownState
from tests.support.databases import PostgresServer
from tests.support.dialling_rig import QIAN, DiallingRig
from tests.support.rig import wait_until
from tests.support.told_of_dials import require_as_told

pytestmark = pytest.mark.e2e

ANSWERS = ("ring 0.5", "answer", "tone 1000 30", "expect hangup")


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer) -> Iterator[DiallingRig]:
    running = DiallingRig(tmp_path_factory.mktemp("dials-postgresql"))
    with postgres.database() as url:
        running.environment["HOTLINE_DATABASE__URL"] = url
        running.prepare()
        try:
            running.start("pbx", "ivr", "listener")
            yield running
        finally:
            running.stop()
            running.hotline.storage.close()


def test_reached_and_settled_once(rig: DiallingRig) -> None:
    assert rig.hotline.storage.engine.dialect.name == "postgresql"
    rig.ready("1001", "1002")
    rig.operator(ANSWERS)
    rig.customer(("ring 0.5", "answer", "tone 440 30", "wait 6", "hang up"))
    begun = rig.dial()
    with pytest.raises((Conflict, Refused)):
        rig.dial(QIAN)
    wait_until(lambda: rig.state("1001") is ShownState.TALKING, "the operator to talk")
    rig.kill("listener")
    wait_until(lambda: rig.channels() == 0, "the call to be over")
    rig.restart("listener")
    over, call = rig.ended(begun, 60)
    assert over.outcome is DialOutcome.REACHED
    require_as_told(rig, "dialled_reached", call)
    rig.clear()


def test_busy(rig: DiallingRig) -> None:
    rig.ready("1001")
    rig.operator(ANSWERS)
    rig.customer(("busy",))
    over, call = rig.ended(rig.dial())
    assert over.outcome is DialOutcome.BUSY
    require_as_told(rig, "dialled_busy", call)
    wait_until(lambda: rig.state("1001") is ShownState.READY, "the operator to be ready again")
    rig.clear()
