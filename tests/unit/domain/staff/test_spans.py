"""Who had an extension at a moment, and which spans would say that two had it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.errors import Refused
from hotline.domain.staff.records import Membership, Tenure
from hotline.domain.staff.spans import holder_at, holds_at, members_at, overlap, require_sole_holder
from tests.support.rows import MORNING

NOON = MORNING + timedelta(hours=3)
SECOND = timedelta(seconds=1)
FORMER = Tenure(1, "1001", None, NOON, id=7)
NEW = Tenure(2, "1001", NOON, None, id=8)


def test_the_moment_of_the_hand_over_is_the_new_holders() -> None:
    assert [holder_at([FORMER, NEW], "1001", at) for at in (MORNING, NOON - SECOND, NOON, NOON + SECOND)] == [
        1,
        1,
        2,
        2,
    ]
    assert holder_at([FORMER], "1001", NOON) is None
    assert holder_at([FORMER, NEW], "1002", NOON) is None


def test_two_in_a_row_do_not_overlap() -> None:
    require_sole_holder([FORMER], NEW)
    require_sole_holder([FORMER, NEW], NEW)


def _refused(tenures: list[Tenure], new: Tenure) -> str:
    with pytest.raises(Refused) as refused:
        require_sole_holder(tenures, new)
    return refused.value.code


def test_an_extension_is_not_two_persons() -> None:
    assert _refused([FORMER], Tenure(2, "1001", NOON - SECOND)) == "staff.extension_held"
    assert _refused([FORMER], Tenure(2, "1001", None, MORNING)) == "staff.extension_held"


def test_a_person_has_one_extension() -> None:
    assert _refused([NEW], Tenure(2, "1002", None, NOON + SECOND)) == "staff.has_extension"
    require_sole_holder([NEW], Tenure(2, "1002", None, NOON))


def test_what_ends_before_it_begins_is_refused() -> None:
    assert _refused([], Tenure(2, "1002", NOON, NOON)) == "staff.ends_before"


def test_members_of_a_moment() -> None:
    members = [Membership(5, 1, None, NOON), Membership(5, 2, MORNING), Membership(5, 3, NOON), Membership(5, 2, NOON)]
    assert members_at(members, MORNING) == [1, 2]
    assert members_at(members, NOON) == [2, 3]


_MOMENTS = st.none() | st.integers(0, 8).map(lambda hours: MORNING + timedelta(hours=hours))
_SPANS = st.builds(Tenure, st.just(1), st.just("1001"), _MOMENTS, _MOMENTS)


@given(_SPANS, _SPANS)
def test_spans_overlap_where_both_hold_at_some_moment(one: Tenure, other: Tenure) -> None:
    moments = [MORNING + timedelta(hours=hours) for hours in range(-1, 10)]
    assert overlap(one, other) == any(holds_at(one, at) and holds_at(other, at) for at in moments)
