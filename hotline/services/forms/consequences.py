"""What log forms have of the calls that the ledger writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.services.calls.consequence import Consequence, Consequences
from hotline.services.forms.forms import ensure_forms
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


def _all(settings: Settings) -> Iterator[Consequence]:
    def forms(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        ensure_forms(tx, settings, calls, now)

    yield forms


CONSEQUENCES = Consequences(_all)
