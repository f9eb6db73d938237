"""Score forms, draws and spreads."""

from __future__ import annotations

import dataclasses
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.examination.sample import Examiner, Plan, SampleCandidate, Why, assign, draw, may_examine
from hotline.domain.examination.score import (
    ItemKind,
    ScoreForm,
    ScoreItem,
    automatic_points,
    missing_points,
    passed,
    problems,
    refused_points,
    score,
)
from hotline.domain.examination.spread import spread, spread_by_item
from hotline.domain.quality import Finding
from hotline.domain.reasons import because

OPENING = ScoreItem("opening", "开场白", 10, ItemKind.AUTOMATIC, "C1", ("opening",), 10)
FORBIDDEN = ScoreItem("forbidden", "禁语", 30, ItemKind.AUTOMATIC, "C4", ("forbidden",), 15, fatal=True)
CARE = ScoreItem("care", "服务态度", 40, ItemKind.MANUAL)
FORM = ScoreForm("标准", 1, (OPENING, FORBIDDEN, CARE), 80)
START = datetime(2026, 11, 16, 2, tzinfo=UTC)


def finding(kind: str, breach: bool, counts: bool = True) -> Finding:
    return Finding("C4", kind, breach, counts)


def test_a_breach_costs_its_deduction_and_never_more_than_the_weight() -> None:
    points = automatic_points(FORM, [finding("opening", True)] + [finding("forbidden", True)] * 3)
    assert points == {"opening": 0.0, "forbidden": 0.0}
    assert automatic_points(FORM, [finding("opening", False), finding("forbidden", True)]) == {
        "opening": 10.0,
        "forbidden": 15.0,
    }


def test_what_was_not_measured_or_does_not_count_does_not_apply() -> None:
    assert automatic_points(FORM, [finding("opening", True, counts=False)]) == {"opening": None, "forbidden": None}


def test_the_score_is_out_of_a_hundred_of_what_applies() -> None:
    assert score(FORM, {"opening": 10, "forbidden": 30, "care": 20}) == 75.0
    assert score(FORM, {"opening": None, "care": 40}) == 100.0
    assert score(FORM, {"opening": None}) is None
    assert (passed(FORM, 80.0), passed(FORM, 79.9), passed(FORM, None)) == (True, False, None)


def test_a_fatal_item_without_points_makes_it_nothing() -> None:
    assert score(FORM, {"opening": 10, "forbidden": 0, "care": 40}) == 0.0


def test_wrong_points_are_refused_by_name() -> None:
    assert refused_points(FORM, {"care": 41}) == [because("examination.points", item="服务态度", most=40, points=41)]
    assert refused_points(FORM, {"care": -1, "other": 1})[0] == because("examination.no_item", item="other")
    assert refused_points(FORM, {"care": None, "opening": 10}) == []
    assert missing_points(FORM, {"opening": 10}) == ["care"]
    assert missing_points(FORM, {"care": None}) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"items": ()}, "quality.no_items"),
        ({"items": (CARE, CARE)}, "quality.item_ids"),
        ({"pass_line": 101}, "quality.pass_line"),
        ({"items": (dataclasses.replace(CARE, weight=0),)}, "quality.item_weight"),
        ({"items": (dataclasses.replace(OPENING, kinds=()),)}, "quality.item_automatic"),
        ({"items": (dataclasses.replace(CARE, name=" "),)}, "quality.item_name"),
    ],
)
def test_a_form_that_cannot_be_used_says_why(change: dict, said: str) -> None:
    assert problems(FORM) == []
    assert any(said == problem.code for problem in problems(dataclasses.replace(FORM, **change)))


@given(points=st.dictionaries(st.sampled_from(["opening", "forbidden", "care"]), st.none() | st.floats(0, 10)))
def test_a_score_lies_between_nothing_and_a_hundred(points: dict) -> None:
    reached = score(FORM, points)
    assert reached is None or 0 <= reached <= 100


# ---- draws
def candidates(count: int, operators: int = 3) -> list[SampleCandidate]:
    return [
        SampleCandidate(
            "n", f"{i:04d}", f"100{i % operators}", START + timedelta(minutes=i), 30.0 + i, i % 10 == 0, 50.0 + i
        )
        for i in range(count)
    ]


def test_e6_the_same_seed_draws_the_same_calls_in_whatever_order_they_come() -> None:
    plan = Plan(2, True, 55.0)
    mixed = candidates(60)
    random.Random(1).shuffle(mixed)
    assert draw(mixed, plan, "2026-W47:7f") == draw(candidates(60), plan, "2026-W47:7f")
    assert draw(mixed, plan, "2026-W47:80") != draw(candidates(60), plan, "2026-W47:7f")


@given(count=st.integers(0, 60), per_operator=st.integers(0, 5), seed=st.text(max_size=8), low=st.floats(0, 100))
def test_all_complaints_and_low_scores_and_so_many_of_each_operator_are_drawn(
    count: int, per_operator: int, seed: str, low: float
) -> None:
    every = candidates(count)
    drawn = draw(every, Plan(per_operator, True, low), seed)
    keys = [d.candidate.key for d in drawn]
    assert len(keys) == len(set(keys))
    assert {c.key for c in every if c.complaint or (c.score or 0) < low} <= set(keys)
    for extension in {c.extension for c in every}:
        left = sum(c.extension == extension and not c.complaint and (c.score or 0) >= low for c in every)
        picked = sum(d.why is Why.SAMPLE and d.candidate.extension == extension for d in drawn)
        assert picked == min(per_operator, left)


def test_short_talks_are_drawn_only_as_complaints() -> None:
    drawn = draw(candidates(30), Plan(9, True, None, least_seconds=45), "s")
    assert {d.why for d in drawn if d.candidate.talk_seconds < 45} == {Why.COMPLAINT}


def test_f5_and_e5_nobody_examines_their_own_call_or_a_case_they_handled() -> None:
    call = dataclasses.replace(candidates(1)[0], extension="1001", handlers=frozenset({"li"}))
    assert not may_examine(Examiner("zhao", "1001"), call)
    assert not may_examine(Examiner("li"), call)
    assert may_examine(Examiner("qian", "1002"), call) and may_examine(Examiner("sun"), call)


def test_the_work_is_shared_out_evenly_and_what_nobody_may_do_is_left() -> None:
    drawn = draw(candidates(12, 1), Plan(12, False, None), "s")
    given_to = [name for _d, name in assign(drawn, [Examiner("a"), Examiner("b"), Examiner("c")], {"a": 4})]
    assert sorted(given_to.count(name) for name in "abc") == [2, 5, 5] and given_to.count("a") == 2
    assert [name for _d, name in assign(drawn[:1], [Examiner("x", "1000")], {})] == [None]


# ---- calibration
def test_the_spread_of_several_examiners() -> None:
    found = spread_by_item({"a": {"care": 30, "opening": None}, "b": {"care": 40}, "c": {"care": 35}})
    assert set(found) == {"care"}
    assert (found["care"].mean, found["care"].range, found["care"].examiners) == (35.0, 10, 3)
    assert spread([]) is None
