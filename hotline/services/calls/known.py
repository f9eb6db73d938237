"""What the ledger has of calls in progress, remembered by the one who writes them down with each of their events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from hotline.domain.calls.call import Call


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    files: frozenset[str]


@dataclass(slots=True)
class KnownCalls:
    """Of one node's calls, as they were committed: their rows' ids, and which recordings are announced. So neither is
    asked or written again with each fold. Who ends is forgotten."""

    _calls: dict[str, _Known] = field(default_factory=dict)

    def ids(self, calls: Sequence[Call]) -> dict[str, int]:
        """By Linkedid, of those of these calls that are known."""
        return {call.linkedid: known.id for call in calls if (known := self._calls.get(call.linkedid))}

    def announced(self, call: Call, file: str) -> bool:
        known = self._calls.get(call.linkedid)
        return known is not None and file in known.files

    def keep(self, calls: Sequence[Call], ids: Mapping[str, int]) -> None:
        """These calls were written down."""
        for call in calls:
            if call.ended_at is None:
                files = frozenset(begun.file for begun in call.recordings)
                self._calls[call.linkedid] = _Known(ids[call.linkedid], files)
            else:
                self._calls.pop(call.linkedid, None)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """What fails makes everything forgotten: the database may be another one when it answers again."""
        try:
            yield
        except Exception:
            self._calls.clear()
            raise
