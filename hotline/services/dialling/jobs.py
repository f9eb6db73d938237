"""Dials of which nobody heard the end: our process died between writing one down and having it dialled, or Asterisk
before it could say how one went."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from hotline.domain.dialling.dial import Dial
from hotline.domain.dialling.ending import outcome_of, outcome_unsaid
from hotline.domain.reasons import Reason, so_many
from hotline.services.dialling.consequences import as_called
from hotline.services.dialling.settle import settle
from hotline.services.job import Job, Jobs, Parts
from hotline.services.pbx import Pbx
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Storage

#: A dial that has no call after so long never began; and Asterisk says how one went a moment after its end.
BEGUN_AFTER = timedelta(seconds=15)
SAID_AFTER = timedelta(seconds=5)


def sweep(storage: Storage, settings: Settings, pbx: Pbx, now: datetime) -> int:
    """Settle those; how many. Raises PbxError: what Asterisk still has is not over."""
    with storage.reading() as tx:
        waiting = [each for each in DialStore(tx).open_ones() if now - each.asked_at >= BEGUN_AFTER]
    if not waiting:
        return 0
    alive = {channel.get("Linkedid") for channel in pbx.channels()}
    return sum(_settled(storage, settings, each, now) for each in waiting if each.linkedid not in alive)


def _settled(storage: Storage, settings: Settings, dial: Dial, now: datetime) -> bool:
    with storage.writing() as tx:
        call = CallStore(tx).get(dial.node, dial.linkedid)
        if call is None:
            return settle(tx, settings, dial, outcome_unsaid(None), now, now)
        if call.ended_at is None or now - call.ended_at < SAID_AFTER:
            return False
        outcome = outcome_of(call) or outcome_unsaid(call)
        return settle(tx, settings, as_called(dial, call), outcome, call.ended_at, now)


def _all(parts: Parts) -> Iterator[Job]:
    def run(now: datetime) -> Reason | None:
        settled = sweep(parts.storage, parts.settings, parts.pbx, now)
        return so_many("dialling.settled", settled)

    yield Job("dials", 10, run)


JOBS = Jobs(_all)
