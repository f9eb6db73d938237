"""What a finished call brings to the figures that the ledger does not say by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.domain.calls.call import QueueStay, RouteStep, Transfer
from hotline.domain.reports.fact import fact_of
from hotline.domain.reports.moved import moved_of
from tests.support.sample_calls import DUTY, QIAN, ZHAO, answered_call

CALL = answered_call()
LATER = CALL.started_at + timedelta(days=1)
START = CALL.started_at


def stay(queue: str, result: str, until: int = 20) -> QueueStay:
    return QueueStay(queue, START, START + timedelta(seconds=until), result)


@pytest.mark.parametrize("result", ["full", "empty", "timeout"])
def test_f1_who_goes_on_from_a_queue_that_does_not_take_them_has_overflowed(result: str) -> None:
    on = replace(CALL, queues=(stay("service", result), stay("sales", "answered", 30)))
    to_duty = RouteStep(START + timedelta(seconds=20), "duty", "139", result)
    for call in (on, replace(CALL, queues=(stay("service", result),), routes=(to_duty,))):
        fact = fact_of(1, call, (), LATER)
        assert fact is not None and fact.overflowed == 1


def test_f1_who_was_taken_or_got_no_further_has_not() -> None:
    passed_on = replace(CALL, queues=(stay("service", "answered"), stay("sales", "answered", 30)))
    before = RouteStep(START - timedelta(seconds=1), "duty", "139", "break")
    for call in (CALL, passed_on, replace(CALL, queues=(stay("service", "timeout"),), routes=(before,))):
        fact = fact_of(1, call, (), LATER)
        assert fact is not None and (fact.overflowed, fact.safe_routed) == (0, 0)


@pytest.mark.parametrize("why", ["ivr_away", "ivr_died"])
def test_f1_whom_asterisk_led_on_by_itself_met_an_error_in_the_menus(why: str) -> None:
    fact = fact_of(1, replace(CALL, remarks=("rejoined", f"safe_route:{why}")), (), LATER)
    assert fact is not None and fact.safe_routed == 1


def test_f1_who_passes_a_caller_on_and_who_gets_them_count_each() -> None:
    made = (
        Transfer(START, "blind", ZHAO, QIAN),
        Transfer(START, "attended", QIAN, DUTY),
        Transfer(START, "pickup", ZHAO, QIAN),
    )
    assert moved_of([replace(CALL, transfers=made)]) == {
        (ZHAO.id, "blind_out"): 1,
        (QIAN.id, "blind_in"): 1,
        (QIAN.id, "attended_out"): 1,
    }
