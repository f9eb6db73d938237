"""Hand-overs of the simulation: one that waits for whoever comes next, one accepted."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.handover.handover import HandedMatter, ShiftHandover
from hotline.domain.time import minute_text
from hotline.services.accounts import demo as account_demo
from hotline.services.demo import Demo, Stage
from hotline.storage.handover.store import ShiftHandoverStore
from hotline.storage.staff.store import StaffStore


def _write(stage: Stage, now: datetime) -> None:
    account_demo.DEMO.write(stage, now)
    with stage.storage.writing() as tx:
        store = ShiftHandoverStore(tx)
        people = [each.id for each in StaffStore(tx).all() if each.id is not None]
        if len(people) < 2 or store.between(now - timedelta(days=30), now + timedelta(days=1)):
            return
        first, second = people[:2]
        yesterday = now - timedelta(days=1)
        matter = HandedMatter("callback", 1, minute_text(yesterday), now, passes=True)
        words = "水壶漏水客户等质量部回复，10:00 前告知。"
        done = store.add(ShiftHandover(second, yesterday, words, matters=(matter,)))
        store.accept(done.id or 0, first, "收到，已联系质量部。", yesterday + timedelta(minutes=5))
        store.add(ShiftHandover(second, now - timedelta(minutes=10), "晚班请留意漏发配件的工单。", matters=(matter,)))


DEMO = Demo(_write)
