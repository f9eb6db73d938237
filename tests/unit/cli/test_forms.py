"""`hotline forms`."""

from __future__ import annotations

from pathlib import Path

from hotline.services.calls.ledger import record
from hotline.services.consequences import consequences
from tests.support import sample_calls as sample
from tests.support.instance import an_instance, at, run, run_json


def test_b1_records_are_listed_for_people_and_programs(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, at("2026-11-17 13:00:00"))
    calls = [sample.talking_call("a"), sample.duty_call("b", at("2026-11-16 22:10:00"))]
    record(hotline.storage, "node1", calls, [], lambda call: None, hotline.clock(), also=consequences(hotline.settings))
    assert [form["linkedid"] for form in run_json(hotline, "forms", "list")] == ["b", "a"]
    (overdue,) = run_json(hotline, "forms", "list", "--state", "overdue")
    assert (overdue["origin"], overdue["due_at"], overdue["owner_name"]) == ("duty", "2026-11-17T04:00:00Z", "李四")
    assert run_json(hotline, "forms", "list", "--owner", "1001")[0]["linkedid"] == "a"
    assert "李四 13900000001" in run(hotline, "forms", "list").stdout
