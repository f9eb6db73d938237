"""`hotline calendar` (A1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from tests.support.instance import an_instance, at, run, run_json


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, at("2026-09-16T10:00"))


def test_a1_it_shows_two_weeks_and_whether_it_is_open(hotline: Hotline) -> None:
    shown = run_json(hotline, "calendar")
    assert (shown["open"], shown["until"]) == (True, "2026-09-16T04:00:00Z")
    assert [day["date"] for day in shown["days"]][::13] == ["2026-09-16", "2026-09-29"]
    assert shown["days"][0]["hours"] == ["09:00-12:00", "13:00-17:30"]
    assert shown["warning"] is None
    sunday = next(day for day in shown["days"] if day["date"] == "2026-09-20")
    assert (sunday["kind"], sunday["working"], sunday["weekday"]) == ("makeup", True, "sun")


def test_a1_the_year_lists_what_differs_from_its_weekday(hotline: Hotline) -> None:
    days = {day["date"]: day for day in run_json(hotline, "calendar", "--year", "2026")["days"]}
    assert (days["2026-10-01"]["kind"], days["2026-10-01"]["name"]) == ("holiday", "国庆节")
    assert days["2026-10-10"]["kind"] == "makeup"
    assert "2026-09-16" not in days
    text = run(hotline, "calendar", "--year", "2026").stdout
    assert "248 working days" in text
    assert "国庆节 public holiday" in text


def test_a1_one_day_and_the_next_days(hotline: Hotline) -> None:
    [day] = run_json(hotline, "calendar", "--day", "2026-10-01")["days"]
    assert (day["working"], day["name"]) == (False, "国庆节")
    assert [d["date"] for d in run_json(hotline, "calendar", "--next", "2")["days"]] == ["2026-09-16", "2026-09-17"]
    assert run_json(hotline, "calendar", "--day", "tomorrow")["days"][0]["date"] == "2026-09-17"


def test_a1_a_year_that_is_not_known_is_warned_of_in_time(tmp_path: Path) -> None:
    late = an_instance(tmp_path, at("2026-11-22T10:00"))
    result = run(late, "calendar")
    assert "2027 are not known" in result.stderr
    shown = run_json(late, "calendar", "--day", "2027-02-08")
    assert shown["days"][0]["known"] is False
    assert shown["known_until"] == "2026-12-31"
    assert "its public holidays are not known" in run(late, "calendar", "--year", "2027").stdout


def test_a1_the_site_list_shows(tmp_path: Path) -> None:
    site = an_instance(
        tmp_path,
        at("2026-12-30T10:00"),
        """
        [calendar]
        closed = [2026-12-31]
        open = [2027-01-02]
        covered_years = [2027]
        [hours]
        sat = ["20:00-24:00"]
    """,
    )
    shown = run_json(site, "calendar", "--next", "4")
    kinds = [(day["kind"], day["hours"]) for day in shown["days"]]
    assert kinds[1] == ("site_closed", [])
    assert kinds[3] == ("site_open", ["20:00-24:00"])
    assert shown["warning"] is None


@pytest.mark.parametrize(
    "arguments", [("--year", "2026", "--day", "2026-10-01"), ("--day", "someday"), ("--next", "0"), ("--year", "1800")]
)
def test_wrong_options_are_said(hotline: Hotline, arguments: tuple[str, ...]) -> None:
    result = run(hotline, "calendar", *arguments)
    assert result.exit_code == 2
    assert "Error" in result.stderr
