"""Hand-overs, for other systems (F6)."""

from __future__ import annotations

from datetime import datetime

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.rights.acts import Act
from hotline.services.handover.seeing import see_all
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import Moment

_TAG = Tag(name="handover", description="Shifts handed over (F6)")


class HandoverTime(BaseModel):
    model_config = ConfigDict(extra="forbid")

    since: Moment
    until: Moment = Field(description="before this time; at most a year later")


class HandedMatterView(BaseModel):
    kind: str
    matter_id: int
    title: str
    due_at: datetime | None
    passes: bool = Field(description="it is the next one's once they accept")


class HandoverView(BaseModel):
    id: int
    person: str
    written_at: datetime
    shift_ends_at: datetime | None
    words: str
    matters: list[HandedMatterView]
    accepted_by: str
    accepted_at: datetime | None
    answer: str


class MissingHandover(BaseModel):
    person: str
    shift_ends_at: datetime


class Handovers(BaseModel):
    handovers: list[HandoverView]
    missing: list[MissingHandover]


def register(api: APIBlueprint) -> None:
    api.get("/handovers", tags=[_TAG], **stated(Handovers))(handovers)


@may_api(Act.SEE_HANDOVERS)
def handovers(query: HandoverTime) -> Response:
    """Those written in this time, the latest first, and the shifts that ended without one."""
    seen = see_all(web().storage, actor(), query.since, query.until, web().now())
    matter = HandedMatterView.model_fields
    views = [
        HandoverView(
            id=each.id or 0,
            person=seen.names[each.person_id],
            written_at=each.written_at,
            shift_ends_at=each.shift_ends_at,
            words=each.words,
            matters=[HandedMatterView(**{name: getattr(one, name) for name in matter}) for one in each.matters],
            accepted_by=seen.names.get(each.accepted_by_id or 0, ""),
            accepted_at=each.accepted_at,
            answer=each.answer,
        )
        for each in seen.handovers
    ]
    missing = [MissingHandover(person=each.person, shift_ends_at=each.ends_at) for each in seen.missing]
    return answer(Handovers(handovers=views, missing=missing))
