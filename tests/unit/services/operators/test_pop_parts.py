"""The parts that features add to the pop, and what a pop costs."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.people import Actor, Role
from hotline.services.callbacks.pop_part import POP_PART as CALLBACKS
from hotline.services.cases.pop_part import POP_PART as CASES
from hotline.services.operators.pop import known_of, shown_to
from hotline.services.operators.pop_parts import PARTS, sections
from hotline.settings import Home, load_settings
from hotline.storage.calls.live_calls import LiveCallStore
from hotline.storage.calls.store import CallStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Storage
from tests.support.live_calls import ringing, waiting
from tests.support.sample_calls import MONDAY_TEN

CALL = ringing(waiting("node1-9.1"), "1001")


def test_six_questions_and_one_of_each_part_are_asked_once_a_call(
    sqlite_storage: Storage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = load_settings(Home(tmp_path_factory.mktemp("home")), environment={})
    with sqlite_storage.writing() as tx:
        CallStore(tx).save([CALL], MONDAY_TEN)
        CustomerStore(tx).add(
            Customer(
                name="王芳",
                numbers=(CustomerNumber(CALL.caller.number),),
                created_at=MONDAY_TEN,
                updated_at=MONDAY_TEN,
                updated_by="test",
            )
        )
    statements: list[str] = []
    with sqlite_storage.reading() as tx:
        row = CallStore(tx).id_of(CALL.node, CALL.linkedid)
        assert row is not None
        stored = LiveCallStore(tx).by_ids([row])[row]
        event.listen(sqlite_storage.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
        known = known_of(tx, settings, stored)
        # Our dials are asked for where we dial, or of a call that we dialled.
        asked = 6 + len(PARTS) - 1
        assert len(statements) == asked
        for extension in ("1001", "1002"):
            shown_to(tx, known, settings, Actor(extension, (Role.OPERATOR,), "", 1, extension), MONDAY_TEN)
        assert len(statements) == asked, "showing asks nothing"


def test_two_parts_with_one_field_are_refused() -> None:
    with pytest.raises(TypeError, match="share the fields open_cases"):
        sections((CASES, CALLBACKS, CASES))
