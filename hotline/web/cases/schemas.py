"""Requests and responses of the API of cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hotline.domain.cases.case import CaseState, Channel, Complexity, Priority
from hotline.domain.cases.kind import CaseAct, Kind, Words
from hotline.services.cases.bulk import MOST
from hotline.services.cases.listing import CaseOrder, Which
from hotline.services.cases.seeing import SeenCase
from hotline.services.cases.view import CaseView
from hotline.services.deadlines.view import ShownDeadline
from hotline.services.workflow_view import StepView
from hotline.web.forms.schemas import Body, SearchText, Text
from hotline.web.kit.schemas import MAX_INTEGER, MAX_LIMIT, Moment

Code = Annotated[str, StringConstraints(max_length=32, pattern=r"^[a-z0-9_]*$")]
Username = Annotated[str, StringConstraints(max_length=64)]
Id = Annotated[int, Field(ge=1, le=MAX_INTEGER)]


class CaseIdPath(BaseModel):
    case_id: Id


class CaseActPath(CaseIdPath):
    act: Code = Field(description="of the kind's acts, or of those that every kind has: judge, contact, urge")


class CaseQuery(BaseModel):
    """Which cases; without anything, the newest of all."""

    model_config = ConfigDict(extra="forbid")

    which: Which = Which.ALL
    state: CaseState | None = None
    kind: Code = ""
    stage: Code = ""
    severity: Code = ""
    channel: Code = ""
    owner: Username = ""
    customer_id: Id | None = None
    opened_since: Moment | None = None
    opened_until: Moment | None = None
    q: SearchText = Field("", description="part of number, title, content or the caller's number")
    order: CaseOrder = CaseOrder.NEWEST
    limit: int = Field(50, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class CaseList(BaseModel):
    """In the order that was asked for. `total`: at most 1000, which means that many or more."""

    cases: list[CaseView]
    more: bool
    total: int


class BoardQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Code = Field(min_length=1)
    which: Which = Which.ALL
    q: SearchText = ""


class BoardColumn(BaseModel):
    stage: str
    cases: list[CaseView]


class CaseBoard(BaseModel):
    """The first of each stage, in the order of the kind's stages."""

    columns: list[BoardColumn]


class NewCaseBody(Body):
    """A case without a log form: a letter, the press, what somebody was told in person."""

    kind: Code = Field(min_length=1)
    title: str = Field(min_length=1, max_length=200)
    content: Text = ""
    customer_id: Id | None = None
    number: str = Field("", max_length=64, description="the customer's")
    node: str = Field("", max_length=64, description="with linkedid: the call to which it belongs")
    linkedid: str = Field("", max_length=64)
    subject: str = Field("", max_length=200)
    region: str = Field("", max_length=200)
    channel: Channel = Channel.EMPLOYEE
    priority: Priority = Priority.USUAL
    complexity: Complexity = Complexity.SIMPLE
    about: Username = Field("", description="user name of whom it is a complaint")
    parent_id: Id | None = None
    values: Mapping[Code, Text] = Field(default_factory=dict, description="the kind's fields, by id")


class ActBody(Body):
    """What is done to a case, with what must be given."""

    given: Mapping[Code, Text] = Field(default_factory=dict)
    revision: int | None = Field(None, ge=1, le=MAX_INTEGER, description="of the case as it was seen; else 409")


class CaseCloseBody(Body):
    result: Text = Field(min_length=1)


class GiveCasesBody(Body):
    case_ids: list[Id] = Field(min_length=1, max_length=MOST)
    to: Username = Field(min_length=1)


class AssignCasesBody(Body):
    case_ids: list[Id] = Field(min_length=1, max_length=MOST)
    department_id: Id


class CasesDone(BaseModel):
    """Ids of those to which it was done, and of those to which it was not."""

    done: list[int]
    refused: list[int]


