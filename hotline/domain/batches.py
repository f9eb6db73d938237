"""Long lists in pieces: a statement takes only so many values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

#: As many as any database takes in one statement, with room for a few more values beside them.
BATCH = 500


def batches(items: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """One after the other; none of an empty list."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
