"""How the benchmark of calls finds what is sustained, and the site that it measures."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.settings import Home, load_settings
from scripts.benchmarks import _centre, _traffic, calls


@given(limit=st.integers(0, 80))
def test_the_highest_rate_that_holds_is_found_in_few_steps(limit: int) -> None:
    tried: list[int] = []

    def holds(rate: int) -> bool:
        tried.append(rate)
        return rate <= limit

    assert calls.highest(calls.RATES, holds) == max([rate for rate in calls.RATES if rate <= limit], default=0)
    assert len(tried) <= 5


def test_the_sites_settings_are_valid_and_its_queue_has_all_operators(tmp_path: Path) -> None:
    home = Home(tmp_path)
    menu = '[menus.main]\nprompt = "menu-main"\noperator_queue = "many"\n'
    home.settings_file.write_text(menu + _centre.settings_text(phones_port=5070), "utf-8")
    settings = load_settings(home, {})
    assert len(settings.queues["many"].members) == _centre.OPERATORS
    assert settings.operators["3001"].contact.endswith(":5070")


@pytest.mark.parametrize(("lines", "count"), [([], 0), (["1;7;"], 7), (["1;7;", "2;9;"], 9), (["1;7;", "2;"], 7)])
def test_the_last_whole_line_of_sipps_statistics_counts(tmp_path: Path, lines: list[str], count: int) -> None:
    file = tmp_path / "statistics.csv"
    file.write_text("\n".join(["StartTime;SuccessfulCall(C);", *lines]), "ascii")
    assert _traffic.succeeded(file) == count


def test_before_sipps_first_statistics_no_call_has_succeeded(tmp_path: Path) -> None:
    assert _traffic.succeeded(tmp_path / "none.csv") == 0
