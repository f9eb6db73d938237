"""A return visit: whom we owe one and why, by which way and until when, and what came of it (E1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hotline.domain.deadlines.kept import ClockName
from hotline.domain.numbers import NO_NUMBER, Number

#: E7: the clock of each visit.
VISIT_CLOCK = ClockName("visit")

#: As the index of search names them.
SEARCHED_AS = "visit"

#: As steps, dials, notifications and the audit log name it.
VISIT = "visit"

#: How the key of a visit begins with which a customer is asked once more (E9); the id of the first follows.
AGAIN = "again:"


class VisitOrigin(StrEnum):
    """Why it is owed. `subject_id` is the id of that thing; of what was planned by hand there is none."""

    CASE = "case"
    PROJECT = "project"
    CAMPAIGN = "campaign"
    NEW_CUSTOMER = "new_customer"
    RATING = "rating"
    BY_HAND = "by_hand"


#: As features that deal with visits call it; the API's document has one name for each.
Origin = VisitOrigin


class VisitWay(StrEnum):
    """CALL is dialled; to SMS and MAIL a link is sent, which leads to the questions; LINK: it was given otherwise."""

    CALL = "call"
    SMS = "sms"
    MAIL = "mail"
    LINK = "link"
    ON_SITE = "on_site"


#: By these the customer answers the questions on a page, without one of us.
WRITTEN_WAYS = frozenset({VisitWay.SMS, VisitWay.MAIL, VisitWay.LINK})


class VisitState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"  # it is not owed any more, or was not wanted from the start


class Satisfaction(StrEnum):
    """满意, 一般, 不满意, as the regulation asks for it."""

    SATISFIED = "satisfied"
    SO_SO = "so_so"
    NOT_SATISFIED = "not_satisfied"


class Ending(StrEnum):
    """What came of it. The first is a visit; the next three were tried in vain; the last two were never made."""

    ANSWERED = "answered"
    REFUSED = "refused"  # the customer did not want to be asked
    NOT_REACHED = "not_reached"
    WRONG_NUMBER = "wrong_number"
    NOT_WANTED = "not_wanted"  # E3: whoever wants to be asked by no way at all is not asked
    NOT_OWED = "not_owed"  # its case was begun anew, or went on within another one


#: What whoever visits says of one that was not answered.
IN_VAIN = frozenset({Ending.REFUSED, Ending.NOT_REACHED, Ending.WRONG_NUMBER})


@dataclass(frozen=True, slots=True)
class Visit:
    """`purpose`: what for, in words for whoever visits. `name`: whom they ask for. `number`: "" where none is known.

    `begins_at`: from when on its days are counted (the customer was told, the case was closed); `days`: how many, or
    `due_by`: a moment in their place. `due_at`: a copy of its clock's; `unmoved_at`: when it would be due, had anybody
    worked then. `not_before`: nobody is asked earlier. `agreed_at`: the time that the customer named. `call_at`: when
    it is to be dialled: its customer may be called then, and its visitor works; None while nobody has it.

    `visitor`: a user name, "" nobody yet. `barred`: user names of those who may not make it, besides those whom its
    subject says (E5). `about`: of whom its case is a complaint: it is not there for them. `weight`: 1, doubled each
    time that the customer was not satisfied before. `escalated`: 1 when it went to a supervisor, 2 to an administrator,
    since nobody else may.

    `tries`: those that count. `node`, `linkedid`: the call by which it was made; `seconds`: how long the two talked;
    `asked`: how many questions were answered. `answers` by the question's id. `with_what`: what they are not satisfied
    with. `opened_case_id`: the case that its problems led to. `questionnaire`: whose questions are asked, "" the
    regulation's. `key`: says what it was planned for, so that nothing is planned twice. `revision` rises with each
    change."""

    origin: Origin
    begins_at: datetime
    planned_at: datetime
    due_at: datetime
    subject_id: int | None = None
    purpose: str = ""
    customer_id: int | None = None
    name: str = ""
    number: Number = NO_NUMBER
    line: str = ""
    way: VisitWay = VisitWay.CALL
    state: VisitState = VisitState.OPEN
    planned_by: str = ""
    days: int = 3
    due_by: datetime | None = None
    unmoved_at: datetime | None = None
    not_before: datetime | None = None
    agreed_at: datetime | None = None
    call_at: datetime | None = None
    next_try_at: datetime | None = None
    visitor: str = ""
    assigned_at: datetime | None = None
    barred: tuple[str, ...] = ()
    about: str = ""
    weight: int = 1
    escalated: int = 0
    tries: int = 0
    last_tried_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    ending: Ending | None = None
    result: Satisfaction | None = None
    with_what: str = ""
    content: str = ""
    problems: str = ""
    answers: Mapping[str, str] = field(default_factory=dict, hash=False)
    asked: int = 0
    seconds: float = 0.0
    node: str = ""
    linkedid: str = ""
    opened_case_id: int | None = None
    questionnaire: str = ""
    key: str | None = None
    revision: int = 1
    id: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state is VisitState.OPEN

    @property
    def searched(self) -> tuple[tuple[str, str], ...]:
        """The texts in which words are looked for, each by its name."""
        own = (("purpose", self.purpose), ("content", self.content), ("problems", self.problems))
        return tuple((name, text) for name, text in (*own, ("with_what", self.with_what)) if text)

    @property
    def moved(self) -> bool:
        """Nobody works on the day on which it would have been due."""
        return self.unmoved_at is not None


@dataclass(frozen=True, slots=True)
class VisitTry:
    """Somebody tried. `outcome`: a word of DialOutcome; by other ways `sent` or `gone`. `dial_id`: of a call that was
    dialled here."""

    visit_id: int
    at: datetime
    by: str
    way: VisitWay
    outcome: str
    note: str = ""
    next_try_at: datetime | None = None
    dial_id: int | None = None
    id: int | None = None
