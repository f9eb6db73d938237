"""E4: how fast somebody may guess, and that nobody's guesses shut out somebody else (docs/decisions/0014)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.accounts.attempts import (
    LONGEST,
    SLOWED,
    WRONG_GUESSES,
    GuessCount,
    Guessed,
    Limit,
    counted_for_code,
    counted_for_password,
    network_of,
)

#: From 2020 to 2039, to the tenth of a second.
MOMENTS = st.integers(15_778_368_000, 22_089_888_000).map(lambda tenths: datetime.fromtimestamp(tenths / 10, UTC))
OFFICE, HOME = "203.0.113.7", "198.51.100.9"


def subjects(counted: tuple[GuessCount, ...]) -> set[tuple[str, str]]:
    return {(each.limit.kind, each.subject) for each in counted}


@given(MOMENTS, st.sampled_from([60, 3600]))
def test_a_moment_lies_in_one_window_that_ends_when_it_is_said_to(now: datetime, seconds: int) -> None:
    limit = Limit("x", 3, seconds)
    began, left = limit.window(now), limit.left(now)
    assert began <= now < began + timedelta(seconds=seconds) and 1 <= left <= seconds
    assert limit.window(began) == began and limit.window(began + timedelta(seconds=seconds)) != began
    assert limit.window(now + timedelta(seconds=left + 1)) != began, "whoever waits so long is in the next one"


def test_guesses_at_one_name_shut_out_nobody_who_sits_elsewhere() -> None:
    """But for the bound of the name anywhere, which is far higher: 300 an hour, of which one address has 60."""
    here, there = (subjects(counted_for_password("zhao", at, "")) for at in (OFFICE, HOME))
    assert here & there == {("name", "zhao")}
    most = {each.limit.kind: each.limit.most for each in counted_for_password("zhao", OFFICE, "")}
    assert most["name"] >= 5 * most["name_at.hour"] and most["address"] >= 10 * most["name_at.minute"]


def test_guesses_from_one_address_shut_out_no_colleague_at_it() -> None:
    """But for the bound of the address over all names, which is far higher, and comes first: a flood of names there
    fills nothing."""
    zhao, qian = (counted_for_password(name, OFFICE, "") for name in ("zhao", "qian"))
    assert subjects(zhao) & subjects(qian) == {("address", OFFICE)}
    assert zhao[0].limit.kind == "address"


def test_a_browser_that_the_account_knows_is_counted_apart_from_everybody_else() -> None:
    known = counted_for_password("zhao", OFFICE, "d1")
    for other in (("zhao", OFFICE, ""), ("zhao", OFFICE, "d2"), ("qian", OFFICE, "d1")):
        assert not subjects(known) & subjects(counted_for_password(*other)), other
    slow = {each.limit for each in counted_for_password("zhao", OFFICE, "")}
    assert {each.limit for each in known} <= slow, "whoever has stolen it guesses no faster"


def test_codes_are_counted_by_account_wherever_they_come_from() -> None:
    """Of a million codes three fit at a time: 30 guesses an hour are one chance in eleven thousand."""
    assert subjects(counted_for_code(7)) == {("code.minute", "7"), ("code.hour", "7")}
    assert max(each.limit.most for each in counted_for_code(7)) * 3 / 1_000_000 < 1 / 10_000


@given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
def test_whoever_has_a_network_of_their_own_is_one_subject(address: IPv6Address, other: int) -> None:
    """An IPv6 subscriber chooses among 2^64 addresses freely."""
    neighbour = IPv6Address(int(address) >> 64 << 64 | other)
    if address.ipv4_mapped is None and neighbour.ipv4_mapped is None:
        assert network_of(str(address)) == network_of(str(neighbour))


@given(st.ip_addresses(v=4), st.ip_addresses(v=4))
def test_of_ipv4_each_address_is_its_own_however_it_is_written(one: IPv4Address, other: IPv4Address) -> None:
    assert network_of(f"::ffff:{one}") == network_of(str(one)) == str(one)
    assert (network_of(str(one)) == network_of(str(other))) == (one == other)


@pytest.mark.parametrize("text", ["", "unix:", "x" * 500])
def test_what_is_no_address_is_one_of_bounded_length(text: str) -> None:
    assert network_of(text) == text[:64]


def test_a_zone_makes_no_other_subject() -> None:
    assert network_of("fe80::1%eth0") == network_of("fe80::1%eth1")


def test_no_window_is_longer_than_the_longest_and_none_counts_for_another() -> None:
    limits = [
        *(each.limit for each in (*counted_for_password("z", OFFICE, ""), *counted_for_code(1))),
        *WRONG_GUESSES.values(),
        *SLOWED.values(),
    ]
    assert max(each.seconds for each in limits) == LONGEST.total_seconds()
    assert len({each.kind for each in limits}) == len(limits)
    assert set(SLOWED) == set(Guessed) and set(WRONG_GUESSES) == {Guessed.TOKEN, Guessed.LINK}
