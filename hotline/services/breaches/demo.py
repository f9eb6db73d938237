"""A breach of the simulated operator, with their own word beside it."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.breaches.breach import RULES, Breach, BreachKind
from hotline.services.breaches.terms import terms_of
from hotline.services.demo import Demo, Stage
from hotline.services.staff import demo as staff_demo
from hotline.storage.breaches.store import BreachStore
from hotline.storage.staff.store import StaffStore


def _write(stage: Stage, now: datetime) -> None:
    staff_demo.DEMO.write(stage, now)
    with stage.storage.writing() as tx:
        people = [each.id for each in StaffStore(tx).all() if each.id is not None]
        if not people or BreachStore(tx).of(None):
            return
        at = now.replace(second=0, microsecond=0) - timedelta(days=2)
        kind, note, word = BreachKind.EMPTY_SHIFT, "未到岗，也未请假", "班次是前一晚改的，没有收到通知"
        terms = terms_of(kind, stage.settings)
        new = Breach(people[0], kind, RULES[kind], at, ("missed_start:2",), note, terms, stage.by.name, now)
        made = BreachStore(tx).add(new)
        BreachStore(tx).answer(made.id or 0, word, now)


DEMO = Demo(_write)
