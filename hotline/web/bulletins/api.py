"""The notice board, for other systems."""

from __future__ import annotations

from datetime import datetime

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.rights.acts import Act
from hotline.services.bulletins import bulletins
from hotline.services.bulletins.seeing import ShownBulletin, see_board
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import MAX_INTEGER

_TAG = Tag(name="bulletins", description="The notice board (F11)")


class BulletinPath(BaseModel):
    bulletin_id: int = Field(ge=1, le=MAX_INTEGER)


class BoardQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class BulletinView(BaseModel):
    id: int
    title: str
    text: str
    posted_by: str
    posted_at: datetime
    read_by_at: datetime | None = Field(description="to be read before this")
    before_ready: bool = Field(description="nobody whom it is for is ready before they have read it")
    withdrawn: bool
    for_me: bool
    read_at: datetime | None = Field(description="when whoever asks read it")
    readers: int | None = Field(description="how many it is for; null: not told to whoever asks")
    read_by: int | None = Field(description="how many of them have read it")


class Board(BaseModel):
    bulletins: list[BulletinView]


def register(api: APIBlueprint) -> None:
    api.get("/bulletins", tags=[_TAG], **stated(Board))(board)
    api.post("/bulletins/<int:bulletin_id>/read", tags=[_TAG], **stated(None, 404))(bulletin_read)


@may_api(Act.READ_BULLETINS)
def board(query: BoardQuery) -> Response:
    """What hangs there for whoever asks, the latest first."""
    found = see_board(web().storage, actor(), web().now(), query.limit, query.offset)
    return answer(Board(bulletins=[_view(each) for each in found]))


@may_api(Act.READ_BULLETINS)
def bulletin_read(path: BulletinPath) -> tuple[str, int]:
    """Whoever asks has read it."""
    bulletins.acknowledge(web().storage, path.bulletin_id, actor(), web().now())
    return "", 204


def _view(shown: ShownBulletin) -> BulletinView:
    own = {"withdrawn", "for_me", "read_at", "readers", "read_by"}
    values = {name: getattr(shown.bulletin, name) for name in BulletinView.model_fields if name not in own}
    return BulletinView(
        **values,
        withdrawn=shown.bulletin.withdrawn,
        for_me=shown.for_me,
        read_at=shown.read_at,
        readers=shown.readers,
        read_by=shown.read_by,
    )
