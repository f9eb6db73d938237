"""`hotline deadlines`: what a change would move, and what it moved."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotline.domain.callbacks.owed import CALLBACK_CLOCK
from hotline.services.deadlines.keeping import Wanted, keep
from tests.support.deadlines import usual_settings
from tests.support.instance import an_instance, at, run, run_json

NOW = at("2026-09-16T10:00")


def test_a_dry_run_says_what_would_move_and_then_it_moves_once(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, NOW)
    longer = usual_settings(tmp_path, CALLBACKS__DUE_MINUTES="60")
    with hotline.storage.writing() as tx:
        keep(tx, longer, CALLBACK_CLOCK, {7: Wanted(NOW, "main")}, NOW)
    told = run(hotline, "deadlines", "recompute", "--dry-run").output
    assert "callback:7" in told and "1 deadlines to be counted anew, 1 would move" in told
    [moved] = run_json(hotline, "deadlines", "recompute", "--json")
    assert moved == {
        "clock": "callback",
        "object": "callback:7",
        "was_due_at": (NOW + timedelta(hours=1)).isoformat().replace("+00:00", "Z"),
        "due_at": (NOW + timedelta(minutes=30)).isoformat().replace("+00:00", "Z"),
        "calendar_changed": False,
        "term_changed": True,
    }
    assert "0 deadlines counted anew, 0 moved" in run(hotline, "deadlines", "recompute").output
