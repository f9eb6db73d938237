"""What the services need of the register of discs and of the daily reconciliation's results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from hotline.domain.archive import Disc, DiscItem, ToArchive
from hotline.domain.reconciliation import Found, StoreCheck
from hotline.domain.records import RecordingEntry


class Discs(Protocol):
    """The register of discs (E2)."""

    def to_archive(self, since: datetime | None, until: datetime, again: bool) -> list[ToArchive]:
        """Kept recordings of calls that began in [since, until), by call; unless `again`, only those on no disc."""

    def not_kept(self, since: datetime | None, until: datetime) -> int:
        """How many of that time are in the store but not in their final form yet."""

    def next_number(self) -> int:
        """One more than the number of the disc registered last."""

    def add(self, disc: Disc, items: Sequence[DiscItem]) -> None:
        """Raises Conflict for a label that is there already."""

    def all(self) -> list[Disc]:
        """Newest first, with the number of recordings on each."""

    def by_label(self, label: str) -> Disc | None: ...
    def items(self, disc_id: int) -> list[DiscItem]: ...
    def holding(self, recording_ids: Sequence[int]) -> Mapping[int, list[Disc]]:
        """The discs on which each of these recordings is, newest first; only those that are on any."""

    def verified(self, label: str, at: datetime) -> None: ...


class StoreChecks(Protocol):
    """The daily reconciliation: what it found, and what it asks of the ledger. Lists name some, counts are of all."""

    def add(self, check: StoreCheck) -> None: ...
    def since(self, at: datetime, node: str) -> list[StoreCheck]:
        """Oldest first, without what was found by name."""

    def latest(self, node: str) -> StoreCheck | None: ...
    def calls_without_recording(self, since: datetime, until: datetime) -> tuple[int, list[Found]]:
        """Calls that came in, ended in [since, until) and were talked on, of which nothing was ever taken in."""

    def recordings_without_call(self, until: datetime) -> tuple[int, list[Found]]: ...
    def not_kept_since(self, before: datetime) -> tuple[int, list[Found]]:
        """Taken in, of calls that ended before then, and not in their final form."""

    def kept_beyond(self, recording_id: int, limit: int) -> list[RecordingEntry]:
        """Kept ones with a higher id, by id."""

    def count_kept_beyond(self, recording_id: int) -> int: ...
    def first_and_last(self) -> tuple[datetime, datetime] | None:
        """Begin of the first and the last kept recording; None when there is none."""

    def call_ids(self, entries: Sequence[RecordingEntry]) -> Mapping[int, int]:
        """Recording -> its call's row."""
