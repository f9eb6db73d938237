"""What the pop and the push need of the store."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from hotline.domain.call import Call
from hotline.domain.pop import EarlierCall, EarlierForm
from hotline.domain.records import Callback

if TYPE_CHECKING:
    from hotline.services.ports import StoredCall


class Watch(Protocol):
    """Notices what others commit. For one thread, but for `close`."""

    def wait(self, seconds: float) -> bool:
        """Whether something may have been committed since the last call; waits so long for it."""

    def close(self) -> None: ...


class LiveCalls(Protocol):
    """Calls as the screens show them while they last: without their recordings."""

    def by_ids(self, call_ids: Collection[int]) -> dict[int, StoredCall]: ...
    def in_progress(self) -> list[StoredCall]:
        """Calls without an end, oldest first."""


class Callers(Protocol):
    """What a number has to do with us. A number is E.164; "" (withheld) has nothing."""

    def earlier_calls(self, number: str, before: datetime, limit: int) -> list[EarlierCall]:
        """Inbound calls that began before then, newest first."""

    def earlier_forms(
        self, number: str, customer_ids: Collection[int], since: datetime, before: datetime
    ) -> list[EarlierForm]:
        """Of calls before then, from this number or of these customers, the latest first: those since `since`, and
        older ones with a promise that is not kept yet."""

    def last_talk(self, number: str, since: datetime, before: datetime) -> Call | None:
        """The latest call in [since, before) that one of our operators answered (B7)."""

    def callbacks_owed(self, number: str) -> list[Callback]:
        """Open ones, most urgent first."""


class PopViews(Protocol):
    """Which pops are in the audit log (F8)."""

    def noted(self, objects: Sequence[str], action: str) -> set[tuple[str, str]]:
        """(object, who) of these objects."""
