"""What the services need of the store for the requests of persons (G3), and for all that is kept of one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from hotline.domain.call_form import CallForm
from hotline.domain.directory import DirectoryMessage
from hotline.domain.privacy import KeptCall, PrivacyRequest, RequestState
from hotline.domain.records import Callback
from hotline.domain.service_case import ServiceCase


class PrivacyRequests(Protocol):
    def add(self, request: PrivacyRequest) -> PrivacyRequest: ...
    def by_id(self, request_id: int) -> PrivacyRequest | None: ...
    def search(self, open_only: bool, limit: int, offset: int = 0) -> list[PrivacyRequest]:
        """Open ones by when they are due, then the closed ones, newest first."""

    def count(self, open_only: bool) -> int: ...
    def close(self, request_id: int, state: RequestState, answer: str, by: str, now: datetime) -> bool:
        """False unless it was open."""

    def overdue(self, now: datetime) -> tuple[int, datetime | None]:
        """How many open ones should have been answered before then, and when the earliest."""


class Persons(Protocol):
    """All that is kept of a person, known by numbers (E.164) and by what was written down of them as a customer."""

    def calls(self, numbers: Collection[str], customer_ids: Collection[int], limit: int) -> list[KeptCall]:
        """From these numbers, but for those written down as another customer's; and those written down as theirs.
        Newest first."""

    def cases(self, numbers: Collection[str], customer_ids: Collection[int]) -> list[ServiceCase]:
        """As `calls`."""

    def callbacks(self, numbers: Collection[str], customer_ids: Collection[int]) -> list[Callback]:
        """As `calls`, by what was written down of their calls."""

    def messages(self, numbers: Collection[str], customer_ids: Collection[int]) -> list[DirectoryMessage]:
        """As `callbacks`."""

    def forget_form(self, form: CallForm) -> None:
        """Write the form as it is now, and delete what earlier versions said. Raises Outdated when somebody else has
        just changed it."""

    def forget_cases(self, case_ids: Sequence[int]) -> None:
        """Delete what they say of the caller."""

    def forget_callbacks(self, calls: Sequence[tuple[str, str]]) -> int:
        """Delete the numbers and notes of closed ones of these calls; how many there were."""

    def forget_messages(self, message_ids: Sequence[int]) -> None:
        """Delete who left them, and what they say."""

    def forget_merges(self, customer_ids: Collection[int], now: datetime) -> None:
        """What stood in customers before they became one is deleted; they can be split no more."""
