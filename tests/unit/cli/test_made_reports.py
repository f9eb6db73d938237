"""`hotline reports list|make|resend` (B4)."""

from __future__ import annotations

from pathlib import Path

from hotline.domain.people import Role
from tests.support.instance import an_instance, at, run, run_json
from tests.support.our_people import somebody

NOW = at("2026-11-16 18:00:00")


def test_b4_a_report_is_made_once_listed_and_sent_again(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, NOW)
    somebody(hotline.storage, "boss", "周主管", NOW, Role.SUPERVISOR)
    made = ("reports", "make", "--kind", "daily", "--since", "2026-11-16 09:00", "--until", "2026-11-16 17:30")
    (report_id,) = run_json(hotline, *made)
    assert run_json(hotline, *made) == []
    (listed,) = run_json(hotline, "reports", "list", "--kind", "daily")
    assert listed["id"] == report_id and listed["recipients"] == 1 and listed["opened"] == 0
    assert "Daily ledger" in run(hotline, "reports", "list").output
    assert "sent to 1 persons" in run(hotline, "reports", "resend", str(report_id)).output


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, NOW)
    for wrong in (
        ("make", "--kind", "yearly", "--since", "now"),
        ("make", "--kind", "daily", "--since", "+1d"),
        ("make", "--kind", "daily", "--since", "2026-11-16 12:00", "--until", "2026-11-16 11:00"),
        ("resend", "77"),
    ):
        assert run(hotline, "reports", *wrong).exit_code != 0, wrong
