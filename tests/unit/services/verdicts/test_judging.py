"""A rule is judged when its subject is complete; what is otherwise afterwards takes the old verdict's place."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.people import Actor, Role
from hotline.domain.verdicts.tally import TallyAxis
from hotline.domain.verdicts.verdict import Judgement, WhyJudged
from hotline.services.calls.ledger import record
from hotline.services.calls.verdicts import LedgerCalls
from hotline.services.settings.settings import change_settings
from hotline.services.verdicts.tallies import breaches, tallies
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, clock_of
from tests.support.judged import FINE, a_measured_call, all_time, judged, judgements, measure, verdicts, with_breach
from tests.support.our_people import somebody
from tests.support.sample_calls import MONDAY_TEN, answered_call

NOW = MONDAY_TEN + timedelta(hours=1)
ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, NOW, "", storage)


def test_c1_q1_each_rule_is_judged_once_its_call_was_measured(hotline: Hotline) -> None:
    _actor, zhao = somebody(hotline.storage, "zhao", "赵敏", NOW, extension="1002")
    a_measured_call(hotline)
    assert judged(hotline) > 0
    (greeted,) = verdicts(hotline.storage, "C1")
    assert (greeted.judgement, greeted.person_id, greeted.line) == (Judgement.KEPT, zhao, "main")
    assert judgements(hotline.storage, "Q1") == [Judgement.KEPT]  # nothing was found where it was listened to
    assert judgements(hotline.storage, "C6") == []  # nobody was put on hold
    assert judged(hotline) == 0


def test_c4_a_breach_has_its_second_and_quotes_nobody(hotline: Hotline) -> None:
    a_measured_call(hotline, with_breach("C4", "forbidden"))
    judged(hotline)
    with hotline.storage.reading() as tx:
        (found,), total = breaches(tx, all_time(NOW), "C4", 10)
    assert total == 1
    assert found.verdict.evidence == {"kind": "forbidden", "from": 12.0, "to": 15.5}
    assert "不" not in repr(found)


def test_c1_what_nobody_could_hear_is_not_judged_and_says_why(hotline: Hotline) -> None:
    a_measured_call(hotline, FINE[:2], heard=False)
    a_measured_call(hotline, with_breach("C14", "over_promising", counts=False), answered_call("node1-9.9"))
    judged(hotline)
    assert {(each.rule, each.why) for each in verdicts(hotline.storage) if each.judgement is Judgement.NOT_JUDGED} >= {
        ("C1", WhyJudged.NOT_TRANSCRIBED),
        ("Q1", WhyJudged.NO_SOUND),
        ("C14", WhyJudged.TO_BE_CHECKED),
    }


def test_a_late_transcript_takes_the_place_of_what_was_said_without_it(hotline: Hotline) -> None:
    call = a_measured_call(hotline, FINE[:2], heard=False)
    judged(hotline)
    clock_of(hotline).advance(hours=5)
    measure(hotline, call, with_breach("C4", "forbidden"))
    assert judged(hotline) > 0
    assert judgements(hotline.storage, "C4") == [Judgement.BROKEN]
    assert [each.judgement for each in verdicts(hotline.storage, "C4", standing=False)] == [
        Judgement.NOT_JUDGED,
        Judgement.BROKEN,
    ]
    with hotline.storage.reading() as tx:
        (tally,) = [each for each in tallies(tx, all_time(NOW)) if each.rule == "C4"]
    assert (tally.kept, tally.broken, tally.not_judged) == (0, 1, 0)


def test_a_call_of_which_nothing_was_measured_within_a_day_could_not_be_judged(hotline: Hotline) -> None:
    call = answered_call()
    a_measured_call(hotline, call=call)
    other = answered_call("node1-8.8")
    record(hotline.storage, other.node, [other], [], lambda _call: None, NOW)
    judged(hotline)
    assert judgements(hotline.storage, "C1") == [Judgement.KEPT]
    clock_of(hotline).advance(days=1)
    judged(hotline)
    assert sorted(judgements(hotline.storage, "C1")) == [Judgement.KEPT, Judgement.NOT_JUDGED]


def test_a_figure_changed_today_changes_no_verdict_of_yesterday(hotline: Hotline) -> None:
    call = a_measured_call(hotline, with_breach("C4", "forbidden"))
    clock_of(hotline).advance(days=1)
    judged(hotline)
    before = verdicts(hotline.storage)
    change_settings(hotline.in_force, ADMIN, {"rules.forbidden.enabled": False, "rules.silence.most_seconds": 1}, NOW)
    change_settings(hotline.in_force, ADMIN, {"rules.opening.within_seconds": 1}, NOW + timedelta(days=1))
    measure(hotline, call, with_breach("C4", "forbidden"))
    assert judged(hotline) == 0
    assert verdicts(hotline.storage) == before
    later = a_measured_call(hotline, FINE, answered_call("node1-7.7", NOW + timedelta(days=2)))
    assert later.started_at > NOW
    judged(hotline)
    assert len({each.version for each in verdicts(hotline.storage, "C1")}) == 2
    assert len(verdicts(hotline.storage, "C4")) == 1  # switched off by then


def test_tallies_go_by_line_person_day_week_and_month(hotline: Hotline) -> None:
    _actor, zhao = somebody(hotline.storage, "zhao", "赵敏", NOW, extension="1002")
    for number in range(3):
        a_measured_call(
            hotline,
            FINE if number else with_breach("C4", "forbidden"),
            answered_call(f"node1-{number}.1", MONDAY_TEN + timedelta(days=number)),
        )
    judged(hotline)
    with hotline.storage.reading() as tx:
        by = {
            axis: {each.key: (each.kept, each.broken) for each in tallies(tx, all_time(NOW), axis) if each.rule == "C4"}
            for axis in TallyAxis
        }
    assert by == {
        TallyAxis.DAY: {"2026-11-16": (0, 1), "2026-11-17": (1, 0), "2026-11-18": (1, 0)},
        TallyAxis.WEEK: {"2026-W47": (2, 1)},
        TallyAxis.MONTH: {"2026-11": (2, 1)},
        TallyAxis.LINE: {"main": (2, 1)},
        TallyAxis.PERSON: {str(zhao): (2, 1)},
    }


def test_what_one_maker_cannot_judge_keeps_no_other_one_from_it(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_measured_call(hotline)
    monkeypatch.setattr(LedgerCalls, "judge", _fails)
    with pytest.raises(ZeroDivisionError):
        judged(hotline)
    assert judgements(hotline.storage, "C1") == [Judgement.KEPT]
    assert judgements(hotline.storage, "A1") == []
    monkeypatch.undo()
    judged(hotline)
    assert judgements(hotline.storage, "A1") == [Judgement.KEPT]


def _fails(*_anything: object) -> None:
    raise ZeroDivisionError
