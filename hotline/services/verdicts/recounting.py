"""The sums of verdicts, made anew from the verdicts themselves."""

from __future__ import annotations

from hotline.storage.transaction import Storage
from hotline.storage.verdicts.tallies import TallyStore


def recount(storage: Storage) -> int:
    """Of how many verdicts."""
    with storage.writing() as tx:
        return TallyStore(tx).rebuild()
