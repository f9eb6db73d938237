"""A look is noted in the audit log (F8), and what it leaves behind is written with its entry or not at all."""

from __future__ import annotations

import pytest

from hotline.domain.people import Actor, Role
from hotline.services.looks import note_look
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction
from tests.support.sample_calls import MONDAY_TEN

LI = Actor("li", (Role.SUPERVISOR,), "Li", 1)


def noted(storage: Storage) -> list[tuple[object, ...]]:
    with storage.reading() as tx:
        return [(each["who"], each["action"], each["object"], each["detail"]) for each in AuditLog(tx).latest(10)]


def test_f8_a_look_stands_in_the_audit_log(storage: Storage) -> None:
    note_look(storage, LI, MONDAY_TEN, "call.view", "call:7", "page 1")
    assert noted(storage) == [("li", "call.view", "call:7", "page 1")]


def test_what_a_look_leaves_behind_is_written_in_the_same_transaction(storage: Storage) -> None:
    def twice(tx: Transaction) -> None:
        AuditLog(tx).add(MONDAY_TEN, "li", "call.seen", "call:7")

    note_look(storage, LI, MONDAY_TEN, "call.view", "call:7", also=twice)
    assert [action for _who, action, *_rest in noted(storage)] == ["call.view", "call.seen"]


def test_where_that_fails_no_entry_is_left(storage: Storage) -> None:
    def fails(_tx: Transaction) -> None:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        note_look(storage, LI, MONDAY_TEN, "call.view", "call:7", also=fails)
    assert noted(storage) == []
