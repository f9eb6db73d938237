"""Rows hashed, whatever their order."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from hotline.domain.backups.backup import TableSum

_BYTES = 16


def table_sum(rows: Iterable[str]) -> TableSum:
    """The sum of the rows' hashes: equal rows in another order give the same, and one that is there twice counts
    twice."""
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(blake2b(row.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest(), "big")
    return TableSum(count, f"{total % (1 << 8 * _BYTES):032x}")
