"""G3, PIPL 44-47: a person asks for a copy, a correction or the deletion of what is kept of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from hotline.domain.calls.call import Call
from hotline.domain.customers.customer import Customer
from hotline.domain.deadlines.kept import ClockName
from hotline.domain.forms.form import CallForm
from hotline.domain.numbers import Number
from hotline.domain.persons import Whose
from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.retention.retention import KeptFor, RetentionVerdict, Terms, judge

#: G3: until the person is answered.
PRIVACY_CLOCK = ClockName("privacy")

#: Node and linkedid.
CallKey = tuple[str, str]


class RequestKind(StrEnum):
    COPY = "copy"  # PIPL 45
    CORRECTION = "correction"  # PIPL 46
    DELETION = "deletion"  # PIPL 47


class RequestState(StrEnum):
    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PrivacyRequest:
    """`number` is empty where only the customer is known. `asked_by`: who asks, and how they proved who they are.
    `due_at`: the first moment at which it is overdue. `answer`: what the person was told."""

    kind: RequestKind
    number: Number
    customer_id: int | None
    asked_by: str
    asked_at: datetime
    taken_by: str
    text: str
    due_at: datetime
    state: RequestState = RequestState.OPEN
    answer: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class KeptCall:
    """A call of the person, with what was written and recorded of it, and what its term is counted from."""

    id: int
    call: Call
    form: CallForm | None
    recordings: tuple[RecordingEntry, ...]
    kept: KeptFor

    @property
    def key(self) -> CallKey:
        return self.call.node, self.call.linkedid


@dataclass(frozen=True, slots=True)
class Person:
    """All that is kept of one person: `customers` with those that turned out to be them, calls newest first. `found`:
    what each feature has, by the name that it has in their copy (hotline.services.personal)."""

    numbers: tuple[Number, ...]
    customers: tuple[Customer, ...]
    calls: tuple[KeptCall, ...]
    found: Mapping[str, Sequence[Any]] = field(default_factory=dict, hash=False)

    @property
    def whose(self) -> Whose:
        return Whose(self.numbers, [each.id or 0 for each in self.customers])

    @property
    def call_keys(self) -> dict[CallKey, int]:
        """The ids of the calls in the ledger."""
        return {call.key: call.id for call in self.calls}


def verdict_of(kept: KeptCall, terms: Terms, now: datetime) -> RetentionVerdict:
    """Records are kept as long as the recordings of their calls (E2)."""
    return judge(kept.kept, terms, now)


def matter_may_go(closed_at: datetime | None, going: bool, staying: bool, terms: Terms, now: datetime) -> bool:
    """What was written because of a call goes with it and stays with it: `going` and `staying` say whether that is one
    of the person's calls whose time is over, or that must stay. Of no such call it goes by its own end. What is still
    open stays."""
    if closed_at is None or staying:
        return False
    return going or judge(KeptFor(closed_at), terms, now).may_go
