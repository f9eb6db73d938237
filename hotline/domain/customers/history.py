"""A customer's past as their page shows it: calls with their log forms, and cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.calls.call import Call


class HistoryKind(StrEnum):
    CALL = "call"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class FormSummary:
    """The log form of a call (B3), as far as a list shows it."""

    id: int
    state: str
    owner: str
    owner_name: str
    caller_name: str
    category: str
    content: str
    handling: str
    solved: bool | None
    promise: str
    promise_due_at: datetime | None
    complaint: bool | None
    called_at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A complaint or request that needed more than the call."""

    id: int
    number: str
    kind: str
    title: str
    state: str
    owner: str
    opened_at: datetime
    closed_at: datetime | None
    result: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened, at `at`: a call (with its form, if one was begun) or a case."""

    kind: HistoryKind
    at: datetime
    call_id: int | None = None
    call: Call | None = None
    form: FormSummary | None = None
    case: CaseSummary | None = None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Newest first; `total` counts all."""

    entries: tuple[HistoryEntry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Merge:
    """Two customers that became one. What moved is kept, so that it can be undone to the letter; `kept_before`: what
    was written of the one that stayed, restored if nobody has changed it since (`kept_version`)."""

    kept_id: int
    merged_id: int
    at: datetime
    by: str
    number_ids: tuple[int, ...] = ()
    form_ids: tuple[int, ...] = ()
    case_ids: tuple[int, ...] = ()
    kept_before: dict[str, object] | None = None
    kept_version: int = 0
    undone_at: datetime | None = None
    id: int | None = None
