"""What the services need of the stored directory and of the messages left for its people."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from hotline.domain.directory import DirectoryMessage, DirectoryPerson


class DirectoryPeople(Protocol):
    def by_id(self, person_id: int) -> DirectoryPerson | None: ...
    def all(self, active_only: bool = False) -> list[DirectoryPerson]:
        """By name."""

    def add(self, person: DirectoryPerson) -> DirectoryPerson: ...
    def update(self, person: DirectoryPerson, version: int) -> bool:
        """Write all its fields; False unless the row still has `version`."""

    def remove(self, person_id: int) -> bool: ...


class Messages(Protocol):
    def add(self, message: DirectoryMessage) -> DirectoryMessage: ...
    def by_id(self, message_id: int) -> DirectoryMessage | None: ...
    def list(
        self, open_only: bool = False, person_id: int | None = None, limit: int = 200, offset: int = 0
    ) -> list[DirectoryMessage]:
        """Those not passed on first, the longest waiting first; then the others, newest first."""

    def count_open(self) -> int: ...
    def pass_on(self, message_id: int, by: str, note: str, now: dt.datetime) -> bool:
        """False if there is no such open one."""
