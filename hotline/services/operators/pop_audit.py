"""A pop shows a customer's data, so each is noted in the audit log once (F8)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from hotline.storage.audit import AuditLog
from hotline.storage.operators.callers import PopViewStore
from hotline.storage.transaction import Storage, Transaction

ACTION = "call.pop"


def note_pops(storage: Storage, shown: Collection[tuple[str, int]], now: datetime) -> None:
    """`shown`: (who, call's id), who as in the audit log. What stands there already is not written again."""
    if shown:
        with storage.writing() as tx:
            note_pops_in(tx, shown, now)


def note_pops_in(tx: Transaction, shown: Collection[tuple[str, int]], now: datetime) -> None:
    """`note_pops` within a transaction that writes more."""
    wanted = {(f"call:{call_id}", who): None for who, call_id in shown}
    noted = PopViewStore(tx).noted([object for object, _who in wanted], ACTION)
    for object, who in wanted:
        if (object, who) not in noted:
            AuditLog(tx).add(now, who, ACTION, object)
