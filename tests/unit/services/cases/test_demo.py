"""Whoever tries the simulation sees a complaint at each stage of its way, and no more of them at the next start."""

from __future__ import annotations

from pathlib import Path

from hotline.domain.cases.case import CaseState
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor
from hotline.services.cases.demo import DEMO
from hotline.services.demo import Stage
from hotline.storage.cases.listing import CaseFilter, CaseListStore
from tests.support.instance import an_instance
from tests.support.rows import MORNING

CALLERS = (normalise("13900000001"), normalise("13900000002"))
#: Between the first and the last.
WAY = [
    "judged",
    "assigned",
    "checked",
    "proposed",
    "approved",
    "accepted",
    "carried_out",
    "told",
    "visited",
    "summed_up",
]


def test_there_is_one_at_each_stage_once(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, MORNING, '[operators.1001]\nname = "赵敏"\n')
    stage = Stage(hotline.storage, hotline.settings, CALLERS, Actor("simulation", (), "simulation"))
    for _start in range(2):
        DEMO.write(stage, MORNING)
    with hotline.storage.reading() as tx:
        found = CaseListStore(tx).page(CaseFilter(state=None), 100)
    complaints = [each for each in found if each.kind == "complaint" and each.caller_number]
    way = ["registered", *WAY, "archived"]
    assert sorted(each.stage for each in complaints) == sorted(way)
    assert [each.stage for each in complaints if each.state is CaseState.CLOSED] == ["archived"]
    assert {each.kind for each in found} == {"complaint", "enquiry", "repair", "suggestion"}
    assert len(found) == len(way) + 4
