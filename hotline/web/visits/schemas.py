"""Requests and responses of the API of visits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hotline.domain.visits.listing import VisitTab
from hotline.domain.visits.visit import Origin, Satisfaction, VisitWay
from hotline.services.visits.seeing import SeenVisit
from hotline.services.visits.view import TryOfVisit, VisitView
from hotline.services.workflow_view import StepView
from hotline.web.kit.schemas import MAX_INTEGER, Moment

Note = Annotated[str, StringConstraints(max_length=500)]
VisitWords = Annotated[str, StringConstraints(max_length=10_000)]
Username = Annotated[str, StringConstraints(max_length=64)]
_PLAIN = r"^[^\x00-\x1f\x7f]*$"


class VisitPath(BaseModel):
    visit_id: int = Field(ge=1, le=MAX_INTEGER)


class VisitQuery(BaseModel):
    """Which visits; all given conditions hold together."""

    model_config = ConfigDict(extra="forbid")

    tab: VisitTab = Field(VisitTab.MINE, description="mine, today, overdue, unassigned, all (open ones), done")
    origin: Origin | None = None
    subject_id: int | None = Field(None, ge=1, le=MAX_INTEGER)
    visitor: str = Field("", max_length=64, pattern=_PLAIN)
    result: Satisfaction | None = None
    since: Moment | None = Field(None, description="closed then or later")
    until: Moment | None = Field(None, description="closed before then")
    limit: int = Field(50, ge=1, le=200)
    after: str = Field("", max_length=200, pattern=r"^[A-Za-z0-9_-]*$", description="`after` of the page before")


class VisitList(BaseModel):
    """`after`: what the next page is asked for by; empty at the end."""

    visits: list[VisitView]
    mine: int = Field(description="counted as far as 1000, as the others")
    today: int
    overdue: int
    unassigned: int
    after: str


class VisitQuestion(BaseModel):
    """`when`: asked only after one of these answers to the question `satisfied`; empty: always."""

    id: str
    zh: str
    en: str
    kind: str = Field(description="choice, lines, score (1 to 5), yes_no")
    choices: dict[str, str] = Field(description="code and Chinese words, of a choice")
    when: list[str]
    required: bool


class VisitSeen(BaseModel):
    """A visit, what it asks, and what may be done with it now."""

    visit: VisitView
    questions: list[VisitQuestion]
    steps: list[StepView]
    tries: list[TryOfVisit]
    call_id: int | None = Field(description="of the call that it was made by")
    may_do: list[str]
    why_not: str = Field(description="code of why whoever asks may not make it, or it is not dialled; empty: nothing")


def visit_seen(seen: SeenVisit) -> VisitSeen:
    return VisitSeen(
        visit=seen.visit,
        questions=[
            VisitQuestion(
                id=each.id,
                zh=each.text.zh,
                en=each.text.en,
                kind=each.kind.value,
                choices={code: words.zh for code, words in each.choices},
                when=sorted(code.value for code in each.when),
                required=each.required,
            )
            for each in seen.script.questions
        ],
        steps=list(seen.steps),
        tries=list(seen.tries),
        call_id=seen.call_id,
        may_do=sorted(seen.may_do),
        why_not=seen.why_not.code if seen.why_not else "",
    )


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewVisitBody(_Body):
    """Somebody is to be visited, for which nothing else plans it."""

    number: str = Field(max_length=64)
    purpose: str = Field(max_length=200)
    way: Literal[VisitWay.CALL, VisitWay.ON_SITE] = VisitWay.CALL
    due_by: Moment | None = Field(None, description="else within the usual days (E7)")


class GiveVisitBody(_Body):
    username: Username


class AgreeVisitBody(_Body):
    at: Moment = Field(description="the time that the customer named")


class WayBody(_Body):
    way: VisitWay


class VisitTryBody(_Body):
    """They were tried and not reached."""

    outcome: Literal["no_answer", "busy", "declined", "unreachable", "machine"]
    again_at: Moment | None = Field(None, description="when they are tried next; else as the settings have it")
    note: Note = ""


class RecordVisitBody(_Body):
    """It was made (E1)."""

    answers: dict[str, VisitWords] = Field(max_length=50)
    content: VisitWords = Field("", description="else the answers stand there")
    problems: VisitWords = ""
    way: VisitWay | None = None
    node: str = Field("", max_length=64, pattern=_PLAIN)
    linkedid: str = Field("", max_length=64, pattern=_PLAIN, description="another call than the last that was dialled")
    revision: int | None = Field(None, ge=1, le=MAX_INTEGER, description="as it was seen; else 409")


class EndVisitBody(_Body):
    ending: Literal["refused", "not_reached", "wrong_number"]
    note: Note = ""


class DropVisitBody(_Body):
    why: Note


class VisitCaseBody(_Body):
    kind: str = Field("complaint", max_length=32, pattern=r"^[a-z0-9_]*$")
