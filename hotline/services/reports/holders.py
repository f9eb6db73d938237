"""Who had which extension when, read once for many moments."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from hotline.domain.staff.records import Tenure
from hotline.domain.staff.spans import holder_at
from hotline.storage.staff.spans import TenureStore
from hotline.storage.transaction import Transaction


class Holders:
    def __init__(self, tx: Transaction) -> None:
        self._by_extension: dict[str, list[Tenure]] = defaultdict(list)
        for each in TenureStore(tx).search():
            self._by_extension[each.extension].append(each)

    def at(self, extension: str, moment: datetime) -> int | None:
        """The person's id; None: nobody's, or no extension."""
        return holder_at(self._by_extension.get(extension, ()), extension, moment) if extension else None