class KindField(BaseModel):
    id: str
    zh: str
    en: str
    type: str
    choices: dict[str, str] = Field(description="code to words in Chinese")
    required: list[str] = Field(description="the acts with which it must be given")


class KindStage(BaseModel):
    id: str
    zh: str
    en: str
    closed: bool


class KindAct(BaseModel):
    """`after` null: the case stays where it is."""

    id: str
    zh: str
    en: str
    before: list[str]
    after: str | None
    needs: list[str]
    takes: list[str]


class KindView(BaseModel):
    """A kind of case, in the version in which new ones are opened."""

    code: str
    version: int
    zh: str
    en: str
    stages: list[KindStage]
    fields: list[KindField]
    acts: list[KindAct]


class CaseKinds(BaseModel):
    kinds: list[KindView]


class CaseClockView(BaseModel):
    """One of its deadlines. `due_at` null while it stands, in time."""

    clock: str
    rule: str
    standing: str
    started_at: datetime
    due_at: datetime | None
    waiting: bool
    stopped_at: datetime | None


class CaseStepView(BaseModel):
    case: str = Field(description="number of the case that it was done to: this one, or one that goes on within it")
    step: StepView


class CaseCallView(BaseModel):
    call_id: int | None = Field(description="null: the ledger does not hold it any more")
    node: str
    linkedid: str
    by: str
    at: datetime


class CaseActNow(BaseModel):
    """What whoever asks may do now."""

    id: str
    zh: str
    en: str
    required: list[str]
    may_give: list[str]


class CaseSeen(CaseView):
    """A case with all that was done to it, and what whoever asks may do with it now."""

    department: str
    clocks: list[CaseClockView]
    steps: list[CaseStepView]
    acts: list[CaseActNow]
    calls: list[CaseCallView]
    children: list[int]
    merged: list[int] = Field(description="ids of those that go on within it")
    duplicates: list[int] = Field(description="ids of open ones of the same customer, kind and subject")


def case_seen(seen: SeenCase) -> CaseSeen:
    return CaseSeen(
        **seen.case.model_dump(),
        department=seen.department,
        clocks=[_clock(each) for each in seen.clocks],
        steps=[CaseStepView(case=each.case, step=each.step) for each in seen.steps],
        acts=[
            CaseActNow(
                id=each.act.id,
                zh=each.act.words.zh,
                en=each.act.words.en,
                required=list(each.required),
                may_give=list(each.may_give),
            )
            for each in seen.acts
        ],
        calls=[
            CaseCallView(
                call_id=each.call_id, node=each.call.node, linkedid=each.call.linkedid, by=each.call.by, at=each.call.at
            )
            for each in seen.calls
        ],
        children=[each.id for each in seen.children],
        merged=[each.id for each in seen.merged],
        duplicates=[each.id for each in seen.duplicates],
    )


def kind_view(kind: Kind) -> KindView:
    return KindView(
        code=kind.code,
        version=kind.version,
        **_words(kind.words),
        stages=[KindStage(id=each.id, closed=each.closed, **_words(each.words)) for each in kind.stages],
        fields=[
            KindField(
                id=each.id,
                type=each.type.value,
                choices={code: words.zh for code, words in each.choices.items()},
                required=list(each.required),
                **_words(each.label),
            )
            for each in kind.fields
        ],
        acts=[_act(each) for each in kind.acts],
    )


def _act(act: CaseAct) -> KindAct:
    return KindAct(
        id=act.id,
        before=sorted(act.before),
        after=act.after,
        needs=list(act.needs),
        takes=list(act.takes),
        **_words(act.words),
    )


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _clock(shown: ShownDeadline) -> CaseClockView:
    return CaseClockView(
        clock=shown.clock,
        rule=shown.rule,
        standing=shown.standing.value,
        started_at=shown.started_at,
        due_at=shown.due_at,
        waiting=shown.pause is not None,
        stopped_at=shown.stopped_at,
    )
