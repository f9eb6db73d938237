"""When text messages may go, what fits a template, and what a reply means."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from hotline.domain.sms.message import is_night, means_stop, next_try, once_key, text_of, wrong_parameters
from tests.support.instance import at

NINE, EIGHT = time(21), time(8)
NOW = at("2026-11-16 10:00:00")


@pytest.mark.parametrize(
    ("moment", "night"),
    [("20:59:59", False), ("21:00:00", True), ("00:00:00", True), ("07:59:59", True), ("08:00:00", False)],
)
def test_the_night_goes_over_midnight(moment: str, night: bool) -> None:
    assert is_night(at(f"2026-11-16 {moment}"), NINE, EIGHT) is night


def test_a_night_within_a_day_and_none_at_all() -> None:
    assert is_night(at("2026-11-16 13:00:00"), time(12), time(14))
    assert not is_night(at("2026-11-16 14:00:00"), time(12), time(14))
    assert not is_night(NOW, EIGHT, EIGHT)


def test_it_is_tried_again_later_and_later_and_not_for_ever() -> None:
    waits = [next_try(attempts, 5, NOW, NOW) for attempts in (1, 2, 3, 4)]
    assert [(each - NOW).total_seconds() / 60 for each in waits if each] == [1, 5, 15, 60]
    assert next_try(5, 5, NOW, NOW) is None
    assert next_try(1, 5, NOW - timedelta(hours=24), NOW) is None


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"number": "20261116-001"}, ""),
        ({}, "missing"),
        ({"number": "1", "more": "2"}, "unknown"),
        ({"number": ""}, "text"),
        ({"number": "x" * 65}, "text"),
        ({"number": "a\nb"}, "text"),
        ({"number": "a\u202eb"}, "text"),
    ],
)
def test_parameters_must_fit(given: dict[str, str], wrong: str) -> None:
    assert wrong_parameters(("number",), given) == wrong


def test_a_parameter_is_never_taken_for_a_name_in_braces() -> None:
    assert text_of("{a} {b}", {"a": "{b}", "b": "x"}) == "{b} x"


@pytest.mark.parametrize("reply", ["TD", "td ", "回T", "T", "ＴＤ", "退订", "回复TD。", "N", "R"])
def test_replies_that_mean_stop(reply: str) -> None:
    assert means_stop(reply)


@pytest.mark.parametrize("reply", ["", "谢谢", "TDK", "不要退订", "好的 T 恤"])
def test_replies_that_do_not(reply: str) -> None:
    assert not means_stop(reply)


def test_the_same_words_about_the_same_object_are_one_message() -> None:
    def key(number: str = "+8613800138000", object: str = "case:1", **parameters: str) -> str:
        return once_key(number, "done", parameters, "case", object)

    assert key(a="1", b="2") == key(b="2", a="1")
    assert len({key(a="1"), key(a="2"), key(object="case:2", a="1"), key("+8613800138001", a="1")}) == 4
