"""F8: whoever looks for a number in the ledger looks at a person."""

from __future__ import annotations

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.people import Actor, Role
from hotline.services.calls.ledger import export_calls, find_calls, record
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage
from tests.support.sample_calls import MONDAY_TEN as NOW
from tests.support.sample_calls import abandoned_call, answered_call

LI = Actor("li", (Role.EXAMINER,), "李", 1)


def noted(storage: Storage) -> list[tuple[str, str, str]]:
    with storage.reading() as tx:
        return [(each.action, each.object, each.detail) for each in AuditLog(tx).search(AuditFilter(), 100)]


def test_f8_a_number_that_is_looked_for_is_noted_and_leafing_is_not(storage: Storage) -> None:
    record(storage, "node1", [answered_call("1"), abandoned_call("2")], [], lambda _call: None, NOW)
    assert find_calls(storage, CallFilter(), 1, 1, LI, NOW).total == 2
    assert noted(storage) == []
    page = find_calls(storage, CallFilter(caller="13800138000"), 50, 0, LI, NOW, "138 0013 8000")
    assert [stored.call.linkedid for stored in page.calls] == ["1"]
    assert noted(storage) == [("ledger.search", "caller:+8613800138000", "")]


def test_f8_calls_that_are_taken_out_are_noted_with_how_many(storage: Storage) -> None:
    record(storage, "node1", [answered_call("1"), abandoned_call("2")], [], lambda _call: None, NOW)
    assert len(export_calls(storage, CallFilter(), 1, 0, LI, NOW).calls) == 1
    assert noted(storage) == [("calls.export", "calls", "1 calls")]
