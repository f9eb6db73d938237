"""Who a verdict is about objects to it; somebody else decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.verdicts.contest import Contest, ContestDecision
from hotline.domain.verdicts.verdict import Judgement
from hotline.services.verdicts.contests import contest, decide, find_contests
from hotline.services.verdicts.evaluating import evaluate
from hotline.services.verdicts.seeing import see_verdict, see_verdicts
from hotline.services.verdicts.tallies import breaches, tallies
from hotline.services.waiting import waiting_of
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, clock_of
from tests.support.judged import a_measured_call, all_time, judged, judgements, measure, with_breach
from tests.support.our_people import somebody
from tests.support.sample_calls import MONDAY_TEN, answered_call

NOW = MONDAY_TEN + timedelta(hours=1)


@dataclass
class Scene:
    hotline: Hotline
    qian: Actor
    zhao: Actor
    examiner: Actor
    verdict_id: int

    @property
    def storage(self) -> Storage:
        return self.hotline.storage

    def contest(self, actor: Actor | None = None, reason: str = "客户没有听到") -> Contest:
        parts = (self.storage, self.hotline.settings, self.verdict_id, reason)
        return contest(*parts, actor or self.qian, self.hotline.clock())

    def decide(self, decision: ContestDecision, actor: Actor | None = None) -> Contest:
        return decide(self.storage, 1, decision, "听过录音", actor or self.examiner, self.hotline.clock())


@pytest.fixture
def scene(tmp_path: Path, storage: Storage) -> Scene:
    hotline = an_instance(tmp_path, NOW, "", storage)
    qian, _id = somebody(storage, "qian", "钱伟", NOW, extension="1002")
    zhao, _id = somebody(storage, "zhao", "赵敏", NOW, extension="1001")
    examiner, _id = somebody(storage, "sun", "孙丽", NOW, Role.EXAMINER)
    a_measured_call(hotline, with_breach("C4", "forbidden"))
    judged(hotline)
    with storage.reading() as tx:
        (found,), _total = breaches(tx, all_time(NOW), "C4", 10)
    return Scene(hotline, qian, zhao, examiner, found.id)


def test_upheld_it_counts_no_more_and_the_old_one_stays_readable(scene: Scene) -> None:
    scene.contest()
    assert waiting_of(scene.storage, scene.examiner, ["verdict_contests"], NOW) == {"verdict_contests": 1}
    assert scene.decide(ContestDecision.UPHELD).decided_by == "sun"
    with scene.storage.reading() as tx:
        (tally,) = [each for each in tallies(tx, all_time(NOW)) if each.rule == "C4"]
    assert (tally.broken, tally.not_applicable) == (0, 1)
    seen = see_verdict(scene.storage, scene.hotline.settings, scene.verdict_id, scene.examiner, NOW)
    assert not seen.stands and seen.contest is not None and seen.stored.verdict.judgement is Judgement.BROKEN
    assert waiting_of(scene.storage, scene.examiner, ["verdict_contests"], NOW) == {}


def test_an_upheld_contest_holds_when_the_call_is_measured_or_judged_anew(scene: Scene) -> None:
    scene.contest()
    scene.decide(ContestDecision.UPHELD)
    clock_of(scene.hotline).advance(hours=1)
    measure(scene.hotline, answered_call(), with_breach("C4", "forbidden"))
    judged(scene.hotline)
    evaluate(scene.storage, scene.hotline.in_force, None, None, (), "test", scene.hotline.clock())
    with scene.storage.reading() as tx:
        (tally,) = [each for each in tallies(tx, all_time(NOW)) if each.rule == "C4"]
    assert (tally.kept, tally.broken, tally.not_applicable) == (0, 0, 1)


def test_rejected_it_stays(scene: Scene) -> None:
    scene.contest()
    scene.decide(ContestDecision.REJECTED)
    assert judgements(scene.storage, "C4") == [Judgement.BROKEN]
    with pytest.raises(Conflict):
        scene.decide(ContestDecision.UPHELD)
    with pytest.raises(Conflict):
        scene.contest()


def test_only_who_it_is_about_contests_and_never_decides(scene: Scene) -> None:
    for actor in (scene.zhao, scene.examiner, Actor("token:x", (Role.EXAMINER,), "x")):
        with pytest.raises(Forbidden):
            scene.contest(actor)
    scene.contest()
    both = Actor("qian", (Role.OPERATOR, Role.SUPERVISOR), "钱伟", scene.qian.user_id, "1002")
    for actor in (scene.qian, scene.zhao, both):
        with pytest.raises(Forbidden):
            scene.decide(ContestDecision.UPHELD, actor)


def test_what_cannot_be_contested_is_refused(scene: Scene) -> None:
    for reason in ("", "  \n", "长" * 1001):
        with pytest.raises(Refused):
            scene.contest(reason=reason)
    clock_of(scene.hotline).advance(days=scene.hotline.settings.examination.appeal_days, seconds=1)
    with pytest.raises(Refused):
        scene.contest()
    with pytest.raises(NotFound):
        contest(scene.storage, scene.hotline.settings, 999_999, "不对", scene.qian, NOW)
    with pytest.raises(NotFound):
        scene.decide(ContestDecision.UPHELD)


def test_a_verdict_that_was_replaced_is_not_contested(scene: Scene) -> None:
    clock_of(scene.hotline).advance(hours=1)
    measure(scene.hotline, answered_call(), with_breach("C5", "speech_rate"))
    judged(scene.hotline)
    with pytest.raises(Refused):
        scene.contest()


def test_operators_see_their_own_alone(scene: Scene) -> None:
    window, settings = all_time(NOW), scene.hotline.settings
    seen = [
        see_verdicts(scene.storage, settings, window, "C4", [Judgement.BROKEN], actor, NOW, 10).total
        for actor in (scene.qian, scene.zhao, scene.examiner)
    ]
    assert seen == [1, 0, 1]
    with pytest.raises(Forbidden):
        see_verdict(scene.storage, settings, scene.verdict_id, scene.zhao, NOW)
    (own,) = see_verdicts(scene.storage, settings, window, "C4", [Judgement.BROKEN], scene.qian, NOW, 10).verdicts
    assert own.contest_until is not None
    with pytest.raises(Forbidden):
        find_contests(scene.storage, True, scene.qian, NOW, 10)
