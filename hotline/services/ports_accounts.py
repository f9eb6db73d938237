"""What the services of accounts need from outside: sessions and the audit log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Protocol

from hotline.domain.attempts import Window
from hotline.domain.audit import AuditEntry, AuditFilter
from hotline.domain.session import UserSession


class Sessions(Protocol):
    def add(self, token_sha256: str, session: UserSession) -> UserSession:
        """The session with the id it was given."""

    def find(self, token_sha256: str) -> UserSession | None:
        """The session of this token, if it has not ended."""

    def by_id(self, session_id: int) -> UserSession | None:
        """Ended ones too."""

    def open(self, user_id: int | None = None) -> list[UserSession]:
        """Those that have not ended, of one person or of all, last seen first."""

    def touch(self, session_id: int, now: datetime, active: bool) -> None:
        """It was seen now, and used by somebody if `active`."""

    def give_token(self, session_id: int, token_sha256: str) -> None:
        """The session is known by this token from now on, by its old one no longer."""

    def end(self, session_id: int, by: str, why: str, now: datetime) -> bool:
        """False if it has ended already."""

    def forget(self, ended_before: datetime) -> int:
        """Delete those that ended before then; how many there were."""


class Attempts(Protocol):
    """Guesses, counted by kind, subject and the beginning of a window."""

    def count(self, kind: str, subject: str, began_at: datetime) -> int: ...
    def add(self, kind: str, subject: str, began_at: datetime, how_many: int) -> int:
        """How many there are then."""

    def ended(self, kind: str, before: datetime) -> list[Window]:
        """The windows of this kind that began before then, oldest first."""

    def forget(self, before: datetime, kind: str = "") -> None:
        """Those that began before then; "": of every kind."""


class Audit(Protocol):
    def add(self, now: datetime, who: str, action: str, object: str, detail: str = "") -> None:
        """Written, and chained to the entry before, when the transaction is committed."""

    def latest(self, limit: int) -> list[Mapping[str, object]]:
        """Newest first: id, at, who, action, object, detail, hash."""

    def search(self, wanted: AuditFilter, limit: int, before: int | None = None) -> list[AuditEntry]:
        """Newest first; with an id less than `before`, if given."""

    def chain(self) -> Iterator[AuditEntry]:
        """All of the log, oldest first, without holding it in memory."""
