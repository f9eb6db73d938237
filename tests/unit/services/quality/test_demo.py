"""The simulation's past has verdicts of every judgement."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotline.bootstrap import Hotline
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.verdicts.verdict import Judgement, WhyJudged
from hotline.services.demo import Stage
from hotline.services.quality.demo import DEMO
from tests.support.instance import an_instance
from tests.support.judged import judged, verdicts
from tests.support.rows import MORNING

SITE = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
"""


def staged(hotline: Hotline) -> None:
    by = Actor("demo", (Role.SUPERVISOR,), "演示")
    callers = [Number("+8613800138000"), Number("+8613912345678")]
    DEMO.write(Stage(hotline.storage, hotline.settings, callers, by), MORNING)


def test_the_demo_has_verdicts_of_every_judgement(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, MORNING + timedelta(days=1), SITE)
    staged(hotline)
    judged(hotline)
    found = verdicts(hotline.storage)
    assert {each.judgement for each in found} == set(Judgement)
    whys = {each.why for each in found}
    assert {
        WhyJudged.BLOCKLISTED,
        WhyJudged.LINE_TEST,
        WhyJudged.NOT_TRANSCRIBED,
        WhyJudged.TO_BE_CHECKED,
        WhyJudged.CALLER_LEFT,
    } <= whys


def test_another_start_leaves_it_as_it_is(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, MORNING + timedelta(days=1), SITE)
    staged(hotline)
    judged(hotline)
    before = verdicts(hotline.storage, standing=False)
    staged(hotline)
    judged(hotline)
    assert verdicts(hotline.storage, standing=False) == before
