"""A4 on the real Asterisk: a line whose carrier is gone is found out by its own test call, and told; the next call that
arrives takes the alert back. (That a test call passes is proved with a carrier that loops it, in test_simulate.)"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hotline.services.line import line_test
from hotline.services.line.alert_kinds import LINE_FAULT
from hotline.storage.alerts import AlertStore
from tests.support.rig import Rig, wait_until

pytestmark = pytest.mark.e2e


def faults(rig: Rig) -> list[str]:
    with rig.hotline.storage.reading() as tx:
        return [alert.object for alert in AlertStore(tx).open() if alert.kind == LINE_FAULT]


def test_a_dead_line_raises_an_alert_until_a_call_arrives(rig: Rig) -> None:
    rig.test = "line_test"
    storage, settings = rig.hotline.storage, rig.hotline.settings
    now = datetime.now(UTC)
    test = line_test.start(storage, rig.pbx, settings, "main", now)
    assert test.result == "running"
    over = now + timedelta(seconds=settings.line_test.timeout_seconds + line_test.LEDGER_SECONDS + 1)
    settled = line_test.conclude(storage, settings, over)
    assert [(each.result, each.line) for each in settled] == [("failed", "main")]
    assert faults(rig) == ["main"]
    assert "main" in rig.cli("alerts", "list", "--json")

    wait_until(lambda: rig.channels() == 0, "the test call's own half to be gone", 40)
    wait_until(lambda: datetime.now(UTC) > over, "a moment after the alert", 30)
    assert rig.caller(["call", "wait 0.5", "hang up"], "13900009999").wait(20) == 0

    def cleared() -> bool:
        line_test.conclude(storage, settings, datetime.now(UTC))
        return not faults(rig)

    wait_until(cleared, "the alert to end once the line was called")
    rig.clear()
