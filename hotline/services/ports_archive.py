"""What the services need of the register of discs and of the daily reconciliation's results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from hotline.domain.archive import Disc, DiscItem, ToArchive


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
