"""Deletions that a second person has to agree to (E2), on both databases."""

from __future__ import annotations

from datetime import timedelta

from hotline.domain.retention.asked import AskedDeletion
from hotline.domain.second_person import ANSWERED_WITHIN
from hotline.storage.retention.asked import AskedDeletionStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING


def test_e2_what_was_asked_is_told_as_it_was_until_its_time_is_over(storage: Storage) -> None:
    with storage.writing() as tx:
        asked = AskedDeletionStore(tx).add(AskedDeletion((3, 1, 2), "年度清理", "li", MORNING))
    with storage.reading() as tx:
        store = AskedDeletionStore(tx)
        last = MORNING + ANSWERED_WITHIN - timedelta(seconds=1)
        assert store.open(last) == [asked] and asked.recordings == (3, 1, 2)
        assert (store.count_open(last, "li"), store.count_open(last, "wang")) == (0, 1)
        assert store.open(MORNING + ANSWERED_WITHIN) == [] and store.count_open(MORNING + ANSWERED_WITHIN, "wang") == 0


def test_e2_of_two_answers_one_is_heard(storage: Storage) -> None:
    with storage.writing() as tx:
        asked = AskedDeletionStore(tx).add(AskedDeletion((1,), "清理", "li", MORNING)).id or 0
    with storage.writing() as tx:
        assert AskedDeletionStore(tx).answer(asked, True, "wang", MORNING)
    with storage.writing() as tx:
        assert not AskedDeletionStore(tx).answer(asked, False, "zhao", MORNING)
        assert AskedDeletionStore(tx).open(MORNING) == []


def test_e2_what_is_over_is_answered_no_more(storage: Storage) -> None:
    with storage.writing() as tx:
        asked = AskedDeletionStore(tx).add(AskedDeletion((1,), "清理", "li", MORNING)).id or 0
        assert not AskedDeletionStore(tx).answer(asked, True, "wang", MORNING + ANSWERED_WITHIN)
