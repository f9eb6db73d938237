"""What needs more than the call (D1, D10): a complaint, an enquiry, a repair. Known by a number that callers can be
told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from hotline.domain.numbers import NO_NUMBER, Number

#: As the index of search names them.
SEARCHED_AS = "case"


class CaseKind(StrEnum):
    """The kinds that the product itself knows of; a site may have others."""

    COMPLAINT = "complaint"
    REQUEST = "request"


class CaseState(StrEnum):
    """Whether something is still to be done for it; where on its kind's way it stands, its stage says."""

    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"  # it goes on within another one


class Channel(StrEnum):
    """By which way the customer's word came (D6)."""

    HOTLINE = "hotline"
    MAIL = "mail"
    WEB = "web"
    WALK_IN = "walk_in"
    LETTER = "letter"
    FAX = "fax"
    CHAT = "chat"
    QUALITY_DEPARTMENT = "quality_department"
    MEDIA = "media"
    AUTHORITY = "authority"
    EMPLOYEE = "employee"  # one of us handed it in


class Priority(StrEnum):
    USUAL = "usual"
    URGENT = "urgent"


class Complexity(StrEnum):
    SIMPLE = "simple"
    COMPLEX = "complex"


@dataclass(frozen=True, slots=True)
class ServiceCase:
    """`number` like 20261122-001: the Shanghai day, and its place on that day. `owner`: who is responsible (B7);
    `offered_to`: to whom it is handed over, once they accept. `form_id`: the log form of the call in which it was
    opened. `result`: what came of it, once closed.

    `kind` in `version`, and the `stage` of that version in which it stands. `department_id`: who has to answer.
    `about`: the user name of whom it is a complaint. `demand`, `loss`, `spread`: 0 while nobody has judged them (D6).
    `repeats`: how often the same came before. `parent_id`: the case of which it is a part; `merged_into`: within which
    it goes on. `values`: the kind's fields. `waiting`: why its clocks stand, "" when they run. `asked_first`: how often
    the customer asked before we spoke. `due_at`: the earliest of its open deadlines, a copy. `revision`: rises with
    each change. `escalated`: how many steps up it went for what is over now (D7).
    """

    number: str
    kind: str
    title: str
    content: str
    owner: str
    opened_by: str
    opened_at: datetime
    form_id: int | None = None
    customer_id: int | None = None
    caller_number: Number = NO_NUMBER
    state: CaseState = CaseState.OPEN
    closed_at: datetime | None = None
    closed_by: str = ""
    result: str = ""
    id: int | None = None
    version: int = 1
    stage: str = ""
    department_id: int | None = None
    subject: str = ""
    region: str = ""
    channel: Channel = Channel.HOTLINE
    priority: Priority = Priority.USUAL
    complexity: Complexity = Complexity.SIMPLE
    demand: int = 0
    loss: int = 0
    spread: int = 0
    severity: str = ""
    repeats: int = 0
    about: str = ""
    offered_to: str = ""
    parent_id: int | None = None
    merged_into: int | None = None
    values: Mapping[str, str] = field(default_factory=dict, hash=False)
    waiting: str = ""
    asked_first: int = 0
    due_at: datetime | None = None
    revision: int = 1
    escalated: int = 0

    @property
    def searched(self) -> tuple[tuple[str, str], ...]:
        """The texts in which words are looked for, each by its name."""
        own = (("case", self.number), ("title", self.title), ("content", self.content), ("result", self.result))
        return tuple((name, text) for name, text in (*own, *self.values.items()) if text)

    @property
    def can_be_told(self) -> bool:
        """There is somebody whom we know how to reach."""
        return bool(self.caller_number) or self.customer_id is not None


def next_number(day: date, latest: str | None) -> str:
    """The number after `latest`, the highest of that day so far, if any. From 1000 on it grows longer."""
    place = int(latest.partition("-")[2]) + 1 if latest else 1
    return f"{day:%Y%m%d}-{place:03}"
