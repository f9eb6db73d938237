"""Transcription at work."""

from __future__ import annotations

from flask import Response, jsonify
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, Field

from hotline.domain.recordings.transcript import TranscriptState
from hotline.domain.rights.acts import Act
from hotline.services.recordings.transcription import look_at_progress, try_again
from hotline.services.recordings.transcription_view import ProgressView, progress_view
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.said import said
from hotline.web.kit.schemas import MAX_INTEGER

_SPEECH = Tag(name="transcription", description="Recordings on their way to text")


class TranscriptPath(BaseModel):
    transcript_id: int = Field(ge=1, le=MAX_INTEGER, description="`id` of a transcript that was given up")


class WantedAgain(BaseModel):
    id: int
    state: TranscriptState


def register(api: APIBlueprint) -> None:
    api.get("/transcription", tags=[_SPEECH], **stated(ProgressView))(at_work)
    api.post("/transcription/<int:transcript_id>/again", tags=[_SPEECH], **stated(WantedAgain, 404, 409))(again)


@may_api(Act.SEE_TO_TRANSCRIPTION)
def at_work() -> Response:
    """What waits, what is done, what was given up."""
    context = web()
    found = look_at_progress(context.storage, context.settings, actor(), context.now(), noted=False)
    return jsonify(progress_view(found, said).model_dump(mode="json"))


@may_api(Act.SEE_TO_TRANSCRIPTION)
def again(path: TranscriptPath) -> Response:
    """Try one that was given up once more; it goes before the usual ones."""
    wanted = try_again(web().storage, path.transcript_id, actor(), web().now())
    return jsonify(id=wanted.id, state=wanted.state)
