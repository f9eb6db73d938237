"""What full text search needs from outside; hotline.storage fulfils it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hotline.domain.transcript import Transcript

#: Where words can stand.
TRANSCRIPT = "transcript"
FORM = "form"


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """`words`: normalised (hotline.domain.search.words_of); all must stand in the same transcript or form. [`since`,
    `until`) by the call's begin. `kind`: transcript or form, "" both. `whose`: marks, one of which it must have; ()
    everybody's."""

    words: Sequence[str]
    since: datetime | None = None
    until: datetime | None = None
    kind: str = ""
    whose: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Where the words stand: `source_id` is the id of the transcript or form."""

    kind: str
    source_id: int


class Search(Protocol):
    def find(self, wanted: SearchFilter, limit: int, offset: int = 0) -> list[SearchHit]:
        """Those in which the words truly stand, the newest call's first."""

    def transcripts(self, ids: Sequence[int]) -> dict[int, Transcript]:
        """By id."""
