"""Calls of the simulation's last weeks and what the rules found in them: fine ones and others, some that nobody could
hear, some lost, one turned away, one with which the line tested itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.calls.call import Call, Caller, Direction, HangUp, Outcome, Party, PartyKind, QueueStay, Ring, Talk
from hotline.domain.numbers import Number
from hotline.domain.quality import Finding
from hotline.domain.quality.results import CallScore, StoredFinding
from hotline.services.demo import Demo, Stage
from hotline.storage.calls.store import CallStore
from hotline.storage.quality.findings import FindingStore

_NODE = "demo"
_CALLS, _WEEKS = 84, 4


def _write(stage: Stage, now: datetime) -> None:
    operators = [Party(PartyKind.OPERATOR, key, each.name) for key, each in stage.settings.operators.items()]
    with stage.storage.writing() as tx:
        if not operators or not stage.callers or CallStore(tx).id_of(_NODE, _linkedid(0)) is not None:
            return
        line, queue = next(iter(stage.settings.lines)), next(iter(stage.settings.queues), "")
        began = now - timedelta(weeks=_WEEKS)
        calls = [
            _call(number, began + timedelta(hours=8 * number), line, queue, operators, stage.callers)
            for number in range(_CALLS)
        ]
        CallStore(tx).save(calls, now)
        for number, call in enumerate(calls):
            if call.answered_by is not None:
                score, found = _measured(number, call, call.answered_by.id, now)
                FindingStore(tx).replace(score, found)


def _linkedid(number: int) -> str:
    return f"demo-call-{number}"


def _call(
    number: int, at: datetime, line: str, queue: str, operators: Sequence[Party], callers: Sequence[Number]
) -> Call:
    """Every eleventh is lost, the 20th turned away, the 40th the line's own."""
    caller, who = callers[number % len(callers)], operators[number % len(operators)]
    waited, talked = float(3 + number * 7 % 38), float(60 + number * 37 % 400)
    taken, ended = at + timedelta(seconds=6 + waited), at + timedelta(seconds=6 + waited + talked)
    call = Call(
        _NODE,
        _linkedid(number),
        Direction.INBOUND,
        line,
        "",
        Caller(caller, str(caller)),
        started_at=at,
        answered_at=at,
        ended_at=ended,
        outcome=Outcome.ANSWERED,
        answered_by=who,
        talk_started_at=taken,
        wait_seconds=waited,
        ring_seconds=waited,
        talk_seconds=talked,
        hold_seconds=0.0,
        menu=(),
        routes=(),
        queues=(QueueStay(queue, at + timedelta(seconds=6), taken, "answered"),),
        rings=(Ring(who, at + timedelta(seconds=6), taken, waited, 1 + int(waited // 5), "answered"),),
        talks=(Talk(who, taken, ended),),
        holds=(),
        pauses=(),
        transfers=(),
        recordings=(),
        hang_up=HangUp(Party(PartyKind.CALLER), ended, 16),
    )
    lost = replace(call, answered_by=None, talk_started_at=None, talk_seconds=0.0, talks=(), ended_at=taken, rings=())
    if number == 40:
        return replace(lost, direction=Direction.LINE_TEST, queues=())
    if number == 20:
        return replace(lost, outcome=Outcome.BLOCKED, queues=())
    if number % 11 == 5:
        stay = replace(call.queues[0], result="abandoned")
        return replace(lost, outcome=Outcome.ABANDONED_QUEUE, queues=(stay,))
    return call


def _measured(number: int, call: Call, extension: str, now: datetime) -> tuple[CallScore, list[StoredFinding]]:
    heard = number % 13 != 0
    measures = {"transcribed": heard, "sound": heard, "length": round(call.talk_seconds / 60, 2)}
    score = CallScore(call.node, call.linkedid, extension, call.started_at, now, measures)
    found = _findings(number, call, heard)
    return score, [StoredFinding(call.node, call.linkedid, extension, call.started_at, each) for each in found]


def _findings(number: int, call: Call, heard: bool) -> Iterator[Finding]:
    """From week to week there is a little more to mend."""
    week, start = number * _WEEKS // _CALLS, round(6 + call.wait_seconds, 2)
    end = round(start + call.talk_seconds, 2)
    yield Finding("C8", "length", False, True, round(call.talk_seconds / 60, 2), 5.0, start, end, 1.0)
    yield Finding("C3", "caller_hung_up", False, True, None, 5.0, None, None, 1.0)
    if not heard:
        return
    greeted, rate = (number + week) % (9 - week) != 0, float(130 + number * 11 % (40 + 6 * week))
    yield Finding("C1", "opening", not greeted, True, float(greeted), 1.0, start, start + 4.0, 0.93)
    yield Finding("C2", "closing", number % 10 == 3, number % 20 != 3, 2.0, 3.0, end - 8.0, end, 0.8)
    yield Finding("C5", "speech_rate", rate > 170, True, rate, 160.0, start, end, 0.9)
    yield Finding("C7", "talking_over", number % 15 == 4, True, float(number % 15 == 4) * 4, 3.0, start, end, 1.0)
    if number % 19 == 7:
        yield Finding("C4", "forbidden", True, True, 1.0, 0.85, start + 21.0, start + 22.4, 0.94)
    if number % 29 == 9:
        yield Finding("C14", "over_promising", True, False, 1.0, 0.85, start + 30.0, start + 31.2, 0.9)


DEMO = Demo(_write)
