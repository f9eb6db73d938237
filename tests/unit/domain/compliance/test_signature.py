"""F5: what is signed is told from anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.compliance.counts import Count
from hotline.domain.compliance.signature import Signature, differences, digest, figures_of, is_whole
from hotline.domain.rules.registry import RULES

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
COUNTS = st.dictionaries(
    st.sampled_from(list(RULES)), st.builds(Count, *(st.integers(0, 5) for _ in range(4))), max_size=8
)


@given(COUNTS, COUNTS)
def test_two_reports_have_one_digest_if_and_only_if_their_figures_are_the_same(
    one: dict[str, Count], other: dict[str, Count]
) -> None:
    mine, theirs = figures_of(one.items()), figures_of(reversed(other.items()))
    same = digest(FIRST, LAST, mine) == digest(FIRST, LAST, theirs)
    assert same is (mine == theirs) is (differences(mine, theirs) == [])


@given(COUNTS)
def test_the_days_are_signed_too(counts: dict[str, Count]) -> None:
    figures = figures_of(counts.items())
    assert digest(FIRST, LAST, figures) != digest(FIRST, date(2026, 11, 29), figures)


def test_what_was_changed_in_the_database_is_seen() -> None:
    figures = figures_of([("A8", Count(9, 1))])
    signed = Signature(FIRST, LAST, figures, digest(FIRST, LAST, figures), "wu", datetime(2026, 12, 1, tzinfo=UTC))
    assert is_whole(signed)
    assert not is_whole(replace(signed, figures={"A8": [10, 0, 0, 0]}))
    assert not is_whole(replace(signed, last=date(2026, 12, 31)))


def test_differences_stand_in_the_order_of_the_rules() -> None:
    now = figures_of([("C10", Count(1)), ("A10", Count(1)), ("A9", Count(1)), ("C2", Count(1))])
    assert [each.rule for each in differences({}, now)] == ["A9", "A10", "C2", "C10"]
