"""The figures of the floor (A8, A11, G4, G5): what each call counts as, and what they add up to."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.domain.calls.call import Call, Direction, Outcome, Party, PartyKind, QueueStay, RouteStep
from hotline.domain.floor.figures import LOST, OFFERED, Counted, CountsAs, Figures, Marks, counted, counts_as, figures
from tests.support.call_strategies import calls
from tests.support.sample_calls import MONDAY_TEN, abandoned_call, answered_call, bare_call, duty_call, talking_call

MARKS = Marks(service_level_seconds=20, answer_seconds=30, answer_rings=3, quick_seconds=15)


def over(call: Call, outcome: Outcome, seconds: float = 60) -> Call:
    return replace(call, ended_at=call.started_at + timedelta(seconds=seconds), outcome=outcome)


def handed_on(call: Call) -> Call:
    return replace(call, routes=(RouteStep(call.started_at, "queue", "service", "caller_choice"),))


def rung_until_the_end() -> Call:
    call = abandoned_call()
    (ring,) = call.rings
    return replace(call, rings=(ring, replace(ring, result="cancelled", ended_at=call.ended_at)))


KINDS = {
    "in the menu": (bare_call(), CountsAs.MENU),
    "decided for people, no phone rings yet": (handed_on(bare_call()), CountsAs.WAITING),
    "waiting in the queue": (
        replace(bare_call(), queues=(QueueStay("service", MONDAY_TEN, None, ""),)),
        CountsAs.WAITING,
    ),
    "talking": (talking_call(), CountsAs.ANSWERED),
    "answered": (answered_call(), CountsAs.ANSWERED),
    "answered on the duty mobile": (duty_call(), CountsAs.ANSWERED),
    "left the menu": (over(bare_call(), Outcome.ABANDONED_IVR), CountsAs.LEFT_IVR),
    "left the queue between two rings": (abandoned_call(), CountsAs.LEFT_QUEUE),
    "left while a phone rang": (rung_until_the_end(), CountsAs.LEFT_RINGING),
    "nobody took it": (over(handed_on(bare_call()), Outcome.NO_ANSWER), CountsAs.UNANSWERED),
    "no mobile took it": (over(handed_on(bare_call()), Outcome.FORWARDED_UNANSWERED), CountsAs.UNANSWERED),
    "asked for a callback": (over(handed_on(bare_call()), Outcome.CALLBACK_REQUESTED), CountsAs.CALLBACK),
    "left a message for want of people": (over(handed_on(bare_call()), Outcome.VOICEMAIL), CountsAs.VOICEMAIL),
    "chose to leave a message": (over(bare_call(), Outcome.VOICEMAIL), CountsAs.SELF_SERVED),
    "heard an announcement out": (over(bare_call(), Outcome.ANSWERED), CountsAs.SELF_SERVED),
    "Asterisk restarted in the menu": (over(bare_call(), Outcome.FAILED), CountsAs.FAILED),
    "Asterisk restarted in the queue": (over(handed_on(bare_call()), Outcome.FAILED), CountsAs.FAILED),
    "turned away": (over(bare_call(), Outcome.BLOCKED), None),
    "a line test": (replace(bare_call(), direction=Direction.LINE_TEST), None),
    "between our phones": (replace(talking_call(), direction=Direction.INTERNAL), None),
}


@pytest.mark.parametrize("case", KINDS)
def test_each_call_counts_as_one_thing(case: str) -> None:
    call, kind = KINDS[case]
    assert counts_as(call) == kind


def test_a_day_by_hand() -> None:
    """A8, A11, G4, G5: four answered after 5, 18, 25 and 40 s, one lost while ringing, one in the queue at once."""
    answered = [
        Counted(CountsAs.ANSWERED, wait, rings) for wait, rings in ((5.0, 1), (18.0, 3), (25.0, 4), (40.0, None))
    ]
    lost = [Counted(CountsAs.LEFT_RINGING, 12.0), Counted(CountsAs.LEFT_QUEUE, 2.0)]
    others = [Counted(kind) for kind in (CountsAs.LEFT_IVR, CountsAs.CALLBACK, CountsAs.WAITING, CountsAs.MENU)]
    day = figures([*answered, *lost, *others], MARKS)
    assert (day.incoming, day.offered, day.answered) == (10, 8, 4)
    assert day.service_level_percent == 33.3
    assert day.answered_in_time_percent == 50.0
    assert day.answered_quickly_percent == 16.7
    assert day.answered_in_rings_percent == 66.7
    assert day.abandoned_percent == 33.3
    assert day.connected_percent == 57.1
    assert day.average_answer_seconds == 22.0
    assert day.longest_wait_seconds == 40.0
    lenient = figures([*answered, *lost, *others], replace(MARKS, short_abandon_seconds=5))
    assert (lenient.short_abandoned, lenient.abandoned.queue) == (1, 1)
    assert lenient.service_level_percent == 40.0
    assert lenient.abandoned_percent == 20.0


def test_a_day_without_calls_has_no_rates() -> None:
    empty = figures([], MARKS)
    assert empty.incoming == empty.offered == empty.answered == 0
    assert empty.service_level_percent is empty.average_answer_seconds is empty.longest_wait_seconds is None


kinds = st.sampled_from(CountsAs)
some_calls = st.lists(
    st.builds(
        Counted,
        kinds,
        st.floats(min_value=0, max_value=10_000),
        st.none() | st.integers(min_value=1, max_value=60),
        st.booleans(),
    ),
    max_size=40,
)
marks = st.builds(Marks, *[st.integers(min_value=1, max_value=600)] * 4, st.integers(min_value=0, max_value=60))


def percents(of: Figures) -> dict[str, float]:
    values = {field.name: getattr(of, field.name) for field in fields(of) if field.name.endswith("percent")}
    return {name: value for name, value in values.items() if value is not None}


@given(some_calls, marks)
def test_rates_lie_between_0_and_100_and_totals_add_up(day: list[Counted], by: Marks) -> None:
    found = figures(day, by)
    assert all(0 <= value <= 100 for value in percents(found).values())
    assert found.offered == (
        found.answered
        + found.abandoned.queue
        + found.abandoned.ringing
        + found.unanswered
        + found.callbacks
        + found.voicemails
        + found.waiting
    )
    assert found.incoming == (found.offered + found.abandoned.ivr + found.self_served + found.failed + found.in_menu)
    assert found.short_abandoned <= found.abandoned.queue + found.abandoned.ringing
    assert found.answered_by_mobile <= found.answered


@given(some_calls, marks, st.floats(min_value=0, max_value=10_000))
def test_one_more_answered_call_never_lowers_what_was_answered(day: list[Counted], by: Marks, wait: float) -> None:
    before = figures(day, by)
    after = figures([*day, Counted(CountsAs.ANSWERED, wait)], by)
    assert after.answered == before.answered + 1
    assert (after.connected_percent or 0) >= (before.connected_percent or 0)
    assert (after.abandoned_percent or 0) <= (before.abandoned_percent or 0) or before.abandoned_percent is None
    assert (after.longest_wait_seconds or 0) >= (before.longest_wait_seconds or 0)


@given(some_calls, marks)
def test_one_more_lost_call_never_raises_a_rate_of_answering(day: list[Counted], by: Marks) -> None:
    before, after = figures(day, by), figures([*day, Counted(CountsAs.UNANSWERED, 30.0)], by)
    for name in ("service_level_percent", "connected_percent", "answered_in_time_percent", "answered_quickly_percent"):
        if getattr(before, name) is not None:
            assert getattr(after, name) <= getattr(before, name)


@given(some_calls, marks, st.randoms())
def test_the_order_of_calls_changes_nothing(day: list[Counted], by: Marks, chance: object) -> None:
    shuffled = list(day)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = figures(day, by), figures(shuffled, by)
    assert replace(one, average_answer_seconds=None) == replace(other, average_answer_seconds=None)
    assert (one.average_answer_seconds or 0) == pytest.approx(other.average_answer_seconds or 0, abs=0.11)


@given(some_calls, marks)
def test_a_longer_time_to_answer_in_never_makes_the_service_level_worse(day: list[Counted], by: Marks) -> None:
    shorter = figures(day, by).service_level_percent
    longer = figures(day, replace(by, service_level_seconds=by.service_level_seconds + 10)).service_level_percent
    assert (shorter is None) == (longer is None)
    assert (longer or 0) >= (shorter or 0)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(calls())
def test_whatever_the_ledger_holds_counts_as_one_thing_or_as_nothing(call: Call) -> None:
    found = counted(call)
    assert (found is None) == (call.direction is not Direction.INBOUND or call.outcome is Outcome.BLOCKED)


def test_what_was_lost_was_offered() -> None:
    assert LOST < OFFERED


def test_rings_are_those_of_the_operator_who_took_it() -> None:
    """A8: Zhao's phone rang four times and was not picked up; Qian's twice."""
    found = counted(answered_call())
    assert found is not None and (found.rings, found.by_mobile) == (2, False)
    by_duty = counted(duty_call())
    assert by_duty is not None and (by_duty.rings, by_duty.by_mobile) == (None, True)


def test_a_party_nobody_knows_still_talked() -> None:
    call = replace(answered_call(), answered_by=Party(PartyKind.UNKNOWN))
    assert counts_as(call) is CountsAs.ANSWERED
