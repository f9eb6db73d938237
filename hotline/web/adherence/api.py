"""Adherence, for other systems (F6)."""

from __future__ import annotations

from datetime import datetime

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.adherence.adherence import Missed, StartDecision
from hotline.domain.rights.acts import Act
from hotline.services.adherence.adherence import see_adherence
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import Moment

_TAG = Tag(name="adherence", description="What became of planned time (F6)")


class AdherenceTime(BaseModel):
    model_config = ConfigDict(extra="forbid")

    since: Moment
    until: Moment = Field(description="before this time; at most a quarter later")


class AdherenceOfPerson(BaseModel):
    """Seconds within the shifts at the desk, as far as they have passed."""

    person_id: int
    person: str
    planned_seconds: float
    working_seconds: float = Field(description="ready, in calls, in the wrap-up")
    paused_seconds: float
    away_seconds: float
    percent: float | None
    late: int
    empty: int
    not_accepted: int


class MissedStartView(BaseModel):
    id: int
    person: str
    starts_at: datetime
    ends_at: datetime
    kind: Missed
    came_at: datetime | None
    explanation: str
    decision: StartDecision
    decided_by: str


class AdherenceView(BaseModel):
    people: list[AdherenceOfPerson]
    missed: list[MissedStartView]


def register(api: APIBlueprint) -> None:
    api.get("/adherence", tags=[_TAG], **stated(AdherenceView))(adherence_of_people)


@may_api(Act.SEE_ADHERENCE)
def adherence_of_people(query: AdherenceTime) -> Response:
    """By person, and who was not there when their shift began; as far as whoever asks may see."""
    context = web()
    seen = see_adherence(context.storage, context.settings, actor(), query.since, query.until, context.now())
    people = [
        AdherenceOfPerson(
            person_id=each.person_id,
            person=each.name,
            planned_seconds=each.adherence.planned,
            working_seconds=each.adherence.working,
            paused_seconds=each.adherence.paused,
            away_seconds=each.adherence.away,
            percent=each.adherence.percent,
            late=each.late,
            empty=each.empty,
            not_accepted=each.not_accepted,
        )
        for each in seen.rows
    ]
    names = [name for name in MissedStartView.model_fields if name != "person"]
    missed = [
        MissedStartView(**{name: getattr(each.missed, name) for name in names}, person=each.name)
        for each in seen.missed
    ]
    return answer(AdherenceView(people=people, missed=missed))
