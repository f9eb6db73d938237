"""A process that applies for the scheduler's lease; the one that holds it runs the jobs."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime

from hotline.domain.errors import StorageError
from hotline.domain.time import Clock
from hotline.storage.leases import LeaseStore
from hotline.storage.transaction import Storage, Transaction

log = logging.getLogger(__name__)

LEASE = "scheduler"
#: A scheduler that died is replaced after so long.
LEASE_SECONDS = 30


class LeaseCandidate:
    """Asks again and again whether it leads. A lease that has not been renewed for LEASE_SECONDS by the monotonic clock
    is over, also when a clock that was set back puts its end hours ahead."""

    def __init__(
        self, storage: Storage, holder: str, clock: Clock, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._storage, self._holder, self._clock, self._monotonic = storage, holder, clock, monotonic
        self._seen: tuple[str, datetime] | None = None
        self._seen_since = 0.0

    def leads(self) -> bool:
        """Take or renew the lease. Without the database nobody leads: no run could claim its slot."""
        try:
            with self._storage.writing() as tx:
                now = self._clock()
                return LeaseStore(tx).acquire(LEASE, self._holder, now, LEASE_SECONDS) or self._outlived(tx, now)
        except StorageError as error:
            log.warning("the lease could not be renewed: %s", error)
            return False

    def resign(self) -> None:
        """Give the lease back."""
        try:
            with self._storage.writing() as tx:
                LeaseStore(tx).release(LEASE, self._holder)
        except StorageError as error:
            log.warning("the lease could not be given back, it ends by itself: %s", error)

    def _outlived(self, tx: Transaction, now: datetime) -> bool:
        """Take over a lease that has stood unchanged before our eyes for as long as one lasts."""
        held = LeaseStore(tx).held(LEASE)
        if held is None or held != self._seen:
            self._seen, self._seen_since = held, self._monotonic()
            return False
        if self._monotonic() - self._seen_since < LEASE_SECONDS:
            return False
        return LeaseStore(tx).take_over(LEASE, held, self._holder, now, LEASE_SECONDS)
