"""What follows from breaches (F4, F6, F12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.appraisal.evidence import evidence_given
from hotline.domain.breaches.breach import Breach, BreachKind, Terms, Weighed, is_listed, weighed
from hotline.domain.errors import Refused

START = datetime(2026, 11, 1, tzinfo=UTC)
DAY = timedelta(days=1)
COMPLAINT = Terms(30, 365, 3)


def _breach(id: int, day: float, kind: BreachKind = BreachKind.SERVICE_COMPLAINT, terms: Terms = COMPLAINT) -> Breach:
    at = START + day * DAY
    return Breach(7, kind, "F4", at, ("case:1",), "words", terms, "boss", at, id=id)


def test_the_first_costs_30_the_second_twice_and_the_third_means_dismissal() -> None:
    """F4, 001-5 三.5."""
    found = weighed([_breach(3, 20), _breach(1, 0), _breach(2, 10)])
    assert found == {1: Weighed(1, 30), 2: Weighed(2, 60), 3: Weighed(3, 0, dismissal=True)}


def test_what_is_withdrawn_counts_for_nothing_and_what_is_long_past_repeats_nothing() -> None:
    """F4."""
    withdrawn = replace(_breach(2, 10), withdrawn_at=START + 11 * DAY)
    assert weighed([_breach(1, 0), withdrawn, _breach(3, 20)]) == {
        1: Weighed(1, 30),
        2: Weighed(0, 0),
        3: Weighed(2, 60),
    }
    assert weighed([_breach(1, 0), _breach(2, 365.5)])[2] == Weighed(1, 30)


def test_shifts_cost_the_same_each_time_and_another_kind_repeats_nothing() -> None:
    """F6, F4: 20 yuan; 100,000 and 200,000, doubled where they come again."""
    empty = [_breach(each, each, BreachKind.EMPTY_SHIFT, Terms(20)) for each in (1, 2, 3)]
    assert [each.yuan for each in weighed(empty).values()] == [20, 20, 20]
    public = [_breach(each, each, BreachKind.PUBLIC_COMPLAINT, Terms(100_000, 365)) for each in (4, 5)]
    assert [each.yuan for each in weighed([*empty, *public]).values()] == [20, 20, 20, 100_000, 200_000]


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(BreachKind), st.booleans()), max_size=12))
def test_no_order_of_declaring_changes_what_follows(made: list[tuple[int, BreachKind, bool]]) -> None:
    """F4."""
    breaches = [
        replace(_breach(id, day, kind), withdrawn_at=START if gone else None)
        for id, (day, kind, gone) in enumerate(made, 1)
    ]
    found = weighed(breaches)
    assert found == weighed(reversed(breaches)) and set(found) == {each.id for each in breaches}
    assert all((found[each.id or 0].nth == 0) == (each.withdrawn_at is not None) for each in breaches)


def test_who_breaks_rules_often_is_listed() -> None:
    """F12, 003 业务电话 14."""
    three = [_breach(1, 0), _breach(2, 40), _breach(3, 80)]
    assert is_listed(three, START + 80 * DAY, 3, 90) and not is_listed(three, START + 91 * DAY, 3, 90)
    assert not is_listed([*three[:2], replace(three[2], withdrawn_at=START)], START + 80 * DAY, 3, 90)


def test_evidence_is_ids_and_nothing_else() -> None:
    """F12."""
    assert evidence_given("call:12，case:7\n call:12") == ("call:12", "case:7")


@pytest.mark.parametrize(
    "text", ["", " ,\n", "12", "call:0", "call:-1", "call:9999999999", "person:1", "call:１", "x" * 99]
)
def test_what_is_no_evidence_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        evidence_given(text)
