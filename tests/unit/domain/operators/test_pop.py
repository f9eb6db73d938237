"""B8: a second call about the same; and what of an earlier record fits a line."""

from __future__ import annotations

from datetime import UTC, datetime

from hotline.domain.operators.pop import SHORT, EarlierForm, Repeated, last_operator, repeated, shortened
from tests.support.sample_calls import answered_call, bare_call, duty_call


def form(day: int, category: str) -> EarlierForm:
    return EarlierForm(day, "node1", f"x.{day}", at(day), category)


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=UTC)


def test_calls_about_the_same_are_counted() -> None:
    forms = [form(15, "service"), form(14, "complaint"), form(12, "service"), form(11, "")]
    assert repeated(forms, ()) == Repeated("service", 2, at(15))


def test_what_the_caller_chose_in_the_menu_goes_before_the_latest() -> None:
    forms = [form(15, "service"), form(14, "complaint")]
    assert repeated(forms, ["complaint", "other"]) == Repeated("complaint", 1, at(14))
    assert repeated(forms, ["purchase"]) == Repeated("service", 1, at(15))


def test_calls_without_a_category_are_no_repeat() -> None:
    assert repeated([], ()) is None
    assert repeated([form(15, "")], ()) is None


def test_a_promise_is_open_until_it_is_kept() -> None:
    """B6"""
    promised = EarlierForm(1, "n", "x", at(10), "", "回电", at(12))
    kept = EarlierForm(1, "n", "x", at(10), "", "回电", at(12), at(11))
    assert promised.promise_is_open and not kept.promise_is_open and not form(10, "x").promise_is_open


def test_who_had_the_caller_last_is_who_took_them_over() -> None:
    """B7"""
    assert last_operator(answered_call()) == "1001"
    assert last_operator(duty_call()) == "" and last_operator(bare_call()) == ""


def test_long_and_hostile_text_fits_a_line() -> None:
    assert shortened("a\n\tb  c") == "a b c"
    assert len(shortened("好" * 10_000)) == SHORT and shortened("好" * 10_000).endswith("…")
    assert shortened("<script>alert(1)</script>") == "<script>alert(1)</script>"
