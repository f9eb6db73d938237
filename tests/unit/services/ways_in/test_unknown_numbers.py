"""The carrier's calls for numbers that no line has are told once a number, with how many, the first and the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hotline.domain.calls.call import Call
from hotline.services.alerts import reason_of
from hotline.services.ways_in import unknown_numbers
from hotline.storage.alerts import AlertStore
from hotline.storage.transaction import Storage
from tests.support.instance import at
from tests.support.sample_calls import bare_call

NOON = at("2026-11-23 12:00")


def for_number(number: str, minute: int) -> Call:
    return replace(
        bare_call(f"node1-{minute}"),
        started_at=NOON + timedelta(minutes=minute),
        remarks=("rejoined", f"unknown_number:{number}"),
    )


def told(storage: Storage) -> dict[str, object]:
    with storage.reading() as tx:
        return {alert.object: reason_of(alert).values["count"] for alert in AlertStore(tx).open()}


def watch(storage: Storage, *calls: Call) -> None:
    with storage.writing() as tx:
        unknown_numbers.watch(tx, calls, NOON)


def test_each_call_is_counted_once_however_often_it_is_folded(storage: Storage) -> None:
    first = for_number("4007654321", 0)
    watch(storage, bare_call(), first)
    watch(storage, first)
    watch(storage, for_number("4007654321", 2), for_number("4007654321", 1), for_number("hello", 3))
    assert told(storage) == {"4007654321": 3, "hello": 1}
    with storage.reading() as tx:
        values = reason_of(AlertStore(tx).open()[0]).values
    assert (values["first_at"], values["last_at"]) == (NOON, NOON + timedelta(minutes=2))


def test_a_call_that_is_folded_after_a_later_one_is_counted_too(storage: Storage) -> None:
    """Asterisk's database may be late with a call that is over within a moment."""
    for minutes in ((2,), (1,), (2, 1), (0,)):
        watch(storage, *(for_number("4007654321", minute) for minute in minutes))
    with storage.reading() as tx:
        values = reason_of(AlertStore(tx).open()[0]).values
    assert (values["count"], values["first_at"], values["last_at"]) == (3, NOON, NOON + timedelta(minutes=2))


def test_the_latest_calls_alone_are_known_again(storage: Storage) -> None:
    many = [for_number("4007654321", minute) for minute in range(unknown_numbers.MOST_LATEST + 5)]
    for _fold in range(2):
        watch(storage, *many)
    assert told(storage) == {"4007654321": len(many)}


def test_numbers_at_random_do_not_flood_the_page(storage: Storage) -> None:
    watch(storage, *(for_number(f"4000000{n:03}", n) for n in range(50)))
    assert len(told(storage)) == unknown_numbers.MOST_NUMBERS


def test_a_week_without_any_ends_it(storage: Storage) -> None:
    watch(storage, for_number("4007654321", 0))
    for days, left in ((6, 1), (8, 0)):
        with storage.writing() as tx:
            unknown_numbers.calm(tx, NOON + timedelta(days=days))
        assert len(told(storage)) == left
