"""E2: discs that somebody asks for on the page. A job writes them; what it says of its way is shown there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from hotline.domain.errors import Conflict, HotlineError, NotFound, Refused, StorageError
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason, broken
from hotline.domain.retention.archive import Medium, WantedDiscs
from hotline.domain.rights.acts import Act
from hotline.domain.time import Clock, minute_text
from hotline.services.access import require_right
from hotline.services.job import WriteDiscs
from hotline.services.retention.archive import find_disc, to_archive
from hotline.storage.audit import AuditLog
from hotline.storage.one_at_a_time import one_at_a_time
from hotline.storage.retention.discs import DiscStore
from hotline.storage.retention.wanted_discs import WantedDiscsStore
from hotline.storage.transaction import Storage

#: Between two notes of how far it is: a disc takes minutes, and calls are written meanwhile.
_NOTED_EVERY = timedelta(seconds=2)


def ask_for_discs(storage: Storage, until: datetime, medium: Medium, actor: Actor, now: datetime) -> WantedDiscs:
    """Of all calls that began before `until` and are on no disc yet. Raises Forbidden, Refused when there is nothing
    to write, Conflict while others are written."""
    require_right(Act.WRITE_DISCS, actor)
    if until > now:
        raise Refused("retention.discs_until", field="until")
    with storage.writing() as tx:
        one_at_a_time(tx, "discs")
        if WantedDiscsStore(tx).open():
            raise Conflict("retention.discs_being_written")
        if not DiscStore(tx).to_archive(None, until, again=False):
            raise Refused("retention.nothing_to_archive", field="until", count=DiscStore(tx).not_kept(None, until))
        AuditLog(tx).add(now, actor.name, "archive.ask", "discs", f"{medium}, before {minute_text(until)}")
        return WantedDiscsStore(tx).add(WantedDiscs(until, medium, actor.name, now))


def write_wanted(storage: Storage, write: WriteDiscs, clock: Clock) -> WantedDiscs | None:
    """What waits, or what a process that died has left, is written; None when nobody asked, or while discs are written
    by the command. What goes wrong stands in it, and it is over then. Raises StorageError when the database is away:
    the next run goes on."""
    with storage.reading() as tx:
        wanted = WantedDiscsStore(tx).open()
    if wanted is None:
        return None
    found = to_archive(storage, None, wanted.until, again=False)
    way = _Way(storage, wanted, sum(one.size_bytes for one in found.recordings), clock)
    left_out: list[Reason] = []
    problem: Reason | None = None
    try:
        for _disc in write(wanted, found.recordings, found.next_number, way.step, left_out):
            way.disc()
    except StorageError:
        raise
    except HotlineError as error:
        if error.code == "retention.folder_in_use":
            way.wait()
            return None
        problem = error.reason
    except Exception as error:  # whoever asked must be told, and may ask anew
        problem = broken(error)
    return way.end(len(left_out), problem)


def image_to_fetch(storage: Storage, label: str, actor: Actor, now: datetime) -> Path:
    """The image, to be burned. That it was fetched is written down (F8). Raises Forbidden; NotFound when no such disc
    is known, or its image is not where it was written."""
    require_right(Act.WRITE_DISCS, actor)
    disc, _items = find_disc(storage, label)
    file = Path(disc.file)
    if not file.is_file():
        raise NotFound("retention.image_gone", disc=label, file=disc.file)
    with storage.writing() as tx:
        AuditLog(tx).add(now, actor.name, "archive.fetch", f"disc:{label}")
    return file


class _Way:
    """How far it is, as the page shows it."""

    def __init__(self, storage: Storage, wanted: WantedDiscs, bytes_all: int, clock: Clock) -> None:
        self._storage, self._clock = storage, clock
        self._wanted, self._noted = wanted, clock()
        # What an earlier run has written before it died is on its discs, and counts no more.
        self._now = replace(wanted, begun_at=self._noted, bytes_done=0, bytes_all=bytes_all)
        self._keep()

    def step(self, written: int) -> None:
        self._now = replace(self._now, bytes_done=self._now.bytes_done + written)
        if self._clock() - self._noted >= _NOTED_EVERY:
            self._keep()

    def disc(self) -> None:
        self._now = replace(self._now, discs=self._now.discs + 1)
        self._keep()

    def wait(self) -> None:
        """As if it had not begun."""
        self._now = self._wanted
        self._keep()

    def end(self, left_out: int, problem: Reason | None) -> WantedDiscs:
        self._now = replace(self._now, left_out=left_out, problem=problem, finished_at=self._clock())
        self._keep()
        return self._now

    def _keep(self) -> None:
        self._noted = self._clock()
        with self._storage.writing() as tx:
            WantedDiscsStore(tx).keep(self._now)
