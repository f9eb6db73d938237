"""Keys that stand elsewhere now: a site's file of before goes on working."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.settings import Home, Settings, SettingsError, load_settings
from hotline.settings.moved import GONE, MOVED
from hotline.web.kit.refusals.registry import say

OLD = """
[console]
answer_seconds = 25
answer_rings = 4
goodbye_seconds = 6
warn_minutes = [4, 8]
wrap_up_seconds = 30
[hold]
reminder_seconds = 45
"""


def load(tmp_path: Path, site: str, **environment: str) -> Settings:
    home = Home(tmp_path)
    home.settings_file.write_text(site, "utf-8")
    return load_settings(home, environment)


def problems(tmp_path: Path, site: str, **environment: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, site, **environment)
    return [f"{problem.key}: {say(problem.expected, str)}" for problem in caught.value.problems]


def test_a8_a10_a13_c3_a_file_of_before_says_what_it_said(tmp_path: Path) -> None:
    settings = load(tmp_path, OLD)
    rules = settings.rules.rules()
    assert (rules.answered.most_seconds, rules.answered.most_rings) == (25, 4)
    assert (rules.hang_up_first.wait_seconds, rules.hold_prompt.every_seconds) == (6, 45)
    assert (rules.length.warn_minutes, rules.length.longest_minutes) == ((4, 8), 8)
    assert settings.console.wrap_up_seconds == 30


def test_so_do_variables(tmp_path: Path) -> None:
    settings = load(tmp_path, "", HOTLINE_CONSOLE__ANSWER_SECONDS="25", HOTLINE_HOLD__REMINDER_SECONDS="45")
    assert settings.rules.rules().answered.most_seconds == 25
    assert settings.rules.rules().hold_prompt.every_seconds == 45


def test_both_keys_may_stand_there_with_one_value_and_not_with_two(tmp_path: Path) -> None:
    both = "[console]\nanswer_seconds = 25\n[rules.answered]\nmost_seconds = {}\n"
    assert load(tmp_path, both.format(25)).rules.rules().answered.most_seconds == 25
    [told] = problems(tmp_path, both.format(30))
    assert told == (
        "console.answer_seconds: It stands at rules.answered.most_seconds now, where another value is set: "
        "remove one of the two."
    )


def test_what_has_gone_is_told_with_what_says_it_instead(tmp_path: Path) -> None:
    said = ["rules.length.longest_minutes: There is no such key any more: rules.length.warn_minutes says it."]
    assert problems(tmp_path, "[rules.length]\nlongest_minutes = 12\n") == said
    assert problems(tmp_path, "", HOTLINE_RULES__LENGTH__LONGEST_MINUTES="12") == said


@pytest.mark.parametrize("site", ["hold = 5\n", "rules = 5\n[console]\nanswer_seconds = 25\n", "[hold]\nother = 1\n"])
def test_a_section_that_is_wrong_is_refused_as_any(tmp_path: Path, site: str) -> None:
    assert problems(tmp_path, site)


def test_no_key_that_moved_is_a_key_still() -> None:
    for old in (*MOVED, *GONE):
        section = Settings.model_fields.get(old[0])
        below = section.annotation if section else None
        for name in old[1:]:
            fields = getattr(below, "model_fields", {})
            below = fields[name].annotation if name in fields else None
        assert below is None, old


def test_a10_with_no_minutes_a_call_may_last_as_long_as_it_takes(tmp_path: Path) -> None:
    assert load(tmp_path, "[rules.length]\nwarn_minutes = []\n").rules.rules().length.longest_minutes is None
    assert problems(tmp_path, "[rules.length]\nwarn_minutes = [8, 4]\n")
