"""The settings in force, asked by every process: files and environment, and what was decided since."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Any

from hotline.domain.errors import StorageError
from hotline.domain.settings.change import SettingChange, decided, next_moment, standing, values
from hotline.domain.time import Clock, system_clock
from hotline.services.settings.history import History
from hotline.settings import Home, Settings, SettingsError
from hotline.settings.errors import SettingProblem
from hotline.settings.layers import DECIDED, Layers
from hotline.settings.load import read_layers
from hotline.storage.engine import database_url, make_engine
from hotline.storage.settings.store import SettingChangeStore
from hotline.storage.transaction import Storage

log = logging.getLogger(__name__)

#: Seconds between two looks at the newest decision.
LOOK_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Applied:
    """What holds at a moment. `left_out`: decisions that no longer fit what the files say, and what is wrong."""

    settings: Settings
    left_out: tuple[tuple[SettingChange, SettingProblem], ...] = ()


def apply(layers: Layers, changes: Sequence[SettingChange], at: datetime) -> Applied:
    """A decision that does not fit is left out, so that every process comes to the same. `changes`: as stored. Raises
    SettingsError when the files are wrong by themselves."""
    kept = standing(changes)
    left_out: list[tuple[SettingChange, SettingProblem]] = []
    while True:
        found = decided(kept, at)
        try:
            return Applied(layers.settings(values(found)), tuple(left_out))
        except SettingsError as error:
            if not found:
                raise
            wrong = _wrong(layers, found, error.problems)
            left_out += wrong
            kept = [change for change in kept if change.id not in [change.id for change, _ in wrong]]


def _wrong(
    layers: Layers, found: Mapping[str, SettingChange], problems: Sequence[SettingProblem]
) -> list[tuple[SettingChange, SettingProblem]]:
    """Which of these decisions are wrong: those that are told of; where it is what two keys come to together, the
    newest without which nothing is wrong, or the newest of all."""
    told = [(found[key], problem) for problem in problems for key in found if _about(problem, key)]
    if told:
        return told
    newest_first = sorted(found.values(), key=lambda change: change.id or 0, reverse=True)
    for change in newest_first:
        try:
            layers.settings(values({key: each for key, each in found.items() if each is not change}))
        except SettingsError:
            continue
        return [(change, problems[0])]
    return [(newest_first[0], problems[0])]


def _about(problem: SettingProblem, key: str) -> bool:
    """A problem below a key that was decided, or of the key itself."""
    return problem.source == DECIDED and f"{problem.key}.".startswith(f"{key}.")


class SettingsInForce:
    """Called, it gives the settings in force now, at most LOOK_SECONDS old. Threads share it; while one asks the
    database, the others go on with what was in force before, and so do all while the database is away."""

    def __init__(self, layers: Layers, storage: Storage, clock: Clock) -> None:
        self.layers, self.storage, self.clock = layers, storage, clock
        self._lock = Lock()
        self._settings: Settings | None = None
        self._newest = -1
        self._next_moment: datetime | None = None
        self._looked = float("-inf")
        self._away = False
        self._since = clock()
        self._history = History(layers, (), self._since, self._since)
        self._followers: list[Callable[[Settings], object]] = []

    def __call__(self) -> Settings:
        first = self._settings is None
        # The first waits for whoever reads already; later ones have something to go on with.
        if (first or self._is_due()) and self._lock.acquire(blocking=first):
            try:
                self._look()
            finally:
                self._lock.release()
        assert self._settings is not None
        return self._settings

    def at(self, moment: datetime) -> Settings:
        """The settings by which what happened at that moment is judged: figures of the rules as they were in force
        then, all else as it is now. A moment to come is asked for too."""
        current = self()
        try:
            return self._history.at(moment)
        except SettingsError as error:
            log.error("the figures of %s do not go with the settings of now, which are taken: %s", moment, error)
            return current

    def with_draft(self, draft: Mapping[str, Any]) -> History:
        """What would have been in force at each moment, had this held always. It is validated when it is asked for."""
        self()
        return self._history.with_draft(draft)

    def follow(self, follower: Callable[[Settings], object]) -> None:
        """It is given what is in force now, and each time that this changes, when somebody asks."""
        follower(self())
        self._followers.append(follower)

    def forget(self) -> None:
        """Something was decided here: look at once."""
        self._looked = float("-inf")

    def _is_due(self) -> bool:
        if self._next_moment is not None and self.clock() >= self._next_moment:
            return True
        return monotonic() - self._looked >= LOOK_SECONDS

    def _look(self) -> None:
        if self._settings is not None and not self._is_due():
            return  # somebody else has just looked
        self._looked = monotonic()
        try:
            with self.storage.reading() as tx:
                store, now = SettingChangeStore(tx), self.clock()
                newest = store.newest()
                due = self._next_moment is not None and now >= self._next_moment
                changes = store.all() if newest != self._newest or due else None
        except StorageError as error:
            self._without_database(error)
            return
        if self._away:
            log.info("the database answers again: settings are in force as they are decided")
        self._away = False
        if changes is not None:
            self._take(changes, now)
            self._newest = newest

    def _take(self, changes: Sequence[SettingChange], now: datetime) -> None:
        applied = apply(self.layers, changes, now)
        for change, problem in applied.left_out:
            log.error("the decision on %s is left out: %s", change.key, problem.expected)
        self._settings = applied.settings
        self._history = History(self.layers, changes, self._since, now)
        self._next_moment = next_moment(standing(changes), now)
        for follower in self._followers:
            follower(applied.settings)

    def _without_database(self, error: StorageError) -> None:
        if not self._away:
            log.warning("settings stay as they are, for the database can't be asked: %s", error)
        self._away = True
        if self._settings is None:
            self._settings = self.layers.settings()


def read_in_force(home: Home, clock: Clock = system_clock) -> Settings:
    """What is in force now, for a command that asks once. Where there is no database yet, what files and environment
    say. Raises SettingsError."""
    layers = read_layers(home)
    settings = layers.settings()
    if not settings.database.url and not home.database_file.exists():
        return settings
    storage = Storage(make_engine(database_url(settings, home)))
    try:
        return SettingsInForce(layers, storage, clock)()
    finally:
        storage.close()
