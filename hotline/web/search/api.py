"""Calls by what was said in them and written about them."""

from __future__ import annotations

from typing import Annotated

from flask import Response, jsonify
from flask_openapi3 import APIBlueprint, Tag
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from hotline.domain.rights.acts import Act
from hotline.domain.search.search import LONGEST_QUERY
from hotline.services.search import search
from hotline.services.search.view import FoundView, found_view
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import Moment

_SEARCH = Tag(name="search", description="Calls by what was said in them and written about them")


def _one_of_the_kinds(where: str) -> str:
    if where not in search.kinds():
        raise ValueError(f"one of {', '.join(search.kinds())} was expected")
    return where


class SearchQuery(BaseModel):
    """What is looked for. All words of `q` must stand in the same transcript (of one side) or record; nothing in it
    has a meaning of its own, quotation marks and stars neither."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(min_length=1, max_length=LONGEST_QUERY, description="words, divided by blanks")
    since: Moment | None = Field(None, description="of calls that began then or later; without a zone: Asia/Shanghai")
    until: Moment | None = Field(None, description="of calls that began before then")
    where: Annotated[str, AfterValidator(_one_of_the_kinds)] = Field(
        search.ALL,
        description="only in texts of this kind: transcripts, log forms…",
        json_schema_extra=lambda schema: schema.update(enum=list(search.kinds())),
    )
    operator: str = Field(
        "",
        max_length=32,
        pattern=r"^[A-Za-z0-9+*]*$",
        description="extension of whose calls; operators find in their own only",
    )
    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0, le=search.MAX_OFFSET)


class FoundList(BaseModel):
    """The newest call first."""

    limit: int
    offset: int
    more: bool = Field(description="there are others after these")
    found: list[FoundView]


def register(api: APIBlueprint) -> None:
    api.get("/search", tags=[_SEARCH], **stated(FoundList))(find)


@may_api(Act.SEARCH)
def find(query: SearchQuery) -> Response:
    """Transcripts and records in which the words stand, with the place, and for what was said the second."""
    context = web()
    asked = search.Question(query.q, query.since, query.until, query.where, query.operator)
    page = search.search(context.storage, asked, actor(), query.limit, context.now(), query.offset)
    found = [found_view(each).model_dump(mode="json") for each in page.found]
    return jsonify(limit=query.limit, offset=query.offset, more=page.more, found=found)
