"""Kept filters of the lists of cases, for programs."""

from __future__ import annotations

from typing import Annotated

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, Field, StringConstraints

from hotline.domain.cases.kept_filter import LONGEST_NAME, KeptFilter
from hotline.domain.rights.acts import Act
from hotline.services.cases import kept_filters
from hotline.web.forms.api import answer
from hotline.web.forms.schemas import Body
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import MAX_INTEGER, Moment

_TAG = [Tag(name="cases", description="Complaints and whatever else needs more than the call")]

_Asked = Annotated[str, StringConstraints(max_length=100)]


class CaseFilterPath(BaseModel):
    filter_id: int = Field(ge=1, le=MAX_INTEGER)


class NewCaseFilterBody(Body):
    name: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]
    asked: dict[_Asked, _Asked] = Field(
        max_length=20, description="as the address of the list says it: which, state, kind, stage, q"
    )
    shared: bool = Field(False, description="everybody has it; for who gives cases to anybody")
    unit_id: int | None = Field(
        None, ge=1, le=MAX_INTEGER, description="the people of this team or department have it; one's own, or any"
    )


class CaseFilterView(BaseModel):
    id: int
    name: str
    asked: dict[str, str]
    shared: bool
    unit_id: int | None
    owner: str
    kept_at: Moment


class CaseFilters(BaseModel):
    """One's own, then those that are shared, each by name."""

    filters: list[CaseFilterView]


def register(api: APIBlueprint) -> None:
    api.get("/case-filters", tags=_TAG, **stated(CaseFilters))(list_filters)
    api.post("/case-filters", tags=_TAG, **stated(CaseFilterView, status=201))(keep)
    api.delete("/case-filters/<int:filter_id>", tags=_TAG, **stated(None, 404))(drop)


@may_api(Act.READ_CASES)
def list_filters() -> Response:
    """The filters of whoever asks, and those that are shared with them."""
    found = kept_filters.see_filters(web().storage, actor(), web().now()).filters
    return answer(CaseFilters(filters=[_view(each.kept) for each in found]))


@may_api(Act.KEEP_CASE_FILTERS)
def keep(body: NewCaseFilterBody) -> tuple[Response, int]:
    """Keep one by a name, in place of one's own of the same name."""
    chosen = (body.name, body.asked, body.shared)
    kept = kept_filters.keep_filter(web().storage, *chosen, actor(), web().now(), body.unit_id)
    return answer(_view(kept)), 201


@may_api(Act.KEEP_CASE_FILTERS)
def drop(path: CaseFilterPath) -> Response:
    """Take one away."""
    kept_filters.drop_filter(web().storage, path.filter_id, actor(), web().now())
    return Response(status=204)


def _view(kept: KeptFilter) -> CaseFilterView:
    return CaseFilterView(
        id=kept.id or 0,
        name=kept.name,
        asked=dict(kept.asked),
        shared=kept.shared,
        unit_id=kept.unit_id,
        owner=kept.owner,
        kept_at=kept.kept_at,
    )
