"""The news that are pushed to browsers: the outbox, and what its entries tell of, as one snapshot has them.

Who tells many readers of the same entries reads once and shows each of them theirs, so a snapshot is given out and
not what one reader sees.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from pydantic import BaseModel

from hotline.domain.calls.ledger import StoredCall
from hotline.domain.numbers import Number
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Actor
from hotline.services.accounts import sessions
from hotline.services.levels import levels_of
from hotline.services.notifications.inbox import unread_of_user
from hotline.services.operators import pop
from hotline.services.operators.pop import Known
from hotline.services.operators.pop_audit import note_pops
from hotline.services.operators.pop_view import Pop
from hotline.services.operators.presence import OperatorsShown, seen_all
from hotline.services.pushed import Pushed
from hotline.settings import Settings
from hotline.storage.calls.live_calls import LiveCallStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.watch import Watch

#: Outbox entries read at a time.
BATCH = 500

#: Entries that are told to somebody who comes back. Whoever missed more loads anew what is shown: that costs less.
REPLAY = 2000


class News:
    """One snapshot; all that is asked of it raises StorageError."""

    def __init__(self, tx: Transaction, settings: Settings) -> None:
        self._tx, self.settings = tx, settings

    def after(self, last_id: int) -> Iterator[Sequence[OutboxEntry]]:
        """All entries after this one, BATCH at a time."""
        while entries := Outbox(self._tx).after(last_id, BATCH):
            yield entries
            if len(entries) < BATCH:
                return
            last_id = entries[-1].id or last_id

    def missed(self, after: int, until: int) -> list[OutboxEntry] | None:
        """The entries in (`after`, `until`]; None when some were thrown away, are too many, or are of another
        database."""
        if after == until:
            return []
        first = Outbox(self._tx).first_id()
        if after > until or first == 0 or first > after + 1:
            return None
        found: list[OutboxEntry] = []
        for some in self.after(after):
            found += [entry for entry in some if (entry.id or 0) <= until]
            if len(found) > REPLAY:
                return None
            if (some[-1].id or 0) >= until:
                break
        return found

    def calls(self, ids: Iterable[int]) -> Mapping[int, StoredCall]:
        """Those of these ids that there are."""
        return LiveCallStore(self._tx).by_ids(list(ids))

    def levels(self, calls: Iterable[StoredCall]) -> Mapping[Number, str]:
        """Of the customers, see levels_of."""
        return levels_of(self._tx, self.settings, [stored.call.caller.number for stored in calls])

    def known_of(self, stored: StoredCall) -> Known:
        """What is known of the call's caller, whoever is to see it."""
        return pop.known_of(self._tx, self.settings, stored)

    def pop(self, known: Known, actor: Actor, now: datetime) -> Pop:
        """As this person may see it."""
        return pop.shown_to(self._tx, known, self.settings, actor, now)

    def operators(self, extensions: Collection[str]) -> OperatorsShown:
        """Those of these that the settings have, as they are now."""
        return OperatorsShown(self._tx, self.settings, extensions)

    def shown(self, pushed: Pushed, object_id: int, actor: Actor, now: datetime) -> BaseModel | None:
        """What a feature tells this person of one thing; None: nothing."""
        return pushed.show(self._tx, self.settings, object_id, actor, now)

    def unread(self, user_id: int) -> int:
        """How many notifications this person has not read."""
        return unread_of_user(self._tx, user_id)

    def is_live(self, session_id: int, now: datetime) -> bool:
        return sessions.is_live(self._tx, session_id, now, self.settings.web.session_hours)


class NewsSource:
    """What the push reads and writes of one instance; threads may share it. All of it raises StorageError."""

    def __init__(self, storage: Storage, settings: Callable[[], Settings]) -> None:
        self._storage, self._settings = storage, settings

    @property
    def settings(self) -> Settings:
        """What is in force now."""
        return self._settings()

    @contextmanager
    def snapshot(self) -> Iterator[News]:
        with self._storage.reading() as tx:
            yield News(tx, self.settings)

    def last_id(self) -> int:
        """Where a reader begins who wants only what comes from now on."""
        with self._storage.reading() as tx:
            return Outbox(tx).last_id()

    def watch(self) -> Watch:
        """What tells the calling thread that there may be news."""
        return self._storage.watch()

    def note_pops(self, shown: Collection[tuple[str, int]], now: datetime) -> None:
        """See hotline.services.operators.pop_audit."""
        note_pops(self._storage, shown, now)

    def note_seen(self, extensions: Sequence[str], now: datetime) -> None:
        """The consoles of these operators are open."""
        seen_all(self._storage, self.settings, extensions, now)

    def end_expired_sessions(self, now: datetime) -> None:
        sessions.end_expired(self._storage, now, self.settings.web.session_hours)
