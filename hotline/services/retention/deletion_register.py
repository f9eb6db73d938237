"""The register of recordings that were deleted (E2): found, and taken out as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.people import Actor
from hotline.domain.reasons import Reason
from hotline.domain.retention.deletion import Deletion, DeletionFilter
from hotline.domain.rights.acts import Act
from hotline.domain.time import second_text
from hotline.services import csv_table
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.storage.calls.store import CallStore
from hotline.storage.retention.deletions import DeletionStore
from hotline.storage.transaction import Storage

_HEADER = (
    "deleted at",
    "by",
    "why",
    "call",
    "node",
    "kind",
    "began",
    "seconds",
    "bytes",
    "file",
    "sha256",
    "file was there",
    "finished at",
)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Newest first; `call_ids` by (node, linkedid). `total` counts all that the filter finds."""

    deletions: tuple[Deletion, ...]
    call_ids: dict[tuple[str, str], int]
    total: int


def search(
    storage: Storage, wanted: DeletionFilter, actor: Actor, now: datetime, limit: int, offset: int = 0
) -> RegisterPage:
    """The view is written down (F8). Raises Forbidden."""
    require_right(Act.READ_RETENTION, actor)
    with storage.reading() as tx:
        found, total = DeletionStore(tx).search(wanted, limit, offset), DeletionStore(tx).count(wanted)
        ids = {(each.node, each.linkedid): CallStore(tx).id_of(each.node, each.linkedid) for each in found}
    note_look(storage, actor, now, "deletions.view", "deletions", f"{len(found)} rows")
    return RegisterPage(tuple(found), {key: id for key, id in ids.items() if id}, total)


def export(
    storage: Storage, wanted: DeletionFilter, actor: Actor, now: datetime, say: Callable[[Reason], str]
) -> Iterator[str]:
    """All that the filter finds as a table, a line at a time; `say` gives a reason in words. It is written down first
    (F8). Raises Forbidden."""
    require_right(Act.EXPORT_DELETIONS, actor)
    with storage.reading() as tx:
        count = DeletionStore(tx).count(wanted)
    note_look(storage, actor, now, "deletions.export", "deletions", f"{count} rows")
    return csv_table.write(_HEADER, _lines(storage, wanted, count, say))


def _lines(
    storage: Storage, wanted: DeletionFilter, count: int, say: Callable[[Reason], str]
) -> Iterator[tuple[str, ...]]:
    for offset in range(0, count, _BATCH):
        with storage.reading() as tx:
            some = DeletionStore(tx).search(wanted, _BATCH, offset)
        yield from (_line(row, say) for row in some)


def _line(row: Deletion, say: Callable[[Reason], str]) -> tuple[str, ...]:
    return (
        second_text(row.deleted_at),
        row.deleted_by,
        say(row.why),
        row.linkedid,
        row.node,
        row.kind,
        second_text(row.started_at),
        f"{row.seconds:.1f}" if row.seconds is not None else "",
        str(row.size_bytes or ""),
        row.path,
        row.sha256,
        "yes" if row.found else "no",
        second_text(row.finished_at),
    )
