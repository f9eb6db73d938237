"""A year of calls with all that hangs on them, for the benchmark of reports."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, select

from hotline.domain.calls.call import Call, Outcome, Party, PartyKind, QueueStay, Ring, Talk
from hotline.domain.deadlines.stored import term_text
from hotline.domain.deadlines.term import CalendarDays
from hotline.domain.numbers import Number
from hotline.storage.callbacks.tables import callback
from hotline.storage.calls.store import _columns_of as columns_of
from hotline.storage.calls.tables import call
from hotline.storage.cases.tables import service_case
from hotline.storage.deadlines.tables import deadline
from hotline.storage.forms.search_entry import form_entry
from hotline.storage.forms.store import form_of_row
from hotline.storage.forms.tables import call_form
from hotline.storage.operators.tables import operator_state_change
from hotline.storage.recordings.tables import recording
from hotline.storage.satisfaction.tables import rating
from hotline.storage.staff.tables import person, tenure
from hotline.storage.transaction import Storage
from scripts.benchmarks._pouring import pour, pour_entries
from tests.support.sample_calls import abandoned_call

DAYS = 365
PEOPLE = 100
_AT_ONCE = 5_000
_LINES = ("main", "main", "main", "parts")
_SUBJECTS = ("repair", "install", "complaint", "advice", "order", "spare", "return", "other")
_REGIONS = ("广东", "江苏", "浙江", "山东", "四川", "湖北", "河南", "北京", "上海", "")
_OUTCOMES = ("answered",) * 18 + ("lost", "menu")
#: What is filled without its indexes, which are made at the end.
TABLES = (call, call_form, recording, operator_state_change, rating, deadline, callback, service_case)


def fill(storage: Storage, calls: int, start: datetime) -> None:
    rng = random.Random(400)
    with storage.writing() as tx:
        people = [{"id": n, "name": f"客服{n}", "active": True, "version": 1} for n in range(1, PEOPLE + 1)]
        pour(tx.connection, person, people)
        pour(tx.connection, tenure, [{"person_id": n, "extension": str(1000 + n)} for n in range(1, PEOPLE + 1)])
    step = timedelta(days=DAYS) / calls
    for first in range(0, calls, _AT_ONCE):
        with storage.writing() as tx:
            made = [_call(rng, n, start + step * n) for n in range(first, min(first + _AT_ONCE, calls))]
            for table, rows in _rows(rng, made, first).items():
                pour(tx.connection, table, rows)
    _index_forms(storage)


def _index_forms(storage: Storage) -> None:
    taken: set[int] = set()
    with storage.writing() as tx:
        forms = [form_of_row(row) for row in tx.connection.execute(select(call_form).order_by(call_form.c.id))]
        pour_entries(tx.connection, [form_entry(each) for each in forms], taken)


def _call(rng: random.Random, n: int, at: datetime) -> Call:
    number = Number(f"+8613{n * 7919 % 300_000:09}")
    wait, talk = float(rng.expovariate(1 / 15)), float(rng.expovariate(1 / 180))
    kind = rng.choice(_OUTCOMES)
    sample = replace(_ABANDONED, linkedid=f"b-{n}", started_at=at, line=rng.choice(_LINES))
    sample = replace(sample, caller=replace(sample.caller, number=number, original=""))
    wait, talk = round(wait, 3), round(talk, 3)
    begun = at + timedelta(seconds=12 + wait)
    if kind == "answered":
        who = Party(PartyKind.OPERATOR, str(1001 + n % PEOPLE), "")
        over = begun + timedelta(seconds=talk)
        return replace(
            sample,
            ended_at=over,
            outcome=Outcome.ANSWERED,
            answered_by=who,
            talk_started_at=begun,
            wait_seconds=wait,
            ring_seconds=min(wait, 8.0),
            talk_seconds=talk,
            hold_seconds=round(talk / 10, 3) if n % 4 == 0 else 0.0,
            queues=(QueueStay("service" if n % 3 else "sales", at, begun, "answered"),),
            rings=(Ring(who, at, begun, min(wait, 8.0), 1 + n % 4, "answered"),),
            talks=(Talk(who, begun, over),),
        )
    if kind == "lost":
        queue = QueueStay("service" if n % 3 else "sales", at, begun, "abandoned")
        return replace(sample, ended_at=begun, wait_seconds=wait, queues=(queue,), rings=())
    return replace(
        sample, ended_at=at + timedelta(seconds=9), outcome=Outcome.ABANDONED_IVR, queues=(), rings=(), routes=()
    )


_ABANDONED = abandoned_call()
_TERM = term_text(CalendarDays(1))


def _rows(rng: random.Random, calls: Sequence[Call], first: int) -> Mapping[Table, list[dict[str, Any]]]:
    found: dict[Table, list[dict[str, Any]]] = {call: [columns_of(each, each.started_at) for each in calls]}
    for n, each in enumerate(calls, first):
        for table, row in _of_call(rng, n, each):
            found.setdefault(table, []).append(row)
    return found


def _of_call(rng: random.Random, n: int, each: Call) -> Iterator[tuple[Table, dict[str, Any]]]:
    at, over = each.started_at, each.ended_at or each.started_at
    same = {"node": each.node, "linkedid": each.linkedid}
    if each.answered_by is None:
        if each.outcome is Outcome.ABANDONED_QUEUE:
            due = over + timedelta(minutes=30)
            yield (
                callback,
                {
                    **same,
                    "line": each.line,
                    "number": each.caller.number,
                    "reason": "abandoned",
                    "queued_at": over,
                    "due_at": due,
                    "owed_from": over,
                    "closed_at": over + timedelta(minutes=rng.randrange(1, 60)),
                    "outcome": "done",
                    "first_tried_at": over + timedelta(minutes=1),
                    "taken_by": "",
                },
            )
        return
    extension = each.answered_by.id
    talk = each.talk_started_at or at
    for moment, state in ((talk, "talking"), (over, "wrap_up"), (over + timedelta(seconds=20), "ready")):
        yield operator_state_change, {"extension": extension, "at": moment, "state": state, "reason": ""}
    yield (
        call_form,
        {
            **same,
            "line": each.line,
            "number": each.caller.number,
            "called_at": at,
            "origin": "operator",
            "owner": extension,
            "owner_name": "",
            "state": "open" if n % 50 == 0 else "done",
            "done_at": None if n % 50 == 0 else over,
            "version": 1,
            "region": rng.choice(_REGIONS),
            "category": rng.choice(_SUBJECTS),
            "content": f"空调不制冷，{'外壳发黄，' if n % 10_000 == 7 else ''}已安排师傅上门检查。",
            "fields": {},
            "created_at": at,
            "updated_at": over,
            "updated_by": "",
        },
    )
    yield (
        recording,
        {
            **same,
            "kind": "talk",
            "source_file": f"{each.linkedid}.raw",
            "started_at": talk,
            "state": "ready",
            "path": f"{at:%Y/%m/%d}/{each.linkedid}.flac",
            "seconds": each.talk_seconds,
            "sha256": "0" * 64,
        },
    )
    yield deadline, _clock("record", n, at)
    if n % 3 == 0:
        yield (
            rating,
            {
                **same,
                "line": each.line,
                "extension": extension,
                "number": each.caller.number,
                "offered_at": over,
                "way": "key",
                "answer": rng.choice((None, 5, 5, 5, 4, 3, 1)),
            },
        )
    if n % 20 == 0:
        yield (
            service_case,
            {
                "number": f"{at:%Y%m%d}-{n}",
                "kind": "complaint" if n % 60 == 0 else "request",
                "title": "维修",
                "owner": "",
                "state": "closed",
                "opened_by": "",
                "opened_at": at,
                "closed_at": at + timedelta(hours=n % 90),
                "subject": rng.choice(_SUBJECTS),
                "region": rng.choice(_REGIONS),
                "department_id": 1,
                "values": {},
            },
        )
        yield deadline, _clock("case_first_answer", n, at)


def _clock(clock: str, n: int, at: datetime) -> dict[str, Any]:
    return {
        "clock": clock,
        "object_id": n,
        "rule": "B1",
        "line": "main",
        "term": _TERM,
        "by_setting": True,
        "started_at": at,
        "gaps": [],
        "stopped_at": at + timedelta(hours=n % 30),
        "due_at": at + timedelta(hours=24),
        "counted_by": "",
    }
