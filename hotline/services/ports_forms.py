"""What the services need of the store for the records of calls, and for what is opened from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from hotline.domain.block_request import BlockRequest, Decision
from hotline.domain.call_form import CallForm, FormChange, FormState
from hotline.domain.duty_link import DutyLink
from hotline.domain.rights.seeing import NumberAsked
from hotline.domain.service_case import CaseState, ServiceCase


@dataclass(frozen=True, slots=True)
class FormFilter:
    """What forms are searched by; None or "" means any.

    `overdue_at`: those still open whose time was over then (B2). `promised`: with a promise that is not kept yet, the
    earliest due first. `text`: part of the caller's name or number, of content, handling or promise; `asked`: who sees
    numbers masked finds by the number only this. `owners`: extensions or mobile numbers; `owner_names`: or taken on
    the duty mobile by whoever is called so.
    """

    state: FormState | None = None
    owners: tuple[str, ...] = ()
    owner_names: tuple[str, ...] = ()
    asked: NumberAsked | None = None
    origin: str = ""
    overdue_at: datetime | None = None
    promised: bool = False
    category: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """The only customer that has a number, as far as a form begins with it."""

    id: int
    name: str
    region: str
    address: str


class Forms(Protocol):
    def of_calls(self, node: str, linkedids: Sequence[str]) -> dict[str, CallForm]:
        """Those of these calls that have one, by linkedid."""

    def owners_of(self, node: str, linkedids: Sequence[str]) -> dict[str, str]:
        """Who owns them, as `of_calls`: the least that can be asked, since every fold of a call asks it."""

    def by_id(self, form_id: int) -> CallForm | None: ...
    def add(self, forms: Sequence[CallForm]) -> list[CallForm]:
        """Those that were not there yet by (node, linkedid), with their ids."""

    def update(self, form: CallForm, version: int) -> bool:
        """Rewrite the row if it still has that version; False otherwise."""

    def note(self, change: FormChange, join_within: timedelta = timedelta()) -> bool:
        """Keep the change: within the form's latest one, if that is by the same person and no older; then False."""

    def changes(self, form_id: int) -> list[FormChange]:
        """Oldest first."""

    def search(self, wanted: FormFilter, limit: int, offset: int = 0) -> list[CallForm]:
        """The latest call first; promises by when they are due."""

    def count(self, wanted: FormFilter) -> int: ...
    def unfinished(self) -> dict[str, int]:
        """How many open ones each owner has."""

    def of_people(self, number: str, customer_ids: Sequence[int], since: datetime | None, limit: int) -> list[CallForm]:
        """Of calls from this number or of these customers, the latest first."""

    def known_callers(self, numbers: Sequence[str]) -> dict[str, KnownCaller]:
        """By number, for those numbers that exactly one customer has."""

    def overdue(self, now: datetime) -> tuple[int, datetime | None]:
        """How many open forms are due before then (B2), and when the earliest was."""

    def overdue_promises(self, now: datetime) -> tuple[int, datetime | None]:
        """How many promises were due before then and are not kept (B6), and when the earliest was."""


class Cases(Protocol):
    def add(self, case: ServiceCase, day: date) -> ServiceCase:
        """With the next number of that day, whoever adds at the same time, and its id."""

    def by_id(self, case_id: int) -> ServiceCase | None: ...
    def owned(self, owner: str, state: CaseState, limit: int) -> list[ServiceCase]:
        """For which this user is responsible, newest first."""

    def search(
        self, state: CaseState | None, text: str, limit: int, offset: int = 0, asked: NumberAsked | None = None
    ) -> list[ServiceCase]:
        """Newest first. `text`: part of number, title, content or caller's number; of this last, who sees numbers
        masked finds what is `asked`."""

    def open_of(self, number: str, customer_ids: Sequence[int]) -> list[ServiceCase]:
        """Open ones of this caller's number or of these customers, newest first."""

    def of_form(self, form_id: int) -> list[ServiceCase]: ...
    def close(self, case_id: int, by: str, result: str, now: datetime) -> bool:
        """False if there is no such open one."""


class BlockRequests(Protocol):
    def add(self, request: BlockRequest) -> BlockRequest | None:
        """With its id; None when one for the same number awaits its decision already."""

    def by_id(self, request_id: int) -> BlockRequest | None: ...
    def search(self, open_only: bool, limit: int) -> list[BlockRequest]:
        """Newest first."""

    def decide(self, request_id: int, decision: Decision, by: str, note: str, now: datetime) -> bool:
        """False if it was decided already, or there is none."""


class DutyLinks(Protocol):
    def add(self, link: DutyLink) -> DutyLink: ...
    def by_token(self, token_sha256: str) -> DutyLink | None: ...
    def of_forms(self, form_ids: Sequence[int]) -> Mapping[int, DutyLink]:
        """The latest link of each of these forms that has one."""

    def open(self, link_id: int, browser_sha256: str, now: datetime) -> bool:
        """Bind it to a browser; False if it is bound already."""

    def use(self, link_id: int, now: datetime) -> None: ...
    def withdraw(self, form_id: int, now: datetime) -> None:
        """Let none of the form's links in any more."""

    def forget(self, token_sha256: str) -> None:
        """As if it had never been made: nobody was told of it."""

    def forms_without(self, since: datetime, limit: int) -> list[CallForm]:
        """Open records of ended calls that were taken on the duty mobile since then and have had no link yet."""
