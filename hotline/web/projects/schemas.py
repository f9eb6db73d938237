"""What the API takes and gives of projects."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.projects.project import MAX_MONTHS, MAX_NAME, MAX_NOTE, Project, Round
from hotline.services.projects.projects import SeenProject
from hotline.web.kit.schemas import MAX_INTEGER, MAX_LIMIT, Day


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ProjectPath(BaseModel):
    project_id: int = Field(ge=1, le=MAX_INTEGER)


class ProjectTaskPath(BaseModel):
    round_id: int = Field(ge=1, le=MAX_INTEGER)


class ProjectQuery(_Body):
    q: str = Field("", max_length=64, description="words of its name, contact or customer")
    customer_id: int | None = Field(None, ge=1, le=MAX_INTEGER)
    ended: bool | None = Field(None, description="true: only those that are over, false: only the others")
    limit: int = Field(100, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class NewProjectBody(_Body):
    name: str = Field(min_length=1, max_length=MAX_NAME)
    customer_id: int = Field(ge=1, le=MAX_INTEGER)
    delivered_on: Day
    ends_on: Day | None = Field(None, description="the last day on which anything is due for it")
    contact: str = Field("", max_length=MAX_NAME)
    number: str = Field("", max_length=80, description="the contact's; empty: the customer's")
    manager: str = Field("", max_length=64, description="user name of who inspects it")
    inspected_every: int = Field(0, ge=0, le=MAX_MONTHS, description="months; 0: never")
    surveyed_every: int = Field(0, ge=0, le=MAX_MONTHS, description="months; 0: never")
    note: str = Field("", max_length=MAX_NOTE)


class ProjectChangeBody(NewProjectBody):
    version: int = Field(ge=1, le=MAX_INTEGER)


class ProjectRecordBody(_Body):
    present: str = Field("", max_length=MAX_NOTE)
    findings: str = Field("", max_length=MAX_NOTE)
    opinions: str = Field("", max_length=MAX_NOTE)
    problems: str = Field("", max_length=MAX_NOTE)
    measures: str = Field("", max_length=MAX_NOTE)


class ProjectRoundView(BaseModel):
    id: int
    kind: Literal["visit", "inspection", "survey"]
    n: int = Field(description="the how many-th of its kind")
    due_on: date
    state: Literal["open", "done", "missed", "called_off"]
    owner: str
    visit_id: int | None
    record: dict[str, str]
    done_at: datetime | None
    done_by: str


class ProjectView(BaseModel):
    id: int
    name: str
    customer_id: int
    delivered_on: date
    ends_on: date | None
    contact: str
    number_shown: str
    manager: str
    inspected_every: int
    surveyed_every: int
    note: str
    version: int


class ProjectWithRounds(ProjectView):
    rounds: list[ProjectRoundView] = Field(description="what is due for it again and again, the latest first")


class ProjectList(BaseModel):
    """The latest delivered first."""

    projects: list[ProjectView]
    total: int


def project_view(project: Project, number: str) -> ProjectView:
    same = ("name", "customer_id", "delivered_on", "ends_on", "contact", "manager", "note", "version")
    months = ("inspected_every", "surveyed_every")
    return ProjectView(
        id=project.id or 0, number_shown=number, **{name: getattr(project, name) for name in (*same, *months)}
    )


def with_rounds(seen: SeenProject, number: str) -> ProjectWithRounds:
    shown = project_view(seen.project, number)
    return ProjectWithRounds(**shown.model_dump(), rounds=[round_view(each) for each in seen.rounds])


def round_view(round: Round) -> ProjectRoundView:
    return ProjectRoundView(
        id=round.id or 0,
        kind=round.kind.value,
        n=round.n,
        due_on=round.due_on,
        state=round.state.value,
        owner=round.owner,
        visit_id=round.visit_id,
        record=dict(round.record),
        done_at=round.done_at,
        done_by=round.done_by,
    )
