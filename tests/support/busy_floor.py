"""A floor in the middle of a busy day, for the pages that show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hotline.domain.calls.call import (
    Call,
    Caller,
    MenuStep,
    Outcome,
    Party,
    PartyKind,
    QueueStay,
    Ring,
    RouteStep,
    Span,
    Talk,
)
from hotline.domain.floor.floor import SupervisorAction, SupervisorActionKind
from hotline.domain.line.handover import Handover
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.numbers import NO_NUMBER
from hotline.domain.operators.presence import PAUSED_BY_SUPERVISOR, WRAP_UP, Activity, OperatorPresence
from hotline.domain.time import SHANGHAI
from hotline.storage.floor.store import SupervisorActionStore
from hotline.storage.line.roster import RosterStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Transaction
from tests.support import sample_calls as sample

NAMES = ("赵敏", "钱伟", "孙丽", "李强", "周婷", "吴昊", "郑洁", "王磊", "冯雪", "陈晨")
OPERATORS = tuple(Party(PartyKind.OPERATOR, str(1001 + n), name) for n, name in enumerate(NAMES))

SETTINGS = (
    '[site]\ncompany = "示例家电"\n[lines.main]\nnumber = "4001234567"\nmenu = "main"\n'
    '[queues.service]\nname = "客户服务"\n[queues.sales]\nname = "销售热线"\n'
    + "".join(f'[operators.{party.id}]\nname = "{party.name}"\n' for party in OPERATORS)
    + '[operators.1090]\nname = "何主管"\n'
)


def live_calls(now: datetime) -> list[Call]:
    """One in every stage of its way."""
    ago = lambda seconds: now - timedelta(seconds=seconds)  # noqa: E731

    def chosen(call: Call, key: str, queue: str, subject: str, seconds: float) -> Call:
        return replace(call, menu=(MenuStep(ago(seconds), "main", key, f"queue:{queue}", subject),))

    def ringing(party: Party, seconds: float) -> Ring:
        return Ring(party, ago(seconds), None, 0.0, 0, "")

    waiting = replace(
        sample.bare_call("w-1", ago(70), "+862188886666"), queues=(QueueStay("service", ago(52), None, ""),)
    )
    rings = replace(
        sample.bare_call("r-1", ago(30), "+8675512345678"),
        queues=(QueueStay("sales", ago(14), None, ""),),
        rings=(ringing(OPERATORS[5], 11), ringing(OPERATORS[6], 11)),
    )
    talks = [
        replace(
            sample.bare_call(f"t-{n}", ago(seconds), f"+861380013800{n}"),
            answered_by=OPERATORS[n],
            talk_started_at=ago(seconds - 20),
            talks=(Talk(OPERATORS[n], ago(seconds - 20), None),),
            queues=(QueueStay("service", ago(seconds - 5), ago(seconds - 20), "answered"),),
        )
        for n, seconds in enumerate((200, 640))
    ]
    held = replace(
        sample.bare_call("h-1", ago(300), "+8615012345678"),
        answered_by=OPERATORS[2],
        talk_started_at=ago(280),
        talks=(Talk(OPERATORS[2], ago(280), None),),
        holds=(Span(ago(95), None, "1003"),),
        queues=(QueueStay("service", ago(290), ago(280), "answered"),),
    )
    duty = replace(
        sample.bare_call("d-1", ago(40)),
        caller=Caller(NO_NUMBER, "anonymous", "", True),
        routes=(RouteStep(ago(30), "duty", "139", "after_hours"),),
        rings=(ringing(sample.DUTY, 12),),
    )
    return [
        sample.bare_call("m-1", ago(8), "+8613912345678"),
        chosen(waiting, "2", "service", "售后服务", 60),
        chosen(rings, "1", "sales", "产品咨询", 20),
        *talks,
        held,
        duty,
    ]


def day_of_calls(now: datetime) -> list[Call]:
    """What is over, since midnight."""
    midnight = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    since = max((now - midnight).total_seconds() - 400, 1)

    def at(place: int) -> datetime:
        return now - timedelta(seconds=300 + place * 977 % since)

    answered = [
        replace(
            sample.answered_call(f"a-{n}", at(n)),
            wait_seconds=float(n * 7 % 29),
            rings=(replace(sample.answered_call().rings[1], rings=1 + n % 4),),
        )
        for n in range(180)
    ]
    left = [
        replace(sample.bare_call(f"i-{n}", at(n)), ended_at=at(n), outcome=Outcome.ABANDONED_IVR) for n in range(12)
    ]
    return [
        *answered,
        *left,
        *(sample.abandoned_call(f"q-{n}", at(n)) for n in range(7)),
        *(sample.duty_call(f"f-{n}", at(n)) for n in range(3)),
    ]


def put_operators(tx: Transaction, now: datetime) -> None:
    """One in every state."""

    def one(place: int, seconds: float, **more: Any) -> OperatorPresence:
        known = OperatorPresence(
            OPERATORS[place].id, now, now - timedelta(seconds=seconds), ("service", "sales"), reachable=True
        )
        return replace(known, **more)

    def busy(place: int, seconds: float, activity: Activity, linkedid: str) -> OperatorPresence:
        return one(
            place,
            seconds,
            activity=activity,
            node="node1",
            linkedid=linkedid,
            paused=True,
            reason=WRAP_UP,
            activity_since=now - timedelta(seconds=seconds),
        )

    PresenceStore(tx).save(
        [
            busy(0, 180, Activity.TALKING, "t-0"),
            busy(1, 620, Activity.TALKING, "t-1"),
            busy(2, 95, Activity.HOLDING, "h-1"),
            one(3, 22, paused=True, reason=WRAP_UP),
            one(4, 840, paused=True, reason="meal"),
            busy(5, 11, Activity.RINGING, "r-1"),
            busy(6, 11, Activity.RINGING, "r-1"),
            one(8, 133),
            one(9, 400, paused=True, reason=PAUSED_BY_SUPERVISOR),
        ]
    )
    SupervisorActionStore(tx).keep(
        SupervisorAction("1010", now - timedelta(seconds=400), SupervisorActionKind.PAUSE, "何主管", "请到会议室一趟")
    )


def put_roster(tx: Transaction, now: datetime) -> None:
    """Nights and days of this month, with a gap and an overlap."""
    midnight = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    for day in range(-15, 12):
        if day in (3, 6):
            continue
        start = midnight + timedelta(days=day, hours=17, minutes=30)
        backups = (DutyNumber("钱七", "13900000009"),) if day % 2 else ()
        RosterStore(tx).add(
            Shift(
                ("李四", "王五", "赵六")[day // 3 % 3],
                (f"1390000000{day % 3}",),
                backups,
                start,
                start + timedelta(hours=15, minutes=30),
            )
        )
    RosterStore(tx).add(Shift("孙八", ("13900000005",), (), midnight + timedelta(days=1), midnight + timedelta(days=2)))
    RosterStore(tx).record_handover(
        Handover(now - timedelta(days=3), "王五", "李四", "he", "手机、充电器；张女士待回电")
    )
