"""Calls with findings, and what was judged of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import Call
from hotline.domain.quality import Finding
from hotline.domain.quality.results import CallScore, StoredFinding
from hotline.domain.verdicts.tally import Window
from hotline.domain.verdicts.verdict import Judgement, Verdict
from hotline.services.calls.ledger import record
from hotline.services.verdicts.judging import judge_new
from hotline.storage.quality.findings import FindingStore
from hotline.storage.transaction import Storage
from hotline.storage.verdicts.store import STANDS, stored_verdict
from hotline.storage.verdicts.tables import rule_verdict
from tests.support.sample_calls import answered_call

#: What is found in a call in which all is well.
FINE = (
    Finding("A8", "answer_seconds", False, True, 9.0, 30.0, 0.0, 9.0, 1.0),
    Finding("A8", "answer_rings", False, True, 2.0, 3.0, 0.0, 9.0, 1.0),
    Finding("C1", "opening", False, True, 1.0, 1.0, 9.0, 14.0, 0.9, "您好"),
    Finding("C5", "speech_rate", False, True, 150.0, 160.0, 9.0, 60.0, 0.9),
    Finding("C7", "talking_over", False, True, 0.5, 3.0, 9.0, 60.0, 1.0),
    Finding("C8", "length", False, True, 1.2, 5.0, 9.0, 80.0, 1.0),
)


def a_measured_call(
    hotline: Hotline,
    findings: Sequence[Finding] = FINE,
    call: Call | None = None,
    heard: bool = True,
    at: datetime | None = None,
) -> Call:
    """In the ledger, with these findings of whoever answered it."""
    call = call or answered_call()
    now = at or hotline.clock()
    record(hotline.storage, call.node, [call], [], lambda _call: None, now)
    measure(hotline, call, findings, heard, now)
    return call


def measure(
    hotline: Hotline, call: Call, findings: Sequence[Finding], heard: bool = True, at: datetime | None = None
) -> None:
    extension = call.answered_by.id if call.answered_by else ""
    score = CallScore(
        call.node,
        call.linkedid,
        extension,
        call.started_at,
        at or hotline.clock(),
        {"transcribed": heard, "sound": heard},
    )
    stored = [StoredFinding(call.node, call.linkedid, extension, call.started_at, each) for each in findings]
    with hotline.storage.writing() as tx:
        FindingStore(tx).replace(score, stored)


def judged(hotline: Hotline) -> int:
    return judge_new(hotline.storage, hotline.in_force, hotline.clock())


def verdicts(storage: Storage, rule: str = "", standing: bool = True) -> list[Verdict]:
    wanted = select(rule_verdict).order_by(rule_verdict.c.id)
    if rule:
        wanted = wanted.where(rule_verdict.c.rule == rule)
    if standing:
        wanted = wanted.where(STANDS)
    with storage.reading() as tx:
        return [stored_verdict(row).verdict for row in tx.connection.execute(wanted)]


def judgements(storage: Storage, rule: str) -> list[Judgement]:
    return [each.judgement for each in verdicts(storage, rule)]


def all_time(now: datetime) -> Window:
    return Window(now - timedelta(days=1800), now + timedelta(days=1800))


def with_breach(rule: str, kind: str, counts: bool = True) -> tuple[Finding, ...]:
    """FINE, but for that rule."""
    broken = Finding(rule, kind, True, counts, 40.0, 30.0, 12.0, 15.5, 0.9, "不 知道", "不知道")
    return (*(each for each in FINE if each.rule != rule), broken)


def changed(call: Call, **changes: object) -> Call:
    return dataclasses.replace(call, **changes)  # type: ignore[arg-type]
