"""What the listener reads and writes: the CEL database on one side, the ledger on the other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from hotline.asterisk.cel_database import CelDatabase
from hotline.domain.calls.call import Call
from hotline.domain.calls.events import ChannelEvent, Fact
from hotline.domain.calls.fold import Directory, fold
from hotline.domain.errors import StorageError
from hotline.domain.reasons import Reason, because, broken
from hotline.domain.time import Clock
from hotline.services.alerts import set_alert
from hotline.services.calls.alert_kinds import FOLD_FAILED
from hotline.services.calls.consequence import Consequence
from hotline.services.calls.known import KnownCalls
from hotline.services.calls.ledger import Owed, record
from hotline.storage.calls.facts import FactStore
from hotline.storage.transaction import Storage

logger = logging.getLogger(__name__)

_STORAGE_RETRY_SECONDS = 1.0

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Books:
    """`directory` gives who is behind which number as it stands now. `pause` waits so many seconds and says
    whether the process is to end: a database that is away is waited for, since nothing is lost meanwhile that
    the CEL database does not have. `told` hears of every call that was written down; `also` follows
    from it in the same transaction."""

    node: str
    storage: Storage
    cel_database: CelDatabase
    directory: Callable[[], Directory]
    owed: Owed
    clock: Clock
    pause: Callable[[float], bool]
    told: Callable[[Sequence[Call]], None] = lambda calls: None
    also: Sequence[Consequence] = ()

    def fold(self, linkedid: str, events: Iterable[ChannelEvent], facts: Iterable[Fact]) -> Call | None:
        """The call, or None while there is nothing to show. A call that cannot be folded is a fault of ours:
        it is left out and an alert raised, so that it does not keep all others out of the ledger."""
        directory = self.patiently(self.directory)
        try:
            return fold(self.node, linkedid, events, facts, directory)
        except Exception as error:
            logger.exception("call %s cannot be folded", linkedid)
            reason = because("calls.not_folded", why=broken(error))
            self.patiently(lambda: self._raise_alert(linkedid, reason))
            return None

    def facts_of(self, linkedids: Sequence[str]) -> dict[str, list[Fact]]:
        if not linkedids:
            return {}
        return self.patiently(lambda: self._facts_of(linkedids))

    def record(
        self, calls: Sequence[Call], facts: Sequence[Fact], checkpoint: datetime | None, known: KnownCalls | None = None
    ) -> None:
        """`known`: what the ledger has of them already, for whoever writes the same calls again and again."""

        def write() -> None:
            now = self.clock()
            record(self.storage, self.node, calls, facts, self.owed, now, checkpoint, self.also, known)

        if calls or facts or checkpoint:
            self.patiently(write)
            self.told(calls)

    def patiently(self, work: Callable[[], Result]) -> Result:
        """Do it as often as the database fails it. Raises StorageError only when the process is to end."""
        while True:
            try:
                return work()
            except StorageError as error:
                logger.error("%s; trying again", error)
                if self.pause(_STORAGE_RETRY_SECONDS):
                    raise

    def _facts_of(self, linkedids: Sequence[str]) -> dict[str, list[Fact]]:
        with self.storage.reading() as tx:
            return FactStore(tx).of(self.node, linkedids)

    def _raise_alert(self, linkedid: str, reason: Reason) -> None:
        with self.storage.writing() as tx:
            set_alert(tx, FOLD_FAILED, linkedid, reason, self.clock())
