"""`hotline examinations`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotline.domain.people import Role
from tests.support.examination import a_person, keep_call, measure
from tests.support.instance import an_instance, run, run_json
from tests.support.sample_calls import MONDAY_TEN

NEXT_MONDAY = MONDAY_TEN + timedelta(days=7)


def test_e6_a_week_is_drawn_once_and_stands_on_record(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, NEXT_MONDAY)
    a_person(hotline, "sun", Role.EXAMINER)
    measure(hotline, keep_call(hotline, "a"))
    drawn = run_json(hotline, "examinations", "draw", "--week", "2026-W47", "--seed", "7f")
    assert (drawn["candidates"], drawn["assigned"], drawn["seed"]) == (1, 1, "7f")
    assert drawn["drawn"] == [{"node": "node1", "linkedid": "a", "why": "low_score"}]
    again = run(hotline, "examinations", "draw", "--week", "2026-W47")
    assert again.exit_code == 1 and "was drawn already" in again.output
    assert "2026-W47" in run(hotline, "examinations", "draws").output
    [waiting] = run_json(hotline, "examinations", "list")
    assert (waiting["examiner"], waiting["why"], waiting["state"]) == ("sun", "low_score", "assigned")
    assert run_json(hotline, "examinations", "list", "--overdue") == []
    assert "sun" in run(hotline, "examinations", "list").output


def test_a_week_that_is_none_is_refused(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, NEXT_MONDAY)
    for week in ("2026-W48", "next", ""):
        assert run(hotline, "examinations", "draw", "--week", week).exit_code == 1
