"""What is held back to the end of a transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from hotline.domain.outbox import OutboxEntry
from hotline.storage.audit import AuditLog
from hotline.storage.calls.checkpoints import CheckpointStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING


def test_what_locks_is_written_last_and_in_one_order(storage: Storage) -> None:
    """The audit log and the outbox, whichever was spoken of first: else two transactions could wait for each other."""
    written: list[str] = []

    def note(*told: Any) -> None:
        words = told[2].split()
        written.extend(words[2:3] if words[0] == "INSERT" else [])

    event.listen(storage.engine, "before_cursor_execute", note)
    with storage.writing() as tx:
        Outbox(tx).add([OutboxEntry("floor", {}, MORNING)])
        AuditLog(tx).add(MORNING, "zhao", "line.open", "line:main")
        CheckpointStore(tx).set("node1", MORNING)
        AuditLog(tx).add(MORNING, "zhao", "line.close", "line:main")
        Outbox(tx).add([OutboxEntry("line", {}, MORNING)])
    assert written == ["listener_checkpoint", "audit_log", "outbox"]
    with storage.reading() as tx:
        assert [entry.action for entry in AuditLog(tx).chain()] == ["line.open", "line.close"]
        assert [entry.topic for entry in Outbox(tx).after(0, 10)] == ["floor", "line"]
