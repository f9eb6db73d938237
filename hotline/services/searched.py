"""What a search found of the kinds of texts that features put into the index, as it is shown. A feature tells it as
`FOUND` in a module `searched` of its folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.discovery import gathered
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.people import Actor
from hotline.domain.recordings.transcript import Side
from hotline.domain.search.search import Snippet
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Transaction

#: Of one text so many places are shown.
PLACES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """One place. In a transcript `from_second` and `to_second` count from the recording's begin; elsewhere `field` says
    where."""

    snippet: Snippet
    from_second: float | None = None
    to_second: float | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class FoundText:
    """A text in which all words stand: the row `source_id` of this kind. `count`: in how many places; `shown`: the
    first of them. `number`: the caller's as whoever asks may see it, "" when withheld or not known. `stored`: its call.
    `recording_id` and `side`: where it can be heard."""

    kind: str
    source_id: int
    called_at: datetime
    number: str
    count: int
    shown: tuple[FoundPlace, ...]
    stored: StoredCall | None = None
    recording_id: int | None = None
    side: Side | None = None

    @property
    def second(self) -> float | None:
        """Where to begin to listen."""
        return self.shown[0].from_second if self.shown else None


class FoundKind:
    """`kind`: as in the index (hotline.storage.search_index)."""

    kind: str

    def hidden(self, tx: Transaction, source_ids: Sequence[int], actor: Actor) -> set[int]:
        """Those of which whoever asks may not even know that the words stand there. Managers are not asked about."""
        return set()

    def read(
        self, tx: Transaction, source_ids: Sequence[int], words: Sequence[str], actor: Actor
    ) -> Mapping[int, FoundText]:
        """By id; what was deleted since it was found is left out."""
        raise NotImplementedError


def found_kinds() -> dict[str, FoundKind]:
    """Of all features, by kind."""
    return {each.kind: each for each in gathered("hotline.services", "searched", "FOUND", FoundKind)}


def call_of(tx: Transaction, node: str, linkedid: str) -> StoredCall | None:
    call_id = CallStore(tx).id_of(node, linkedid)
    return CallStore(tx).by_id(call_id) if call_id is not None else None
