"""Trainings of the simulation: passed, running out, failed, never taken; none keeps the simulated operator from being
ready."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.trainings.training import Training, TrainingKind, result_of
from hotline.services.accounts import demo as account_demo
from hotline.services.demo import Demo, Stage
from hotline.services.staff.concerned import person_of_account
from hotline.storage.staff.store import StaffStore
from hotline.storage.trainings.store import TrainingResultStore, TrainingStore


def _write(stage: Stage, now: datetime) -> None:
    account_demo.DEMO.write(stage, now)
    with stage.storage.writing() as tx:
        store = TrainingStore(tx)
        if store.all():
            return
        wanted = (
            Training("服务规范", valid_months=12),
            Training("月度话术考试", TrainingKind.EXAM, pass_points=80),
            Training("S2 水壶产品知识", subject="S2"),
        )
        made = [store.add(replace(each, updated_at=now, updated_by=stage.by.name)) for each in wanted]
        safety, exam, product = made
        own = person_of_account(tx, account_demo.USERNAME)
        people = [each.id for each in StaffStore(tx).all() if each.id is not None]
        day = local_day(now)
        results = [
            result_of(exam, person, day - timedelta(days=9), 92.0 - 17 * place, None, "", now)
            for place, person in enumerate(people[:2])
        ]
        if own is not None and own.id is not None:
            results.append(result_of(safety, own.id, day - timedelta(days=350), None, True, "", now))
            results.append(result_of(product, own.id, day - timedelta(days=2), None, True, "", now))
        TrainingResultStore(tx).put(results)


DEMO = Demo(_write)
