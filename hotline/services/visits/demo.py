"""The simulation's visits: after its cases, and one of each state and way by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.people import Actor
from hotline.domain.rights import given
from hotline.domain.visits.listing import VisitFilter, VisitTab
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.record import VisitRecord
from hotline.domain.visits.visit import Origin, Visit, VisitTry, VisitWay
from hotline.services.accounts import demo as account_demo
from hotline.services.cases import demo as case_demo
from hotline.services.demo import Demo, Stage
from hotline.services.visits.asking import record_answers
from hotline.services.visits.planning import plan
from hotline.services.visits.trying import add_try
from hotline.storage.transaction import Transaction
from hotline.storage.visits.listing import VisitListStore

#: Who visits, and who planned it: nobody may do both (E5).
_VISITS, _PLANS = account_demo.USERNAME, "simulation"

#: What for, by which way, how long ago it was planned, and what was answered; None: it is still to be made.
_VISITS_MADE: tuple[tuple[str, VisitWay, timedelta, dict[str, str] | None], ...] = (
    ("净水器安装", VisitWay.CALL, timedelta(days=6), {"satisfied": "satisfied", "advice": "安装前多打一次电话"}),
    ("热水器维修", VisitWay.CALL, timedelta(days=5), {"satisfied": "so_so", "with_what": "等了两天"}),
    ("油烟机清洗", VisitWay.ON_SITE, timedelta(days=5), {"satisfied": "not_satisfied", "with_what": "没有清洗干净"}),
    ("空调移机", VisitWay.CALL, timedelta(hours=20), None),
    ("洗衣机换件", VisitWay.CALL, timedelta(hours=2), None),
    ("冰箱巡检", VisitWay.SMS, timedelta(hours=5), None),
    ("门锁调试", VisitWay.CALL, timedelta(days=7), None),
)


def _write(stage: Stage, now: datetime) -> None:
    case_demo.DEMO.write(stage, now)
    with stage.storage.reading() as tx:
        by_hand = VisitFilter(VisitTab.ALL, origin=Origin.BY_HAND)
        there = VisitListStore(tx).count(by_hand, 1) or VisitListStore(tx).count(replace(by_hand, tab=VisitTab.DONE), 1)
    if there:
        return
    with stage.storage.writing() as tx:
        for place, (purpose, way, ago, answers) in enumerate(_VISITS_MADE):
            _one(tx, stage, place, NewVisit(Origin.BY_HAND, now - ago, purpose=purpose, way=way), answers, now)


def _one(
    tx: Transaction, stage: Stage, place: int, new: NewVisit, answers: dict[str, str] | None, now: datetime
) -> None:
    number = stage.callers[place % len(stage.callers)]
    made = answers is not None
    new = replace(new, number=number, visitor=_VISITS if made or place % 2 else "", barred=(_PLANS,))
    planned = plan(tx, stage.settings, new, _PLANS, new.begins_at)
    if planned is None or not planned.is_open:
        return
    if answers is not None:
        at = min(new.begins_at + timedelta(days=1), now)
        record_answers(tx, stage.settings, planned, VisitRecord(answers, way=new.way), _actor(_VISITS), at)
    elif planned.visitor and new.way is VisitWay.CALL:
        _tried(tx, stage, planned, now)


def _tried(tx: Transaction, stage: Stage, visit: Visit, now: datetime) -> None:
    again = now + timedelta(hours=1)
    made = VisitTry(visit.id or 0, now - timedelta(hours=1), visit.visitor, VisitWay.CALL, "no_answer", "", again)
    add_try(tx, stage.settings, visit, made, now)


def _actor(name: str) -> Actor:
    return Actor(name, given.JOBS, name)


DEMO = Demo(_write)
