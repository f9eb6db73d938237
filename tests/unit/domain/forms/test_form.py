"""Whose a call's record is, when it is due (B2), and what it lacks (B3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.domain.forms.form import CallForm, Origin, may_correct, missing_fields, owner_of
from hotline.domain.numbers import Number
from tests.support import sample_calls as sample
from tests.support.instance import at

WORKDAY = (Hours(time(9), time(12)), Hours(time(13), time(17, 30)))
CALENDAR = WorkCalendar((WORKDAY,) * 5 + ((), ()), WORKDAY)
NOON = time(12)
NOW = at("2026-11-16 10:30:00")


def test_b1_the_operator_who_talks_last_keeps_the_record() -> None:
    assert owner_of(sample.answered_call()) == sample.ZHAO
    assert owner_of(sample.duty_call()) == sample.DUTY
    assert owner_of(sample.abandoned_call()) is None
    assert owner_of(replace(sample.answered_call(), talks=())) == sample.QIAN, "a call folded before talks were kept"


def a_form(**changes: object) -> CallForm:
    form = CallForm("node1", "1", "main", Number("+8613800138000"), NOW, Origin.OPERATOR, "1001", "赵敏", NOW, NOW, "")
    return replace(form, **changes)  # type: ignore[arg-type]


def test_b3_what_is_missing_is_told_by_field() -> None:
    assert missing_fields(a_form(), ("content", "solved"), ("product",)) == [
        "category",
        "content",
        "solved",
        "fields.product",
    ]
    written = a_form(category="x", content=" \n", solved=False, fields={"product": " "})
    assert missing_fields(written, ("content", "solved"), ("product",)) == ["content", "fields.product"]


def test_b6_a_promise_needs_its_words_and_its_time() -> None:
    assert missing_fields(a_form(category="x", promise="回电"), (), ()) == ["promise_due_at"]
    assert missing_fields(a_form(category="x", promise_due_at=NOW), (), ()) == ["promise"]
    assert missing_fields(a_form(category="x", promise="回电", promise_due_at=NOW), (), ()) == []


def test_a_done_form_may_be_corrected_until_midnight_in_shanghai() -> None:
    done = a_form(done_at=at("2026-11-16 23:50:00"))
    assert may_correct(done, at("2026-11-16 23:59:59"))
    assert not may_correct(done, at("2026-11-17 00:00:00"))
    assert not may_correct(a_form(), NOW)
