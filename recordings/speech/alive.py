"""Workers report that they are alive, so that a page can show which ones are working."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from hotline.domain.errors import StorageError
from hotline.domain.time import Clock
from hotline.services.recordings.transcription import WORKER_LEASE
from hotline.storage.leases import LeaseStore
from hotline.storage.transaction import Storage

log = logging.getLogger(__name__)

EVERY_SECONDS = 15.0
#: Two that were missed, and it is dead.
ALIVE_SECONDS = 45


def say_alive(storage: Storage, worker: str, clock: Clock, stop: threading.Event) -> None:
    """Again and again until `stop`."""
    name = f"{WORKER_LEASE}{worker}"
    while not stop.is_set():
        _try(lambda: _acquire(storage, name, worker, clock))
        stop.wait(EVERY_SECONDS)
    _try(lambda: _release(storage, name, worker))


def _acquire(storage: Storage, name: str, worker: str, clock: Clock) -> None:
    with storage.writing() as tx:
        now = clock()
        LeaseStore(tx).forget_expired(WORKER_LEASE, now)
        LeaseStore(tx).acquire(name, worker, now, ALIVE_SECONDS)


def _release(storage: Storage, name: str, worker: str) -> None:
    with storage.writing() as tx:
        LeaseStore(tx).release(name, worker)


def _try(step: Callable[[], None]) -> None:
    try:
        step()
    except StorageError as error:
        log.warning("%s", error)
