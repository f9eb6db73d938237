"""What was measured of calls: of one, and as figures."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.rights.acts import Act
from hotline.services.examination.figures import QualityFigures, quality_figures
from hotline.services.examination.quality_view import CallQualityView, call_quality
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import CallPath, Moment, OfOperator

_QUALITY = Tag(name="quality", description="Calls measured against the rules of speech (C1-C8, A8, A13)")


class FiguresQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    since: Moment = Field(description="of the calls' begin")
    until: Moment = Field(description="at most 366 days later")
    extension: OfOperator = Field("", description="empty: all operators")
    queue: str = Field(
        "", pattern=r"^([a-z][a-z0-9_-]{0,31})?$", description="in which the caller waited last; empty: all"
    )


def register(api: APIBlueprint) -> None:
    api.get("/calls/<int:call_id>/quality", tags=[_QUALITY], **stated(CallQualityView, 404))(quality_of_call)
    api.get("/quality/figures", tags=[_QUALITY], **stated(QualityFigures))(read_figures)


@may_api(Act.READ_FINDINGS)
def quality_of_call(path: CallPath) -> Response:
    """What was measured of a call: findings, transcripts and the automatic score."""
    context = web()
    return answer(call_quality(context.storage, context.settings, path.call_id, actor(), context.now()))


@may_api(Act.READ_FIGURES)
def read_figures(query: FiguresQuery) -> Response:
    """Scores by operator, item and week, and the rules most broken, each with the calls behind it."""
    context = web()
    return answer(
        quality_figures(
            context.storage,
            context.settings,
            query.since,
            query.until,
            query.extension,
            actor(),
            context.now(),
            query.queue,
        )
    )
