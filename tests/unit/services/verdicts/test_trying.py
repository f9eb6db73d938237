"""A draft is tried on a time that is over: what other figures would have made of it, and nothing is written."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.errors import Forbidden, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.quality import Finding
from hotline.domain.verdicts.tally import Window
from hotline.domain.verdicts.verdict import Judgement, WhyJudged
from hotline.services.settings.settings import WrongSettings
from hotline.services.verdicts.trying import Tried, concerned_rules, try_draft
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, clock_of
from tests.support.judged import FINE, a_measured_call, all_time, judged, verdicts
from tests.support.sample_calls import MONDAY_TEN, answered_call

NOW = MONDAY_TEN + timedelta(hours=1)
ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
WINDOW = Window(MONDAY_TEN - timedelta(days=1), MONDAY_TEN + timedelta(days=9))


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    """Talks in which ours and the caller's speech overlap for 1, 2 and 3 seconds."""
    hotline = an_instance(tmp_path, NOW, "", storage)
    for seconds in (1.0, 2.0, 3.0):
        found = [each for each in FINE if each.rule != "C7"]
        over = Finding("C7", "talking_over", False, True, seconds, 3.0, 20.0, 20.0 + seconds, 1.0)
        at = MONDAY_TEN + timedelta(days=seconds)
        a_measured_call(hotline, [*found, over], answered_call(f"node1-{seconds}", at))
    clock_of(hotline).advance(days=5)
    judged(hotline)
    return hotline


def tried(hotline: Hotline, changes: Mapping[str, Any], actor: Actor = ADMIN) -> Tried:
    return try_draft(hotline.in_force, actor, changes, WINDOW, hotline.clock())


def test_c7_the_measured_value_decides_under_another_limit(hotline: Hotline) -> None:
    before = verdicts(hotline.storage, standing=False)
    found = tried(hotline, {"rules.talking_over.most_seconds": 1.5}).rules
    c7 = found["C7"]
    assert set(found) == {"C7"}
    assert (c7.applied, c7.kept_before, c7.kept_after, c7.changed) == (3, 3, 1, 2)
    assert {(each.after.judgement, each.after.limit) for each in c7.changes if each.after} == {(Judgement.BROKEN, 1.5)}
    assert verdicts(hotline.storage, standing=False) == before


def test_c7_what_the_measured_value_does_not_decide_is_not_judged(hotline: Hotline) -> None:
    c7 = tried(hotline, {"rules.talking_over.shortest_seconds": 0.1}).rules["C7"]
    assert (c7.kept_before, c7.kept_after, c7.not_judged_after) == (3, 0, 3)
    assert {each.after.why for each in c7.changes if each.after} == {WhyJudged.MATERIAL_GONE}


def test_c1_without_its_transcript_nothing_can_be_heard_anew(hotline: Hotline) -> None:
    c1 = tried(hotline, {"rules.opening.phrases": ["早上好"]}).rules["C1"]
    assert (c1.kept_before, c1.not_judged_after) == (3, 3)


def test_a_rule_switched_off_is_asked_of_nothing(hotline: Hotline) -> None:
    c5 = tried(hotline, {"rules.speech_rate.enabled": False}).rules["C5"]
    assert (c5.applied, c5.applied_after, c5.changed) == (3, 0, 3)
    assert all(each.after is None for each in c5.changes)


def test_a8_the_ledger_is_judged_by_the_draft(hotline: Hotline) -> None:
    draft = {"rules.answered.most_seconds": 100, "rules.answered.most_rings": 20}
    a8 = tried(hotline, draft).rules["A8"]
    assert (a8.applied, a8.kept_before, a8.kept_after) == (3, 0, 3)


def test_a8_first_words_are_judged_by_what_was_measured(hotline: Hotline) -> None:
    quick = dataclasses.replace(answered_call("node1-4", MONDAY_TEN + timedelta(days=4)), wait_seconds=5.0, rings=())
    said = Finding("A8", "first_words", False, True, 12.0, 30, 5.0, 17.0, 1.0)
    a_measured_call(hotline, [*FINE, said], quick)
    judged(hotline)
    a8 = tried(hotline, {"rules.answered.first_words_seconds": 10}).rules["A8"]
    assert (a8.applied, a8.kept_before, a8.kept_after, a8.changed) == (4, 1, 0, 1)


def test_what_concerns_all_that_is_heard_concerns_all_its_rules() -> None:
    assert {"C1", "C14", "Q1"} <= concerned_rules(["rules.least_confidence"])
    assert concerned_rules(["callbacks.due_minutes"]) == {"A9"}
    assert concerned_rules(["site.company"]) == frozenset()


def test_hostile_drafts_are_refused_as_deciding_on_them_is(hotline: Hotline) -> None:
    for changes in ({"rules.talking_over.most_seconds": "x"}, {"database.url": "sqlite://"}, {"no.such": 1}):
        with pytest.raises(WrongSettings):
            tried(hotline, changes)
    with pytest.raises(Refused):
        tried(hotline, {})
    with pytest.raises(Refused):
        try_draft(hotline.in_force, ADMIN, {"rules.silence.most_seconds": 9}, all_time(NOW), NOW)
    with pytest.raises(Forbidden):
        tried(hotline, {"rules.silence.most_seconds": 9}, Actor("zhao", (Role.OPERATOR,), "赵敏"))
