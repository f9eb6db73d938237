"""Postings of the simulation in each state; none keeps the simulated operator from being ready."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.bulletins.bulletin import Bulletin
from hotline.services.accounts import demo as account_demo
from hotline.services.demo import Demo, Stage
from hotline.services.staff.concerned import person_of_account
from hotline.storage.bulletins.store import BulletinStore

_DAY = timedelta(days=1)


def _write(stage: Stage, now: datetime) -> None:
    account_demo.DEMO.write(stage, now)
    by = stage.by.name
    with stage.storage.writing() as tx:
        store = BulletinStore(tx)
        if store.all(1):
            return
        texts = {
            "空调检修": "三楼周六检修。",
            "录音提示语更新": "自今日起开场白增加录音告知（G1）。",
            "国庆值班安排": "请核对本人班次，如有问题当天提出。",
            "S2 水壶下周上市": "上市前请熟悉说明书第 3、7 章。",
        }
        old, read, late, new = (Bulletin(*each, by, now, for_all=True) for each in texts.items())
        old = replace(old, posted_at=now - 20 * _DAY, withdrawn_at=now, withdrawn_by=by)
        read = replace(read, posted_at=now - 8 * _DAY, before_ready=True)
        late = replace(late, posted_at=now - 5 * _DAY, read_by_at=now - _DAY)
        new = replace(new, read_by_at=now + 3 * _DAY)
        added = [store.add(each) for each in (old, read, late, new)]
        person = person_of_account(tx, account_demo.USERNAME)
        if person is not None and person.id is not None:
            store.read(added[1].id or 0, person.id, now - 7 * _DAY)


DEMO = Demo(_write)
