"""What the services need of the store for the end of a recording's life: holds, what may go, the register."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hotline.domain.deletion import Candidate, Deletion
from hotline.domain.retention import Hold


@dataclass(frozen=True, slots=True)
class DeletionFilter:
    """What the register is searched by; None or "" means any. [`since`, `until`) by the moment of deletion. `text`:
    part of the path, the call's id, the hash, the reason or who did it."""

    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


class Holds(Protocol):
    def add(self, hold: Hold) -> Hold:
        """In place of one of this call whose time is over. Raises Conflict when one stands."""

    def by_id(self, hold_id: int) -> Hold | None: ...
    def of_call(self, node: str, linkedid: str) -> Hold | None:
        """The one that was not lifted, its time over or not."""

    def search(self, standing_at: datetime | None, limit: int, offset: int = 0) -> list[Hold]:
        """Newest first; None: those that are over too."""

    def count(self, standing_at: datetime | None) -> int: ...
    def lift(self, hold_id: int, by: str, now: datetime) -> bool:
        """False unless it was not lifted yet."""


class Expiry(Protocol):
    """Recordings that are kept and ready, with what their term is counted from."""

    def candidates(self, before: datetime, after_id: int, limit: int) -> list[Candidate]:
        """Those that began before then, beyond this id, by id."""

    def lock(self, recording_id: int) -> None:
        """Until the end of the transaction nobody else deletes it or sets a hold on its call."""

    def of(self, recording_ids: Collection[int]) -> list[Candidate]:
        """Those of these, by id."""

    def list_since(self, recording_ids: Sequence[int], now: datetime) -> int:
        """Put these on the list of what may go, take all others from it; how many are new there."""

    def listed_before(self, before: datetime) -> list[int]:
        """What stands on the list since then or longer."""

    def forget(self, recording_id: int, linked: tuple[str, str], now: datetime) -> bool:
        """Say that it is deleted, and delete what was said in it: transcripts, and the words in what was found of its
        call. False unless it was ready."""


class Deletions(Protocol):
    def add(self, deletion: Deletion) -> Deletion: ...
    def of(self, recording_id: int) -> Deletion | None: ...
    def unfinished(self) -> list[Deletion]:
        """Whose files are still to be removed, oldest first."""

    def finish(self, deletion_id: int, now: datetime) -> None: ...
    def search(self, wanted: DeletionFilter, limit: int, offset: int = 0) -> list[Deletion]:
        """Newest first."""

    def count(self, wanted: DeletionFilter) -> int: ...
