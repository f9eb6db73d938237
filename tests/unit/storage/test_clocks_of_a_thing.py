"""Which clocks a thing has (D4)."""

from __future__ import annotations

from datetime import timedelta

from hotline.domain.deadlines.deadline import Deadline
from hotline.domain.deadlines.kept import ClockName, KeptDeadline
from hotline.domain.deadlines.term import Count, Within
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING

FIRST, SECOND, THIRD = ClockName("case_a"), ClockName("case_b"), ClockName("case_c")


def kept(clock: ClockName, object_id: int) -> KeptDeadline:
    return KeptDeadline(clock, object_id, "", Deadline(Within(timedelta(hours=1), Count.WORKING), MORNING), False)


def test_d4_of_the_clocks_that_are_asked_for_those_that_the_thing_has(storage: Storage) -> None:
    with storage.writing() as tx:
        DeadlineStore(tx).add("D4", kept(FIRST, 7), kept(SECOND, 7), kept(THIRD, 8))
    with storage.reading() as tx:
        assert DeadlineStore(tx).clocks_of(7, [FIRST, THIRD]) == {FIRST}
        assert DeadlineStore(tx).clocks_of(7, [FIRST, SECOND, THIRD]) == {FIRST, SECOND}
        assert DeadlineStore(tx).clocks_of(9, [FIRST, SECOND, THIRD]) == set()
