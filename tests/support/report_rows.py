"""Rows of what the figures count beside calls, on the hand-made day: callbacks, ratings, cases, deadlines, visits, line
tests, examinations, findings, dials."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import Boolean, Connection, Float, Integer, Table, insert

from hotline.storage.callbacks.tables import callback
from hotline.storage.cases.tables import service_case
from hotline.storage.deadlines.tables import deadline
from hotline.storage.dialling.tables import dial
from hotline.storage.examination.tables import appeal, examination
from hotline.storage.line.tables import line_test
from hotline.storage.quality.tables import call_finding, call_score
from hotline.storage.reports.tables import report_amount
from hotline.storage.satisfaction.tables import rating
from hotline.storage.tables import workflow_step
from hotline.storage.types import Json, UtcDateTime
from hotline.storage.visits.tables import visit
from tests.support.instance import at

NINE = at("2026-11-16 09:00")
HOUR = timedelta(hours=1)

#: Of four callbacks, one joined to another: three owed, two closed (one late), one open and over; they took 30 and 120
#: minutes.
#: Of four cases, one merged: three opened, two of them complaints, one closed after 5 h, 3.5 of them working time; one
#: reopened, urged…
FIGURES = {
    "callbacks_owed": 3.0,
    "callback_closure": 100 * 2 / 3,
    "callback_closure_in_time": 100 / 3,
    "callbacks_called_in_time": 100 / 3,
    "callbacks_unreturned": 1.0,
    "callback_median_age": 1800.0,
    "ratings_offered": 4.0,
    "rating_response": 75.0,
    "satisfied": 100 * 2 / 3,
    "rating_mean": 11 / 3,
    "cases_opened": 3.0,
    "cases_still_open": 2.0,
    "cases_open_at_end": 2.0,
    "cases_reopened": 100 / 3,
    "case_median_solving": 18000.0,
    "case_median_solving_worked": 12600.0,
    "cases_first_contact": 100 / 3,
    "cases_solved": 100 / 3,
    "cases_satisfied": 50.0,
    "cases_returned": 50.0,
    "cases_extended": 50.0,
    "cases_urged": 50.0,
    "complaints": 2.0,
    "complaints_per_thousand": 2000 / 41,
    "complaints_severe_per_thousand": 1000 / 41,
    "complaints_medium_per_thousand": 1000 / 41,
    "complaints_light_per_thousand": 0.0,
    "promises_kept": 50.0,
    "records_in_time": 100.0,
    "answered_in_due_time": 0.0,
    "case_clocks_kept": 50.0,
    "visits_in_time": 100.0,
    "visits_reached": 50.0,
    "visits_satisfied": 100.0,
    "line_up": 75.0,
    "line_faults": 1.0,
    "examined_share": 100 * 2 / 21,
    "examination_score": 85.0,
    "examination_failures": 50.0,
    "examination_critical": 0.0,
    "appeals_upheld": 100.0,
    "interruptions": 1.0,
    "interruption_seconds": 2.0,
    "time_to_greeting": 1.5,
    "longest_silence": 12.0,
    "automatic_score": 90.0,
    "talk_share_ours": 40.0,
    "talk_share_caller": 30.0,
    "talk_share_both": 10.0,
    "silence_share": 40.0,
    # Of ten talks scored twice both passed 6 and failed 2, the first alone passed one, the second alone another: by
    # chance they agree in 0.7 × 0.7 + 0.3 × 0.3 = 0.58.
    "examiners_agreed": 80.0,
    "examiners_kappa": 0.22 / 0.42,
    "complaints_about": 3.0,
    "opinions": 2.0,
    "opinions_handled": 50.0,
    "blockage": 50.0,
}


_NUMBERS = count(1)
_UNIQUE: Mapping[str, type] = {"linkedid": str, "object_id": int}


def put(connection: Connection) -> None:
    _callbacks(connection)
    _ratings(connection)
    _cases(connection)
    _deadlines(connection)
    _visits(connection)
    _line_tests(connection)
    _quality(connection)


def add(connection: Connection, table: Table, **values: Any) -> None:
    """What has no default and is not given is empty."""
    empty: Mapping[str, Any] = {
        each.name: _empty(each.type)
        for each in table.c
        if not each.nullable and each.server_default is None and not each.primary_key
    }
    own = {name: kind(next(_NUMBERS)) for name, kind in _UNIQUE.items() if name in empty}
    connection.execute(insert(table).values({**empty, **own, **values}))


def _empty(kind: object) -> object:
    if isinstance(kind, UtcDateTime):
        return NINE
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Json):
        return {}
    return 0 if isinstance(kind, Integer | Float) else ""


def _callbacks(connection: Connection) -> None:
    for number, (owed, closed, outcome) in enumerate(
        ((NINE, NINE + HOUR / 2, "done"), (NINE, NINE + 2 * HOUR, "done"), (NINE, None, ""), (NINE, NINE, "joined"))
    ):
        add(
            connection,
            callback,
            linkedid=f"c-{number}",
            number=f"+861390000000{number}",
            line="main",
            queued_at=owed,
            owed_from=owed,
            due_at=owed + HOUR,
            closed_at=closed,
            outcome=outcome,
        )


def _ratings(connection: Connection) -> None:
    for answer in (5, 4, 2, None):
        add(connection, rating, line="main", extension="1001", offered_at=NINE, answer=answer)


def _cases(connection: Connection) -> None:
    for number, (kind, state, severity, department, result) in enumerate(
        (
            ("complaint", "closed", "severe", 1, "satisfied"),
            ("complaint", "open", "medium", 1, "so_so"),
            ("request", "open", "", None, ""),
            ("request", "merged", "", 1, ""),
        ),
        start=1,
    ):
        over = NINE + 5 * HOUR if state == "closed" else None
        add(
            connection,
            service_case,
            id=number,
            number=f"20261116-{number}",
            kind=kind,
            state=state,
            severity=severity,
            department_id=department,
            opened_at=NINE,
            closed_at=over,
            solved_in_ms=12_600_000 if over else None,
            result="repaired" if over else "",
            about="zhao" if number in (1, 2, 4) else "",
            repeats=int(number == 2),
            values={"visit_result": result},
        )
    for act in ("reopen", "return", "urge", "grant_extension", "contact"):
        add(connection, workflow_step, subject="case", subject_id=1, act=act)


def _deadlines(connection: Connection) -> None:
    due = NINE + HOUR
    for clock, stopped in (
        ("promise", NINE),
        ("promise", None),
        ("record", NINE),
        ("visit", NINE),
        ("case_first_answer", due),
        ("case_arrival", NINE),
    ):
        add(connection, deadline, clock=clock, line="main", started_at=NINE, due_at=due, stopped_at=stopped, gaps=[])


def _visits(connection: Connection) -> None:
    for ending, result in (("answered", "satisfied"), ("not_reached", ""), ("not_owed", "")):
        add(connection, visit, line="main", closed_at=NINE, ending=ending, result=result)


def _line_tests(connection: Connection) -> None:
    for number, result in enumerate(("passed", "passed", "passed", "failed", "running")):
        add(connection, line_test, id=f"t-{number}", line="main", started_at=NINE, result=result)


def _quality(connection: Connection) -> None:
    for number, (state, score, passed) in enumerate(
        (("published", 60.0, False), ("seen", 90.0, True), ("assigned", None, None)), 1
    ):
        add(
            connection,
            examination,
            id=number,
            extension="1001",
            called_at=NINE,
            state=state,
            score=score,
            passed=passed,
        )
    add(connection, appeal, examination_id=1, decision="changed", score=80.0)
    for value, breach in ((3.5, True), (0.5, False)):
        add(
            connection,
            call_finding,
            extension="1001",
            called_at=NINE,
            rule="C7",
            kind="talking_over",
            breach=breach,
            value=value,
        )
    for value in (5.0, 12.0, 12.0):  # of one call, whose longest is 12 s
        add(
            connection,
            call_finding,
            linkedid="s",
            extension="1001",
            called_at=NINE,
            rule="Q1",
            kind="silence",
            value=value,
        )
    add(connection, call_finding, extension="1001", called_at=NINE, rule="Q2", kind="shouting", value=-5.0)
    spoken = {"heard_ms": 10_000, "ours_ms": 4000, "caller_ms": 3000, "both_ms": 1000, "first_words_ms": 1500}
    add(connection, call_score, extension="1001", called_at=NINE, score=90.0, measures=spoken)
    _scored_twice(connection)
    for number, outcome in enumerate(("reached", "congested", "operator_gone", None)):
        add(
            connection,
            dial,
            extension=f"120{number}",
            number=f"+861390000020{number}",
            line="main",
            asked_at=NINE,
            ended_at=NINE if outcome else None,
            outcome=outcome,
        )
    for what, amount in (
        ("forecast", 44_000),
        ("forecast_off", 9_000),
        ("forecast_came", 41_000),
        ("planned", 36 * 10**9),
    ):
        add(connection, report_amount, day="2026-11-16", what=what, amount=amount)


def _scored_twice(connection: Connection) -> None:
    """Calibrations, so that no other figure counts them."""
    both = [(True, True)] * 6 + [(False, False)] * 2 + [(True, False), (False, True)]
    for number, (first, second) in enumerate(both):
        # What the first one says of it once more is not looked at.
        for place, (examiner, passed) in enumerate((("wu", first), ("li", second), ("wu", not first))):
            add(
                connection,
                examination,
                id=100 + 3 * number + place,
                linkedid=f"k-{number}",
                extension="1001",
                called_at=NINE,
                state="published",
                calibration_id=1,
                examiner=examiner,
                passed=passed,
            )
