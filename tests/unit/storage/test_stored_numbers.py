"""Numbers in the databases: in the parser's spelling and no other, and each found by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import StatementError

from hotline.domain.callbacks.callback import CallbackPerson
from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import Caller
from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.numbers import NO_NUMBER, Number, normalise
from hotline.domain.persons import Whose
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.operators.callers import CallerStore
from hotline.storage.retention.privacy import PersonStore
from hotline.storage.schema import metadata
from hotline.storage.transaction import Storage
from hotline.storage.types import PhoneNumber
from tests.support.rows import MORNING, a_call

NUMBER = normalise("13900000007")


def owed(linkedid: str, number: str = NUMBER) -> Callback:
    return Callback(
        "node1",
        linkedid,
        "main",
        number,  # type: ignore[arg-type]
        CallbackReason.REQUESTED,
        MORNING,
        MORNING + timedelta(minutes=30),
    )


@pytest.mark.parametrize("written", ["13900000007", "008613900000007", "+86 13900000007", "0000000", "anonymous"])
def test_a_number_in_another_spelling_is_not_kept(storage: Storage, written: str) -> None:
    with pytest.raises(StatementError, match="normalise"), storage.writing() as tx:
        CallbackStore(tx).open(owed("1", written))
    with pytest.raises(StatementError, match="normalise"), storage.writing() as tx:
        BlocklistStore(tx).add(BlockedNumber(written, "test", "boss", MORNING))  # type: ignore[arg-type]
    with pytest.raises(StatementError, match="normalise"), storage.reading() as tx:
        CallbackStore(tx).owed_to(written)


def test_what_is_read_back_is_a_number(storage: Storage) -> None:
    with storage.writing() as tx:
        CallbackStore(tx).open(owed("1"))
        CallbackStore(tx).open(owed("2", NO_NUMBER))
    with storage.reading() as tx:
        assert [type(each.number) for each in CallbackStore(tx).list()] == [Number, Number]
        assert [each.linkedid for each in CallbackStore(tx).owed_to(NUMBER)] == ["1"]


def test_every_column_that_holds_a_number_takes_nothing_else() -> None:
    holding = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, PhoneNumber)
    }
    assert holding == {
        "call.caller_number",
        "call.caller_kept_back",
        "callback.number",
        "call_form.number",
        "customer_number.number",
        "service_case.caller_number",
        "block_request.number",
        "dial.number",
        "dial_approval.number",
        "blocked_number.number",
        "directory_person.number",
        "directory_message.caller_number",
        "privacy_request.number",
        "person.mobile",
        "staff_unit.phone",
        "sms_message.number",
        "do_not_send.number",
        "rating.number",
        "questionnaire_reply.number",
        "visit.number",
        "campaign_member.number",
        "project.number",
    }


def test_g3_a_person_is_found_by_the_number_they_kept_back_and_nobody_else_is(storage: Storage) -> None:
    hidden = Caller(NO_NUMBER, "", withheld=True, kept_back=NUMBER)
    with storage.writing() as tx:
        CallStore(tx).save([replace(a_call("1"), caller=hidden), a_call("2")], MORNING)
    with storage.reading() as tx:
        assert [kept.call.linkedid for kept in PersonStore(tx).calls(Whose([NUMBER]), 10)] == ["1"]
        assert CallerStore(tx).earlier_calls(NUMBER, MORNING + timedelta(days=1), 10) == [], "no screen shows it"
        call = CallStore(tx).get("node1", "1")
    assert call is not None and call.caller == hidden


def test_e10_a_callback_tells_whom_it_would_reach(storage: Storage) -> None:
    with storage.writing() as tx:
        for name, no in (("王丽", True), ("", False)):
            CustomerStore(tx).add(
                Customer(
                    name=name,
                    company="某公司",
                    do_not_call=no,
                    numbers=(CustomerNumber(NUMBER),),
                    created_at=MORNING,
                    updated_at=MORNING,
                )
            )
        CallbackStore(tx).open(owed("1"))
        CallbackStore(tx).open(owed("2", NO_NUMBER))
        first, second = CallbackStore(tx).list()
        people = CallbackStore(tx).people([first, second])
    assert people == {first.id: (CallbackPerson(1, "王丽", True), CallbackPerson(2, "某公司", False))}
