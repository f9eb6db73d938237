"""States add up to the signed-in time exactly, whatever happened (figure 28)."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.operators.presence import ShownState, StateChange
from hotline.domain.reports.states import most_at_once, signed_in, state_spans, state_times
from tests.support.instance import at

_START, _END = at("2026-11-16 00:00"), at("2026-11-17 00:00")
_MICROSECOND = timedelta(microseconds=1)

_moments = st.integers(-(10**10), 10**11).map(lambda far: _START + far * _MICROSECOND)
_changes = st.lists(
    st.builds(
        StateChange,
        st.sampled_from(["1001", "1002", "1003"]),
        _moments,
        st.sampled_from(list(ShownState)),
        st.sampled_from(["", "meal", "training"]),
    ),
    max_size=40,
)


@given(_changes)
def test_states_add_up_to_the_signed_in_time(changes: list[StateChange]) -> None:
    """F6: to the microsecond; the signed-in time is taken from sign-in to sign-out, not from the states."""
    spans = list(state_spans(changes, _START, _END))
    by_state = state_times(spans)
    for extension, length in signed_in(spans).items():
        assert sum(amount for (whose, _, _), amount in by_state.items() if whose == extension) == length
    assert all(amount > 0 for amount in by_state.values())
    assert sum(by_state.values()) == sum(signed_in(spans).values()) <= 3 * 86_400 * 1_000_000


@given(_changes)
def test_half_days_add_up_to_the_day(changes: list[StateChange]) -> None:
    noon = at("2026-11-16 12:00")
    halves = state_times(state_spans(changes, _START, noon)) + state_times(state_spans(changes, noon, _END))
    assert halves == state_times(state_spans(changes, _START, _END))


def test_a_pause_keeps_its_reason_and_others_have_none() -> None:
    nine = at("2026-11-16 09:00")
    changes = [
        StateChange("1001", nine, ShownState.PAUSED, "meal"),
        StateChange("1001", nine + timedelta(seconds=60), ShownState.READY, "meal"),
        StateChange("1001", nine + timedelta(seconds=90), ShownState.OFFLINE),
    ]
    found = state_times(state_spans(changes, _START, _END))
    assert found == {("1001", "paused", "meal"): 60_000_000, ("1001", "ready", ""): 30_000_000}


def test_who_leaves_when_another_comes_was_not_there_with_them() -> None:
    """Half-open: of [9:00, 10:00), [10:00, 11:00) and [9:30, 9:40) the most at once are two."""
    nine, ten, eleven = (at(f"2026-11-16 {hour}:00") for hour in ("09", "10", "11"))
    between = (nine + timedelta(minutes=30), nine + timedelta(minutes=40))
    assert most_at_once([(nine, ten), (ten, eleven), between]) == 2
    assert most_at_once([]) == 0
