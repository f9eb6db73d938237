"""Draws that can be done again, and who is left out, and why (E3, E10, PIPL)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.campaigns.campaign import (
    Basis,
    Campaign,
    CampaignKind,
    LeftOut,
    Member,
    MemberState,
    checked,
    draw,
    share_of_today,
)
from hotline.domain.campaigns.sorting import Circumstances, Seen, why_left_out
from hotline.domain.customers.customer import Customer, PreferredWay
from hotline.domain.numbers import NO_NUMBER, Number, normalise
from hotline.domain.reasons import Unfit

NUMBER = normalise("13800138000")
WANG = Customer(name="王芳", id=7)
DRAFT = Campaign(CampaignKind.FESTIVAL, "中秋", "节日问候", Basis.CONSENT, date(2026, 9, 20), date(2026, 9, 30))


@given(st.sets(st.integers(1, 10_000)), st.integers(0, 50), st.text(max_size=20))
def test_the_same_seed_draws_the_same_whatever_the_order(keys: set[int], wanted: int, seed: str) -> None:
    drawn = draw(sorted(keys), wanted, seed)
    assert drawn == draw(sorted(keys, reverse=True), wanted, seed)
    assert drawn <= keys
    assert len(drawn) == (min(wanted, len(keys)) if wanted else len(keys))


def test_another_seed_draws_others() -> None:
    assert draw(range(1000), 10, "a") != draw(range(1000), 10, "b")


@given(st.integers(0, 5000), st.integers(0, 60), st.integers(0, 200))
def test_shares_of_the_days_are_all_of_it_at_the_end(left: int, days: int, a_day: int) -> None:
    ends_on = date(2026, 11, 1)
    for day in range(days + 1):
        share = share_of_today(left, date.fromordinal(ends_on.toordinal() - days + day), ends_on, a_day)
        assert 0 <= share <= left
        left -= share
    assert left == 0 or a_day


def member(number: Number = NUMBER, customer_id: int | None = None) -> Member:
    return Member(1, MemberState.CHOSEN, customer_id, number=number)


def known(*people: Customer, basis: Basis = Basis.CONTRACT, **more: set[Number | int]) -> Circumstances:
    return Circumstances(basis, frozenset(), {NUMBER: list(people)}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "asked", "reason"),
    [
        (known(), member(NO_NUMBER), LeftOut.NO_NUMBER),
        (known(), member(normalise("+4930123456")), LeftOut.FOREIGN),
        (known(), member(normalise("+85221234567")), LeftOut.FOREIGN),
        (replace(known(), own=frozenset({NUMBER})), member(), LeftOut.OWN_STAFF),
        (known(replace(WANG, do_not_call=True)), member(), LeftOut.DO_NOT_CALL),
        (known(replace(WANG, preferred_way=PreferredWay.NONE)), member(), LeftOut.WANTS_NONE),
        (known(WANG, basis=Basis.CONSENT), member(), LeftOut.NO_CONSENT),
        (known(basis=Basis.CONSENT), member(), LeftOut.NO_CONSENT),
        (known(replace(WANG, consent_at=datetime.now(UTC)), basis=Basis.CONSENT), member(), None),
        (known(WANG, busy={NUMBER}), member(), LeftOut.BUSY),
        (known(WANG, recent={7}), member(customer_id=7), LeftOut.RECENT),
        (known(WANG), member(), None),
    ],
)
def test_who_is_left_out(told: Circumstances, asked: Member, reason: LeftOut | None) -> None:
    assert why_left_out(asked, told, Seen()) is reason


def test_one_of_a_household_who_says_no_is_enough() -> None:
    people = known(WANG, Customer(name="王强", id=8, do_not_call=True))
    assert why_left_out(member(), people, Seen()) is LeftOut.DO_NOT_CALL


def test_the_same_number_or_customer_is_asked_once() -> None:
    seen, other = Seen(), normalise("13900139000")
    assert why_left_out(member(customer_id=7), known(WANG), seen) is None
    assert why_left_out(member(), known(WANG), seen) is LeftOut.DUPLICATE
    assert why_left_out(member(other, 7), known(WANG), seen) is LeftOut.DUPLICATE
    assert why_left_out(member(other), known(WANG), seen) is LeftOut.DUPLICATE


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " \x00"}, "name"),
        ({"purpose": ""}, "purpose"),
        ({"basis": Basis.CONTRACT}, "basis_words"),
        ({"ends_on": date(2026, 9, 1)}, "ends_on"),
        ({"words": "x" * 2001}, "words"),
    ],
)
def test_what_makes_no_campaign(change: dict[str, object], field: str) -> None:
    with pytest.raises(Unfit) as caught:
        checked(replace(DRAFT, **change))  # type: ignore[arg-type]
    assert caught.value.field == field
