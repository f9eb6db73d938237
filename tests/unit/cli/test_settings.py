"""`hotline settings`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from tests.support.instance import an_instance, at, run, run_json

WAIT = "rules.hang_up_first.wait_seconds"


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, at("2026-09-16T10:00"), '[trunk]\nhost = "127.0.0.3"\n')


def test_each_value_is_shown_with_its_source(hotline: Hotline) -> None:
    run(hotline, "settings", "set", WAIT, "9", "--reason", "试行")
    sources = {each["key"]: (each["value"], each["source"]) for each in run_json(hotline, "settings", "list")}
    assert sources["trunk.host"] == ("127.0.0.3", str(hotline.home.settings_file))
    assert sources[WAIT] == ("9", "database")
    assert sources["trunk.port"][1].endswith("config/hotline.toml")


def test_a_secret_is_not_shown(hotline: Hotline) -> None:
    run(hotline, "settings", "set", "notices.urls", "wecombotkey://token")
    assert hotline.settings.notices.urls == ("wecombotkey://token",)
    for words in (("list",), ("show", "notices.urls"), ("history", "notices.urls")):
        assert "token" not in run(hotline, "settings", *words).stdout


def test_a_change_is_decided_planned_and_taken_back_to_the_file(hotline: Hotline) -> None:
    assert run(hotline, "settings", "set", WAIT, "9").exit_code == 0
    assert run(hotline, "settings", "set", WAIT, "7", "--from", "tomorrow 09:00").exit_code == 0
    seen = run_json(hotline, "settings", "show", WAIT)
    assert (seen["value"], seen["files_say"], seen["next"]["value"], seen["takes"]) == ("9", 5, 7, "nothing")
    run(hotline, "settings", "set", WAIT, "--as-file")
    acts = [change["act"] for change in run_json(hotline, "settings", "history", WAIT)]
    assert acts == ["as_file", "set", "set"]
    assert hotline.settings.rules.hang_up_first.wait_seconds == 5


def test_an_entry_is_added_and_taken_away(hotline: Hotline) -> None:
    run(hotline, "settings", "set", "operators.1009", '{"name": "孙丽"}')
    assert hotline.settings.operators["1009"].name == "孙丽"
    run(hotline, "settings", "set", "operators.1009", "--remove")
    assert hotline.settings.operators == {}


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        (WAIT, "100", "60"),
        (WAIT, "soon", "whole number"),
        ("no.such", "1", "no.such"),
        ("listen.http_port", "8500", "site's file"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_key(hotline: Hotline, key: str, value: str, words: str) -> None:
    refused = run(hotline, "settings", "set", key, value)
    assert refused.exit_code == 1
    assert key in refused.stderr
    assert words in refused.stderr
