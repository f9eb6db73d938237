"""What the services need of stored customers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hotline.domain.customer import Customer, CustomerNumber
from hotline.domain.customer_history import HistoryKind, HistoryPage, Merge
from hotline.domain.customer_search import CustomerQuery


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """Best fit first. `total` counts all that the query finds."""

    customers: tuple[Customer, ...]
    total: int


class Customers(Protocol):
    def by_id(self, customer_id: int) -> Customer | None:
        """As it stands, merged or not."""

    def by_ids(self, customer_ids: Collection[int]) -> list[Customer]: ...
    def of_number(self, number: str) -> list[Customer]:
        """Those that have this number (E.164), whatever the extension; merged ones are left out."""

    def search(self, query: CustomerQuery, limit: int, offset: int = 0) -> CustomerPage: ...
    def all(self) -> Iterator[Customer]:
        """Every one that is not merged, by id."""

    def last_calls(self, customers: Sequence[Customer]) -> dict[int, datetime]:
        """When each of them called last, by their id; who never called is left out."""

    def add(self, customer: Customer) -> Customer:
        """With ids, numbers too."""

    def update(self, customer: Customer, version: int) -> bool:
        """Write its own fields and its version; False unless the row still has `version`. Numbers are left alone."""

    def add_number(self, customer_id: int, number: CustomerNumber) -> CustomerNumber:
        """Raises Conflict if this customer has it already."""

    def remove_number(self, customer_id: int, number_id: int) -> bool: ...
    def move_numbers(self, number_ids: Collection[int], to_id: int) -> tuple[int, ...]:
        """Those moved; one that `to_id` has already stays where it was."""

    def form_ids(self, customer_id: int, numbers: Collection[str] | None = None) -> tuple[int, ...]:
        """The forms of this customer; with `numbers` only those of calls from them."""

    def case_ids(
        self, customer_id: int, numbers: Collection[str] | None = None, form_ids: Collection[int] = ()
    ) -> tuple[int, ...]:
        """The cases of this customer; with `numbers` only those from them or from one of these forms."""

    def move_records(self, from_id: int, to_id: int, form_ids: Collection[int], case_ids: Collection[int]) -> None:
        """Those of them that still are `from_id`'s."""

    def add_merge(self, merge: Merge) -> Merge: ...
    def merge_of(self, merged_id: int) -> Merge | None:
        """How this customer was merged, unless that was undone."""

    def merged_here(self, customer_id: int) -> list[Customer]:
        """Those that were merged into this one, directly or one by another."""

    def undo_merge(self, merge_id: int, now: datetime) -> bool: ...
    def history(self, customer: Customer, kinds: Collection[HistoryKind], limit: int, offset: int = 0) -> HistoryPage:
        """Calls from its numbers (but for those that were written down as somebody else's) or written down as its,
        and its cases."""
