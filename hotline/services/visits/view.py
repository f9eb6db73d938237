"""A visit as pages and the API give it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from hotline.domain.visits.visit import Visit, VisitTry
from hotline.services.shown import number_shown


class VisitView(BaseModel):
    """A visit that we owe, or that was made (E1)."""

    id: int
    origin: str = Field(description="case, project, campaign, new_customer, rating, by_hand")
    subject_id: int | None = Field(description="the case, project or campaign")
    purpose: str
    customer_id: int | None
    name: str
    number_shown: str = Field(description="masked for who may not see it whole; empty when none is known")
    line: str
    way: str = Field(description="call, sms, mail, link, on_site")
    state: str = Field(description="open, done, dropped")
    begins_at: datetime = Field(description="from when on its days are counted")
    planned_at: datetime
    planned_by: str
    due_at: datetime
    unmoved_at: datetime | None = Field(description="when it would be due, had anybody worked on that day (E7)")
    agreed_at: datetime | None = Field(description="the time that the customer named")
    call_at: datetime | None = Field(description="when it can be dialled first: its visitor works, no rest time")
    next_try_at: datetime | None
    visitor: str = Field(description="empty: nobody has it yet")
    weight: int
    escalated: int = Field(description="1: it went to a supervisor, 2: to an administrator, since nobody else may (E5)")
    tries: int
    closed_at: datetime | None
    closed_by: str
    ending: str = Field(
        description="answered, refused, not_reached, wrong_number, not_wanted, not_owed; empty while it is open"
    )
    result: str = Field(description="satisfied, so_so, not_satisfied; empty: not asked")
    with_what: str = Field(description="what they are not satisfied with")
    content: str
    problems: str
    answers: dict[str, str]
    asked: int = Field(description="how many questions were answered")
    seconds: float = Field(description="how long the talk took")
    node: str
    linkedid: str = Field(description="the call that it was made by; empty: none")
    opened_case_id: int | None
    questionnaire: str
    revision: int


class TryOfVisit(BaseModel):
    at: datetime
    by: str
    way: str
    outcome: str
    note: str
    next_try_at: datetime | None


def visit_view(visit: Visit, whole: bool) -> VisitView:
    return VisitView(
        id=visit.id or 0,
        number_shown=number_shown(visit.number, whole) if visit.number else "",
        ending=visit.ending.value if visit.ending else "",
        result=visit.result.value if visit.result else "",
        origin=visit.origin.value,
        way=visit.way.value,
        state=visit.state.value,
        answers=dict(visit.answers),
        **{name: getattr(visit, name) for name in _PLAIN},
    )


_SAID = frozenset({"id", "number_shown", "ending", "result", "origin", "way", "state", "answers"})
_PLAIN = tuple(name for name in VisitView.model_fields if name not in _SAID)


def try_view(made: VisitTry) -> TryOfVisit:
    return TryOfVisit(
        at=made.at, by=made.by, way=made.way.value, outcome=made.outcome, note=made.note, next_try_at=made.next_try_at
    )
