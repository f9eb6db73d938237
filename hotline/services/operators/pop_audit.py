"""A pop shows a customer's data, so each is noted in the audit log once (F8)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from hotline.storage.audit import AuditLog
from hotline.storage.operators.callers import PopViewStore
from hotline.storage.transaction import Storage, Transaction

ACTION = "call.pop"


def note_pops(storage: Storage, shown: Collection[tuple[str, int]], now: datetime) -> None:
    """`shown`: (who, call's id), who as in the audit log. What stands there already is not written again, and then
    nothing waits for its turn to write."""
    if not shown:
        return
    with storage.reading() as tx:
        missing = _missing(tx, shown)
    if missing:
        with storage.writing() as tx:
            for who, call_id in _missing(tx, missing):
                AuditLog(tx).add(now, who, ACTION, _object(call_id))


def _missing(tx: Transaction, shown: Collection[tuple[str, int]]) -> list[tuple[str, int]]:
    """Those of them that the audit log has not, each once."""
    wanted = list(dict.fromkeys(shown))
    noted = PopViewStore(tx).noted([_object(call_id) for _who, call_id in wanted], ACTION)
    return [(who, call_id) for who, call_id in wanted if (_object(call_id), who) not in noted]


def _object(call_id: int) -> str:
    return f"call:{call_id}"
