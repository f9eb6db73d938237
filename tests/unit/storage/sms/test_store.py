"""Text messages as they are stored, on both databases."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from hotline.domain.numbers import Number
from hotline.domain.sms.message import DoNotSend, SmsMessage, SmsState
from hotline.storage.sms.store import DoNotSendStore, SmsStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING

LI = Number("+8613912345678")
MINUTE = timedelta(minutes=1)


def a_message(name: str = "1", number: Number = LI) -> SmsMessage:
    return SmsMessage(
        name, name, number, "done", {"number": "A-1"}, "case", "case:1", SmsState.WAITING, MORNING, MORNING
    )


def test_one_that_was_asked_for_before_is_the_same_one(storage: Storage) -> None:
    with storage.writing() as tx:
        first = SmsStore(tx).add(a_message())
        again = SmsStore(tx).add(dataclasses.replace(a_message(), message_id="other"))
    assert again == first and first.parameters == {"number": "A-1"}


def test_one_is_claimed_once_settled_and_reported_once(storage: Storage) -> None:
    with storage.writing() as tx:
        store = SmsStore(tx)
        made = store.add(a_message())
        assert store.due(MORNING - MINUTE, 9) == [] and store.due(MORNING, 9) == [made]
        assert not store.report("1", SmsState.DELIVERED, "", MORNING), "it was not sent yet"
        assert store.claim(made.id, MORNING) and not store.claim(made.id, MORNING)
        assert store.sent_since(LI, MORNING) == 1 and store.sent_since(LI, MORNING + MINUTE) == 0
        assert store.report("1", SmsState.DELIVERED, "x" * 99, MORNING)
        store.settle(made.id, SmsState.SENT, gateway_id="G")  # the report was faster
        assert not store.report("1", SmsState.UNDELIVERED, "", MORNING)
        [stored] = store.of_numbers([LI])
    assert (stored.state, stored.why, stored.attempts, stored.gateway_id) == (SmsState.DELIVERED, "x" * 64, 1, "")


def test_what_nobody_came_back_for_is_unclear(storage: Storage) -> None:
    with storage.writing() as tx:
        store = SmsStore(tx)
        left, waits = store.add(a_message("1")), store.add(a_message("2"))
        store.claim(left.id, MORNING)
        assert store.abandoned(MORNING) == 0 and store.abandoned(MORNING + MINUTE) == 1
        assert [each.state for each in store.latest(9)] == [SmsState.WAITING, SmsState.UNCLEAR]
        assert store.forget([left.id, waits.id]) == 2


def test_a_number_that_wants_none_is_added_once(storage: Storage) -> None:
    with storage.writing() as tx:
        store = DoNotSendStore(tx)
        store.add(DoNotSend(LI, MORNING, "reply"))
        store.add(DoNotSend(LI, MORNING + MINUTE, "staff", "boss"))
        assert store.all(9) == store.of_numbers([LI]) == [DoNotSend(LI, MORNING, "reply")]
        assert store.has(LI) and store.remove(LI) and not store.remove(LI) and not store.has(LI)
