"""`hotline blocklist` (A15)."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.line.routing import Arrival, RouteKind
from hotline.domain.numbers import Number
from hotline.services.line.routing import decide
from tests.support.instance import an_instance, at, clock_of, run, run_json

CALLER = Arrival("main", Number("+8613900000001"))
SITE = """
[duty]
always = [{ person = "张三", number = "13800000000" }]
"""


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, at("2026-09-16T10:00"), SITE)


def kind(hotline: Hotline) -> RouteKind:
    return decide(hotline.storage, hotline.settings, CALLER, hotline.clock()).kind


def test_a15_a_blocked_caller_is_turned_away_until_lifted(hotline: Hotline) -> None:
    added = run_json(hotline, "blocklist", "add", "139 0000 0001", "--reason", "骚扰", "--by", "王主管")
    assert added == {
        "number": "+8613900000001",
        "reason": "骚扰",
        "by": "王主管",
        "since": "2026-09-16T02:00:00Z",
        "until": None,
    }
    assert kind(hotline) is RouteKind.BLOCKED
    assert "+8613900000001 is let through again" in run(hotline, "blocklist", "remove", "13900000001").stdout
    assert kind(hotline) is RouteKind.MENU
    assert run_json(hotline, "blocklist", "list") == []


def test_a15_a_block_expires(hotline: Hotline) -> None:
    run_json(hotline, "blocklist", "add", "13900000001", "--reason", "骚扰", "--until", "+1h")
    assert kind(hotline) is RouteKind.BLOCKED
    clock_of(hotline).advance(hours=1)
    assert kind(hotline) is RouteKind.MENU
    assert run_json(hotline, "blocklist", "list") == []


def test_a15_blocking_again_replaces_reason_and_expiry(hotline: Hotline) -> None:
    run_json(hotline, "blocklist", "add", "13900000001", "--reason", "骚扰")
    run_json(hotline, "blocklist", "add", "+8613900000001", "--reason", "推销", "--until", "+1h")
    [entry] = run_json(hotline, "blocklist", "list")
    assert (entry["reason"], entry["until"]) == ("推销", "2026-09-16T03:00:00Z")


def test_a15_the_list_shows_number_region_and_reason_as_written(hotline: Hotline) -> None:
    run_json(hotline, "blocklist", "add", "13800138000", "--reason", "骚扰 [bold]x[/bold]")
    text = run(hotline, "blocklist", "list").stdout
    assert "13800138000" in text
    assert "北京市" in text
    assert "[bold]x[/bold]" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("anonymous", "--reason", "骚扰"), "A telephone number like"),
        (("88886666", "--reason", "骚扰"), "A telephone number like"),
        (("1" * 300, "--reason", "骚扰"), "A telephone number like"),
        (("4001234567", "--reason", "骚扰"), "one of our own numbers"),
        (("13800000000", "--reason", "骚扰"), "one of our own numbers"),
        (("13900000001", "--reason", "  "), "reason: Please give a reason."),
        (("13900000001", "--reason", "骚扰", "--until", "2026-01-01"), "expires_at: The expiry must lie ahead"),
        (("13900000001", "--reason", "骚扰", "--until", "never"), "was expected, not “never”."),
    ],
)
def test_a15_what_makes_no_sense_is_refused_in_clear_words(
    hotline: Hotline, arguments: tuple[str, ...], said: str
) -> None:
    result = run(hotline, "blocklist", "add", *arguments)
    assert result.exit_code != 0
    assert said in result.stderr
    assert run_json(hotline, "blocklist", "list") == []


def test_a15_lifting_a_number_that_is_not_blocked_is_said(hotline: Hotline) -> None:
    result = run(hotline, "blocklist", "remove", "13900000001")
    assert result.exit_code == 1
    assert "is not blocked" in result.stderr
