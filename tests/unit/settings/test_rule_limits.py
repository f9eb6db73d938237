"""Below which kept rate a rule is yellow or red, and which are switched off: read, and refused with file, key and
expectation."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from hotline.domain.rules.limits import Limits, Mark
from hotline.domain.rules.registry import RULES
from hotline.settings import Home, Settings, SettingsError, load_settings
from hotline.settings.rule_limits import limits_of
from hotline.web.kit.refusals.registry import say

BOTH = "A rule is switched off with a reason (off) and a day (off_since), both of them."


def load(folder: Path, site: str) -> Settings:
    home = Home(folder)
    home.settings_file.write_text(site, "utf-8")
    return load_settings(home, {})


def problems(folder: Path, site: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(folder, site)
    return [
        f"{each.place}: {say(each.expected, str)}".replace(f"{folder}{os.sep}", "") for each in caught.value.problems
    ]


def test_every_rule_has_limits_and_holds_by_default(tmp_path: Path) -> None:
    settings = load(tmp_path, "")
    assert {limits_of(settings.rule_limits, rule) for rule in RULES} == {Limits(95, 90)}


def test_one_rule_has_its_own_key_by_key(tmp_path: Path) -> None:
    settings = load(tmp_path, '[rule_limits.A8]\nyellow = 98\n[rule_limits.C5]\noff = "试点"\noff_since = 2026-12-01\n')
    assert limits_of(settings.rule_limits, "A8") == Limits(98, 90)
    assert limits_of(settings.rule_limits, "C5") == Limits(95, 90, "试点", date(2026, 12, 1))
    assert limits_of(settings.rule_limits, "C6") == Limits(95, 90)


def test_all_rules_are_moved_together(tmp_path: Path) -> None:
    settings = load(tmp_path, "[rule_limits.all]\nyellow = 99.5\n[rule_limits.A8]\nred = 80\n")
    assert limits_of(settings.rule_limits, "A8") == Limits(99.5, 80)


@pytest.mark.parametrize(
    ("site", "said"),
    [
        ("[rule_limits.A8]\nred = 96\n", "hotline.toml: rule_limits.A8.red: red (96) must not be above yellow (95)."),
        (
            "[rule_limits.A8]\nyellow = 80\n",
            "hotline.toml: rule_limits.A8.yellow: red (90) must not be above yellow (80).",
        ),
        (
            "[rule_limits.X9]\nred = 80\n",
            "hotline.toml: rule_limits.X9: The id of a rule, such as A8, was expected, not “X9”.",
        ),
        (
            "[rule_limits.A8]\ngreen = 80\n",
            "hotline.toml: rule_limits.A8.green: This key is not known; config/hotline.toml lists those that are.",
        ),
        ('[rule_limits.A8]\noff = "试点"\n', f"hotline.toml: rule_limits.A8.off_since: {BOTH}"),
        ("[rule_limits.A8]\noff_since = 2026-12-01\n", f"hotline.toml: rule_limits.A8.off: {BOTH}"),
        ('[rule_limits.A8]\noff = " "\noff_since = 2026-12-01\n', f"hotline.toml: rule_limits.A8.off: {BOTH}"),
        (
            '[rule_limits.all]\noff = "x"\noff_since = 2026-12-01\n',
            "hotline.toml: rule_limits.all.off: Rules are switched off one by one, not all of them.",
        ),
    ],
)
def test_what_does_not_fit_is_refused_by_file_key_and_expectation(tmp_path: Path, site: str, said: str) -> None:
    assert problems(tmp_path, site) == [said]


@pytest.mark.parametrize("value", ["101", "-1", '"95"', "true", "nan", "inf", "[]", "2026-12-01"])
def test_a_limit_is_a_share_of_a_hundred(tmp_path: Path, value: str) -> None:
    [said] = problems(tmp_path, f"[rule_limits.A8]\nyellow = {value}\n")
    assert said.startswith("hotline.toml: rule_limits.A8.yellow: ")


@pytest.mark.parametrize(
    ("kept", "applied", "mark"),
    [
        (0, 0, Mark.NONE),
        (100, 100, Mark.GREEN),
        (95, 100, Mark.GREEN),
        (9499, 10000, Mark.YELLOW),  # shown as 95.0 %, and below all the same
        (90, 100, Mark.YELLOW),
        (8999, 10000, Mark.RED),
        (0, 1, Mark.RED),
    ],
)
def test_the_mark_goes_by_the_counts(kept: int, applied: int, mark: Mark) -> None:
    assert Limits(95, 90).mark(kept, applied) is mark


def test_a_rule_is_off_from_its_day_on() -> None:
    limits = Limits(95, 90, "试点", date(2026, 12, 1))
    assert [limits.is_off(date(2026, 11, 30)), limits.is_off(date(2026, 12, 1))] == [False, True]
    assert not Limits(95, 90).is_off(date(2026, 12, 1))
