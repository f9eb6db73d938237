"""A supervisor who barges in is in the talk, and does not take the caller (B1, B7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings

from hotline.domain.calls.call import Call, Party, PartyKind, Talk
from hotline.domain.calls.having import last_talk, talk_now
from hotline.domain.forms.form import owner_of
from hotline.domain.operators.pop import last_operator
from tests.support.call_strategies import calls
from tests.support.sample_calls import MONDAY_TEN, QIAN, ZHAO, bare_call

SUPERVISOR = Party(PartyKind.OPERATOR, "1009", "何主管")


def at(seconds: float | None) -> datetime | None:
    return None if seconds is None else MONDAY_TEN + timedelta(seconds=seconds)


def a_call(*talks: tuple[Party, float, float | None], over: float | None = None) -> Call:
    made = tuple(Talk(party, at(begun) or MONDAY_TEN, at(ended)) for party, begun, ended in talks)
    return replace(bare_call(), talks=made, answered_by=ZHAO, talk_started_at=MONDAY_TEN, ended_at=at(over))


def owned(call: Call) -> set[str]:
    """Who has the caller, by all who ask for it."""
    keeper, now = owner_of(call), talk_now(call)
    return {keeper.id if keeper else "", last_operator(call), *({now.party.id} if now else ())}


def test_while_and_after_a_supervisor_barges_in_the_caller_is_the_operators() -> None:
    assert owned(a_call((ZHAO, 0, None), (SUPERVISOR, 30, None))) == {"1001"}
    assert owned(a_call((ZHAO, 0, None), (SUPERVISOR, 30, 40))) == {"1001"}


def test_the_call_ends_with_both_in_it_and_each_leaves_in_their_own_moment() -> None:
    assert owned(a_call((ZHAO, 0, 60.0), (SUPERVISOR, 30, 60.2), over=60.2)) == {"1001"}


def test_who_takes_the_call_over_has_the_caller() -> None:
    assert owned(a_call((ZHAO, 0, 40), (SUPERVISOR, 30, 38), (SUPERVISOR, 41, None))) == {"1009"}
    assert owned(a_call((ZHAO, 0, 40), (SUPERVISOR, 41, 90), over=90)) == {"1009"}


def test_a12_who_is_beside_when_the_caller_is_passed_on_does_not_get_them() -> None:
    """As by the keys of a desk phone, which leave the supervisor in the talk."""
    assert owned(a_call((ZHAO, 0, 40), (SUPERVISOR, 20, None), (QIAN, 40, None))) == {"1002"}
    assert owned(a_call((ZHAO, 0, 40), (SUPERVISOR, 20, 70), (QIAN, 39.5, 70), over=70)) == {"1002"}


def test_who_is_left_with_the_caller_has_them() -> None:
    assert owned(a_call((ZHAO, 0, 40), (SUPERVISOR, 20, None))) == {"1009"}
    assert owned(a_call((ZHAO, 0, 40), (SUPERVISOR, 20, 50), (QIAN, 55, None))) == {"1002"}
    assert owned(a_call((ZHAO, 0, 40), (QIAN, 60, 90), over=90)) == {"1002"}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(calls())
def test_there_is_somebody_as_soon_as_there_was_a_talk(call: Call) -> None:
    assert (last_talk(call.talks) is None) == (not call.talks)
