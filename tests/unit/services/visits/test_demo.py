"""Whoever tries the simulation sees visits in each state, and no more of them at the next start."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from hotline.domain.numbers import normalise
from hotline.domain.people import Actor
from hotline.domain.visits.visit import Origin, Satisfaction, VisitWay
from hotline.services.demo import Stage
from hotline.services.visits.demo import DEMO
from hotline.storage.visits.store import visit_of
from hotline.storage.visits.tables import visit
from tests.support.instance import an_instance
from tests.support.rows import MORNING

CALLERS = (normalise("13900000001"), normalise("13900000002"))


def test_there_is_one_in_each_state_once(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, MORNING, '[operators.1001]\nname = "赵敏"\n')
    stage = Stage(hotline.storage, hotline.settings, CALLERS, Actor("simulation", (), "simulation"))
    for _start in range(2):
        DEMO.write(stage, MORNING)
    with hotline.storage.reading() as tx:
        found = [visit_of(row) for row in tx.connection.execute(select(visit))]
    by_hand = [each for each in found if each.origin is Origin.BY_HAND]
    assert len(by_hand) == 7
    assert {each.result for each in by_hand} == {*Satisfaction, None}
    assert {each.way for each in by_hand} == {VisitWay.CALL, VisitWay.SMS, VisitWay.ON_SITE}
    open_ones = [each for each in by_hand if each.is_open]
    assert any(each.due_at < MORNING for each in open_ones) and any(each.tries for each in open_ones)
    assert any(not each.visitor for each in open_ones) and any(each.visitor for each in open_ones)
    # And the complaints of the simulation that were told.
    assert any(each.origin is Origin.CASE and each.is_open for each in found)
