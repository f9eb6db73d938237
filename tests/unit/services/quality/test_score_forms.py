"""The form that calls are scored by, its versions, and the score on every measured call."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.examination.score import FULL, ItemKind, ScoreItem, problems
from hotline.domain.people import Actor, Role
from hotline.domain.quality import Finding
from hotline.services.quality import score_forms
from hotline.storage.engine import make_engine
from hotline.storage.quality.findings import FindingStore
from hotline.storage.transaction import Storage
from tests.support.examination import keep_call, measure
from tests.support.instance import an_instance
from tests.support.sample_calls import MONDAY_TEN

EXAMINER = Actor("sun", (Role.EXAMINER,), "孙")
OPERATOR = Actor("zhao", (Role.OPERATOR,), "赵", extension="1001")
ITEM = ScoreItem("all", "全部", 100, ItemKind.MANUAL)


@pytest.fixture
def hotline(tmp_path: Path, database: str) -> Hotline:
    return dataclasses.replace(an_instance(tmp_path, MONDAY_TEN), storage=Storage(make_engine(database)))


def test_the_default_form_makes_a_hundred_and_can_be_used() -> None:
    form = score_forms.default_form()
    assert problems(form) == [] and sum(item.weight for item in form.items) == FULL
    automatic = {item.rule for item in form.items if item.kind is ItemKind.AUTOMATIC}
    assert automatic == {"C1", "C2", "C3", "C4", "C5", "C6", "C7", "C12", "C13", "A8", "A13"}
    assert {item.rule for item in form.items if item.kind is ItemKind.MANUAL} == {"", "C11", "B3", "B9"}


def test_the_default_form_is_loaded_once_and_every_measured_call_has_a_score_by_it(hotline: Hotline) -> None:
    for linkedid in ("a", "b"):
        measure(hotline, keep_call(hotline, linkedid))
    [kept] = score_forms.list_forms(hotline.storage, hotline.settings, MONDAY_TEN)
    assert (kept.form.name, kept.form.version, kept.form.active, kept.used) == ("通话质检评分表", 1, True, True)
    with hotline.storage.reading() as tx:
        scored = FindingStore(tx).score("node1", "a")
    assert scored is not None and scored.score_form_id == kept.form.id
    # A8 alone is known of the operator whose call it is: the caller waited too long, 3 of 6 points.
    assert scored.score == 50.0


def test_forbidden_words_that_were_looked_for_and_not_said_give_all_points(hotline: Hotline) -> None:
    form = score_forms.default_form()
    points = score_forms.call_points(form, [], {"transcribed": True}, hotline.settings)
    assert (points["forbidden"], points["opening"]) == (12, None)
    assert score_forms.call_points(form, [], {"transcribed": False}, hotline.settings)["forbidden"] is None
    unsure = [Finding("C4", "forbidden", True, False)]
    assert score_forms.call_points(form, unsure, {"transcribed": True}, hotline.settings)["forbidden"] is None


def test_a_new_version_takes_over_and_the_old_one_stays_as_it_was(hotline: Hotline) -> None:
    measure(hotline, keep_call(hotline, "a"))
    [before] = score_forms.list_forms(hotline.storage, hotline.settings, MONDAY_TEN)
    made = score_forms.add_version(hotline.storage, before.form.name, [ITEM], 60, True, EXAMINER, MONDAY_TEN)
    second, first = score_forms.list_forms(hotline.storage, hotline.settings, MONDAY_TEN)
    assert (made.version, second.form, second.used) == (2, made, False)
    assert first.form == dataclasses.replace(before.form, active=False)
    with hotline.storage.reading() as tx:
        scored = FindingStore(tx).score("node1", "a")
        assert scored is not None and scored.score_form_id == before.form.id
    assert before.form.id is not None
    score_forms.activate(hotline.storage, before.form.id, EXAMINER, MONDAY_TEN)
    kept = score_forms.list_forms(hotline.storage, hotline.settings, MONDAY_TEN)
    assert [each.form.active for each in kept] == [False, True]


def test_without_the_settings_form_calls_are_measured_and_have_no_score(hotline: Hotline) -> None:
    score_forms.add_version(hotline.storage, "另一张表", [ITEM], 60, True, EXAMINER, MONDAY_TEN)
    measure(hotline, keep_call(hotline, "a"))
    with hotline.storage.reading() as tx:
        scored = FindingStore(tx).score("node1", "a")
    assert scored is not None and (scored.score, scored.score_form_id) == (None, None)


@pytest.mark.parametrize(
    ("name", "items", "said"),
    [
        ("表", [dataclasses.replace(ITEM, weight=99)], "quality.weights full=100"),
        (" \x00 ", [ITEM], "quality.form_name"),
        ("表", [], "quality.no_items"),
        ("表", [dataclasses.replace(ITEM, name="\x07")], "quality.item_name"),
        (
            "表",
            [dataclasses.replace(ITEM, id=str(n), weight=100 / 61) for n in range(61)],
            "quality.too_many_items most=60",
        ),
    ],
)
def test_a_form_that_cannot_be_used_is_refused_in_words(
    hotline: Hotline, name: str, items: list[ScoreItem], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        score_forms.add_version(hotline.storage, name, items, 60, True, EXAMINER, MONDAY_TEN)


def test_operators_make_no_forms_and_what_is_not_there_is_not_found(hotline: Hotline) -> None:
    with pytest.raises(Forbidden):
        score_forms.add_version(hotline.storage, "表", [ITEM], 60, True, OPERATOR, MONDAY_TEN)
    with pytest.raises(Forbidden):
        score_forms.activate(hotline.storage, 1, OPERATOR, MONDAY_TEN)
    with pytest.raises(NotFound):
        score_forms.activate(hotline.storage, 99, EXAMINER, MONDAY_TEN)
