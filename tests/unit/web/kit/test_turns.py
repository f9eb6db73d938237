"""What counts much is done in turn: in the order it came, so many at once, and no place stays taken (F1)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import pytest

from hotline.domain.errors import Busy
from hotline.web.kit.turns import Turning, Turns
from tests.support.rig import wait_until

ONE = Turning(at_once=1, most=10, most_each=10, seconds=60)
_PATIENCE = 30


def _stays() -> bool:
    return False


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(10) as pool:
        yield pool


class Queue:
    """Reports that are counted until somebody lets each of them end."""

    def __init__(self, pool: ThreadPoolExecutor, by: Turning = ONE) -> None:
        self.turns, self.begun = Turns(), list[str]()
        self._pool, self._by, self._may_end = pool, by, dict[str, Event]()

    def ask(self, name: str, who: str = "") -> Future[None]:
        """Returns when it is at work or waits."""
        before = self.there
        self._may_end[name] = Event()
        asked = self._pool.submit(self._count, name, who or name)
        wait_until(lambda: self.there > before or asked.done(), "it to be there")
        return asked

    @property
    def there(self) -> int:
        return len(self.begun) + self.turns.waiting

    def end(self, name: str) -> None:
        self._may_end[name].set()

    def _count(self, name: str, who: str) -> None:
        with self.turns.taken(who, self._by, _stays):
            self.begun.append(name)
            assert self._may_end[name].wait(_PATIENCE)


def test_f1_the_others_wait_and_each_gets_its_turn_in_the_order_they_came(pool: ThreadPoolExecutor) -> None:
    queue = Queue(pool)
    asked = [queue.ask(name) for name in "abcd"]
    assert queue.begun == ["a"] and queue.turns.waiting == 3
    for each, name in zip(asked, "abcd", strict=True):
        queue.end(name)
        each.result(_PATIENCE)
    assert queue.begun == ["a", "b", "c", "d"] and queue.turns.waiting == 0


def test_f1_as_many_work_at_once_as_may(pool: ThreadPoolExecutor) -> None:
    queue = Queue(pool, Turning(at_once=2, most=10, most_each=10, seconds=60))
    asked = [queue.ask(name) for name in "abc"]
    assert queue.begun == ["a", "b"]
    queue.end("b")
    wait_until(lambda: queue.begun == ["a", "b", "c"], "the third")
    queue.end("a")
    queue.end("c")
    for each in asked:
        each.result(_PATIENCE)


def test_f1_one_that_fails_frees_its_place() -> None:
    turns = Turns()
    with suppress(ZeroDivisionError), turns.taken("zhao", ONE, _stays):
        raise ZeroDivisionError
    with turns.taken("zhao", ONE, _stays):
        assert turns.waiting == 0


def test_f1_whoever_went_away_stands_in_nobodys_way(pool: ThreadPoolExecutor) -> None:
    queue = Queue(pool)
    first = queue.ask("a")
    with pytest.raises(Busy), queue.turns.taken("gone", ONE, lambda: True):
        raise AssertionError("nobody reads it")
    last = queue.ask("b")
    queue.end("a")
    queue.end("b")
    first.result(_PATIENCE)
    last.result(_PATIENCE)
    assert queue.begun == ["a", "b"]


def test_f1_whoever_waits_too_long_is_told_and_stands_in_nobodys_way(pool: ThreadPoolExecutor) -> None:
    queue = Queue(pool)
    first = queue.ask("a")
    hurried = Turning(at_once=1, most=10, most_each=10, seconds=0.05)
    with pytest.raises(Busy) as told, queue.turns.taken("zhao", hurried, _stays):
        raise AssertionError("it was not its turn")
    assert told.value.code == "reports.no_turn" and queue.turns.waiting == 0
    queue.end("a")
    first.result(_PATIENCE)


def test_f1_so_many_wait_that_other_pages_have_their_threads(pool: ThreadPoolExecutor) -> None:
    queue = Queue(pool, Turning(at_once=1, most=3, most_each=2, seconds=60))
    asked = [queue.ask("a", "zhao"), queue.ask("b", "zhao")]
    with pytest.raises(Busy) as own:
        queue.ask("c", "zhao").result(_PATIENCE)
    asked.append(queue.ask("d", "qian"))
    with pytest.raises(Busy) as all_together:
        queue.ask("e", "sun").result(_PATIENCE)
    assert (own.value.code, all_together.value.code) == ("reports.each", "reports.too_many")
    for name in "abd":
        queue.end(name)
    for each in asked:
        each.result(_PATIENCE)
    assert queue.begun == ["a", "b", "d"]
