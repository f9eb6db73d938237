"""What is done for callbacks on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.alerts import keep_alerts
from hotline.services.callbacks.deadlines import overdue_alert
from hotline.services.callbacks.releasing import release_left
from hotline.services.job import Job, Jobs, Parts
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.transaction import Storage


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("callbacks", 60, partial(_callbacks, parts))


JOBS = Jobs(_all)


def _callbacks(parts: Parts, now: datetime) -> Reason | None:
    released = release_left(parts.storage, parts.settings, now)
    keep_alerts(parts.storage, lambda tx: [overdue_alert(tx, now)], now)
    _rank_anew(parts.storage)
    return so_many("callbacks.handed_back", released)


def _rank_anew(storage: Storage) -> None:
    with storage.reading() as tx:
        if not CallbackTryStore(tx).are_misranked():
            return
    with storage.writing() as tx:
        CallbackTryStore(tx).rank_anew()
