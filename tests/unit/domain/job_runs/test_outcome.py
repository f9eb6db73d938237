"""What a job says of itself: a reason, none for nothing, and no longer than a person reads."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.job_runs.outcome import within_bounds
from hotline.domain.reasons import Reason, because, several, so_many

SENT = because("sms.sent", n=3)
LOST = because("notifications.sent_on", told=0, lost=1)


def test_nothing_is_said_of_none() -> None:
    assert so_many("sms.sent", 0) is None
    assert so_many("sms.sent", 3) == SENT
    assert so_many("examination.drawn", 2, week="2026-W40") == because("examination.drawn", n=2, week="2026-W40")


def test_several_things_are_said_as_one() -> None:
    assert several() is None and several(None, None) is None
    assert several(None, SENT) == SENT
    assert several(SENT, None, LOST) == because("machine.several", told=[SENT, LOST])


def test_long_lists_and_texts_are_cut_and_all_else_stays() -> None:
    at = datetime(2026, 11, 16, tzinfo=UTC)
    long = because("c.d", text="x" * 9000)
    told = because("a.b", n=3, at=at, nothing=None, places=[str(n) for n in range(200)], why=long)
    kept = within_bounds(told)
    assert kept.values["places"] == [*(str(n) for n in range(20)), "…"]
    assert kept.values["why"] == because("c.d", text="x" * 500 + "…")
    assert {name: kept.values[name] for name in ("n", "at", "nothing")} == {"n": 3, "at": at, "nothing": None}


_VALUES = st.one_of(st.integers(), st.none(), st.text(max_size=50), st.lists(st.text(max_size=50), max_size=20))


@given(st.dictionaries(st.text("abc", min_size=1), _VALUES))
def test_what_is_short_stays_as_it_is(values: dict[str, int | str | list[str] | None]) -> None:
    told = Reason("a.b", {**values, "why": SENT, "several": [SENT, LOST]})
    assert within_bounds(told) == told
