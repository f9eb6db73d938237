"""A hotline's past: calls, their records, customers, so that a pop has something to find, and to look for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from hotline.domain.calls.call import Call, Caller, Direction, HangUp, Outcome, Party, PartyKind, QueueStay, Ring, Talk
from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.forms.form import CallForm, FormState, Origin
from hotline.domain.numbers import Number
from hotline.storage.calls.store import CallStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage

CALLERS = 5000
_AT_ONCE = 2000
_CATEGORIES = ("consult_product", "consult_technical", "service", "complaint", "other")


def number_of(caller: int) -> Number:
    return Number(f"+86139{caller % CALLERS:08d}")


def fill(storage: Storage, node: str, operators: list[str], calls: int, now: datetime) -> None:
    """So many calls of the last year, from few enough numbers that most have called before; half of the numbers are
    customers', and every second call has its record."""
    rng = random.Random(400)
    for first in range(0, calls, _AT_ONCE):
        some = list(_calls(rng, node, operators, range(first, min(first + _AT_ONCE, calls)), now))
        with storage.writing() as tx:
            CallStore(tx).save(some, now)
            FormStore(tx).add([_form(rng, call) for call in some[::2]])
    with storage.writing() as tx:
        for caller in range(0, CALLERS, 2):
            CustomerStore(tx).add(_customer(caller, now))


def _calls(rng: random.Random, node: str, operators: list[str], numbers: range, now: datetime) -> Iterator[Call]:
    for number in numbers:
        start = now - timedelta(seconds=rng.uniform(3600, 365 * 86400))
        who = Party(PartyKind.OPERATOR, rng.choice(operators), "operator")
        yield _call(node, f"past-{number}.1", number_of(rng.randrange(CALLERS)), start, who)


def _call(node: str, linkedid: str, number: Number, start: datetime, who: Party) -> Call:
    def at(seconds: float) -> datetime:
        return start + timedelta(seconds=seconds)

    return Call(
        node=node,
        linkedid=linkedid,
        direction=Direction.INBOUND,
        line="main",
        dialled="4001234567",
        caller=Caller(number, number.removeprefix("+86")),
        started_at=start,
        answered_at=start,
        ended_at=at(200),
        outcome=Outcome.ANSWERED,
        answered_by=who,
        talk_started_at=at(20),
        wait_seconds=8.0,
        ring_seconds=6.0,
        talk_seconds=180.0,
        hold_seconds=0.0,
        menu=(),
        routes=(),
        queues=(QueueStay("service", at(12), at(20), "answered"),),
        rings=(Ring(who, at(14), at(20), 6.0, 2, "answered"),),
        talks=(Talk(who, at(20), at(200)),),
        holds=(),
        pauses=(),
        transfers=(),
        recordings=(),
        hang_up=HangUp(Party(PartyKind.CALLER), at(200), 16),
    )


def _form(rng: random.Random, call: Call) -> CallForm:
    who = call.answered_by
    assert who is not None
    return CallForm(
        node=call.node,
        linkedid=call.linkedid,
        line=call.line,
        number=call.caller.number,
        called_at=call.started_at,
        origin=Origin.OPERATOR,
        owner=who.id,
        owner_name=who.name,
        created_at=call.started_at,
        updated_at=call.started_at,
        updated_by="past",
        category=rng.choice(_CATEGORIES),
        content="咨询产品的使用方法" * 5,
        handling="已解答",
        solved=True,
        state=FormState.DONE,
        done_at=call.ended_at,
        done_by="past",
    )


def _customer(caller: int, now: datetime) -> Customer:
    return Customer(
        name=f"客户{caller}",
        numbers=(CustomerNumber(number_of(caller)),),
        created_at=now,
        updated_at=now,
        updated_by="past",
    )
