"""What the services need of the store for operators at work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from hotline.domain.presence import OperatorPresence, StateChange, TransferOrder, TransferState
from hotline.domain.reasons import Reason


class Presences(Protocol):
    def all(self) -> list[OperatorPresence]:
        """By extension."""

    def get(self, extension: str) -> OperatorPresence | None: ...
    def of(self, extensions: Sequence[str]) -> dict[str, OperatorPresence]: ...
    def save(self, presences: Sequence[OperatorPresence]) -> None:
        """Insert or rewrite each, but for what `seen` keeps (via, console_seen_at)."""

    def seen(self, extension: str, via: str, at: datetime | None) -> None:
        """Where the operator signed in, and when their console was seen last."""

    def seen_again(self, extensions: Sequence[str], at: datetime) -> None:
        """Their consoles are still there; many at once."""

    def note(self, changes: Sequence[StateChange]) -> None: ...
    def changes(self, since: datetime, until: datetime, extension: str = "") -> list[StateChange]:
        """[`since`, `until`), oldest first; of one operator, if given."""


class Transfers(Protocol):
    def add(self, order: TransferOrder) -> int:
        """Its id."""

    def by_id(self, transfer_id: int) -> TransferOrder | None: ...
    def of(self, node: str, linkedid: str) -> list[TransferOrder]:
        """Oldest first."""

    def begun(self, node: str, linkedids: Sequence[str]) -> list[TransferOrder]:
        """Those of these calls whose end is not known yet, oldest first."""

    def settle(self, transfer_id: int, state: TransferState, problem: Reason | None = None) -> bool:
        """False when it is not BEGUN any more."""
