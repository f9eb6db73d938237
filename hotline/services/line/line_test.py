"""A4: a line nobody has called for long dials itself through the carrier; if the call does not arrive, that is a
fault."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.domain.calls.call import Direction
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.errors import NotFound, PbxError, Refused
from hotline.domain.line.line_test import LineTest
from hotline.domain.reasons import Reason, because
from hotline.services.alerts import set_alert
from hotline.services.calendar import work_calendar
from hotline.services.line.alert_kinds import LINE_FAULT
from hotline.services.line.astdb import FAMILY
from hotline.services.line.pbx_clock import asterisk_epoch, clock_ahead
from hotline.services.pbx import Pbx
from hotline.settings import Settings
from hotline.storage.alerts import AlertStore
from hotline.storage.calls.store import CallStore
from hotline.storage.line.line_tests import LineTestStore
from hotline.storage.transaction import Storage, Transaction

#: Read by the dialplan: until then (epoch seconds of its own clock) a call of the line from its own number is its test.
UNTIL_KEY = "line_test_until"
#: Where the half of the test call that we began waits for its other half.
CONTEXT = "hl-line-test"
ID_VARIABLE = "HL_TEST_ID"

#: What the ledger may need after the call has arrived.
LEDGER_SECONDS = 5
#: A line that failed is tried again so soon, so that the alert ends soon after the fault.
RETRY = timedelta(minutes=10)
#: Working time is looked for so far back; no holiday lasts longer.
FURTHEST_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class LineStatus:
    """`not_tested`: why the line is not tested, None when it is."""

    line: str
    number: str
    not_tested: Reason | None
    last_arrival: datetime | None
    latest: LineTest | None


def not_tested(settings: Settings) -> Reason | None:
    """Why lines are not tested; None when they are."""
    if not settings.line_test.enabled:
        return because("line.test_off")
    if not settings.trunk.test_call:
        return because("line.test_not_allowed")
    return None


def statuses(storage: Storage, settings: Settings) -> list[LineStatus]:
    """How it stands with each line."""
    why_not = not_tested(settings)
    with storage.reading() as tx:
        return [
            LineStatus(line, kept.number, why_not, CallStore(tx).last_arrival(line), LineTestStore(tx).latest(line))
            for line, kept in settings.lines.items()
        ]


def watch(storage: Storage, pbx: Pbx, settings: Settings, since: datetime, now: datetime) -> list[LineTest]:
    """Conclude the tests that are under way, then test each line that has been idle for too long; the tests begun.

    `since`: from when on a line that has neither been called nor tested counts as idle. Raises StorageError.
    """
    conclude(storage, settings, now)
    if not_tested(settings):
        return []
    with storage.reading() as tx:
        lines = [line for line in settings.lines if _is_due(tx, settings, line, since, now)]
    return [start(storage, pbx, settings, line, now) for line in lines]


def start(storage: Storage, pbx: Pbx, settings: Settings, line: str, now: datetime) -> LineTest:
    """Dial the line's own number through the carrier; `conclude` finds what came of it. A call that cannot even be
    begun has failed at once. Raises NotFound for an unknown line, Refused when lines are not tested."""
    if line not in settings.lines:
        raise NotFound("line.no_line", line=line, lines=tuple(settings.lines))
    if why := not_tested(settings):
        raise Refused("line.not_tested", line=line, why=why)
    number, seconds = settings.lines[line].number, settings.line_test.timeout_seconds
    test = LineTest(secrets.token_hex(8), line, now)
    with storage.writing() as tx:
        LineTestStore(tx).add(test)
    try:
        until = now + timedelta(seconds=seconds)
        pbx.database_put(FAMILY, UNTIL_KEY, asterisk_epoch(until, clock_ahead(pbx, now)))
        pbx.originate(f"PJSIP/{number}@trunk", CONTEXT, "s", number, {ID_VARIABLE: test.id}, seconds)
    except PbxError as error:
        with storage.writing() as tx:
            return _failed(tx, test, because("line.test_not_begun", why=error.reason), now)
    return test


def conclude(storage: Storage, settings: Settings, now: datetime) -> list[LineTest]:
    """Settle the tests whose call has arrived or whose time is over, and end the alerts that are no longer true;
    the tests settled."""
    with storage.reading() as tx:
        if not LineTestStore(tx).running() and not any(_over(tx, settings)):
            return []
    with storage.writing() as tx:
        settled = [_settled(tx, settings, test, now) for test in LineTestStore(tx).running()]
        for line in list(_over(tx, settings)):
            set_alert(tx, LINE_FAULT, line, None, now)
        return [test for test in settled if test.result != "running"]


def _settled(tx: Transaction, settings: Settings, test: LineTest, now: datetime) -> LineTest:
    if _has_arrived(tx, test):
        passed = replace(test, result="passed", finished_at=now)
        LineTestStore(tx).update(passed)
        set_alert(tx, LINE_FAULT, test.line, None, now)
        return passed
    seconds = settings.line_test.timeout_seconds
    if now - test.started_at < timedelta(seconds=seconds + LEDGER_SECONDS):
        return test
    return _failed(tx, test, because("line.test_did_not_arrive", seconds=seconds), now)


def _failed(tx: Transaction, test: LineTest, detail: Reason, now: datetime) -> LineTest:
    failed = replace(test, result="failed", finished_at=now, detail=detail)
    LineTestStore(tx).update(failed)
    set_alert(tx, LINE_FAULT, test.line, detail, now)
    return failed


def _has_arrived(tx: Transaction, test: LineTest) -> bool:
    """Whether the line's test call stands in the ledger, answered."""
    arrivals = CallFilter(since=test.started_at, line=test.line, directions=(Direction.LINE_TEST,))
    return any(found.call.answered_at for found in CallStore(tx).search(arrivals, limit=10).calls)


def _over(tx: Transaction, settings: Settings) -> Iterator[str]:
    """Lines whose alert is: one that has been called since works; one that is no longer tested, or no longer there, has
    no fault."""
    for alert in AlertStore(tx).open():
        if alert.kind == LINE_FAULT:
            arrived = CallStore(tx).last_arrival(alert.object)
            gone = alert.object not in settings.lines or bool(not_tested(settings))
            if gone or (arrived is not None and arrived > alert.raised_at):
                yield alert.object


def _is_due(tx: Transaction, settings: Settings, line: str, since: datetime, now: datetime) -> bool:
    calendar = work_calendar(settings, line)
    if not calendar.is_open(now) or any(test.line == line for test in LineTestStore(tx).running()):
        return False
    latest, arrived = LineTestStore(tx).latest(line), CallStore(tx).last_arrival(line)
    if latest and latest.result == "failed" and (arrived is None or arrived < latest.started_at):
        return now - latest.started_at >= RETRY
    signs = [moment for moment in (arrived, latest.started_at if latest else None) if moment]
    idle_since = max(max(signs, default=since), now - FURTHEST_BACK)
    return calendar.working_seconds_between(idle_since, now) >= settings.line_test.idle_minutes * 60
