"""Campaigns for other systems: made, settled, started and stopped, with progress and results."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.campaigns.campaign import MAX_NAME, MAX_WORDS, Basis, Campaign, CampaignKind, MemberState
from hotline.domain.rights.acts import Act
from hotline.services.campaigns import campaigns, drawing, view
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import MAX_INTEGER, MAX_LIMIT, Day

_TAG = Tag(name="campaigns", description="Many customers asked for one purpose (E9)")


class CampaignPath(BaseModel):
    campaign_id: int = Field(ge=1, le=MAX_INTEGER)


class CampaignQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class NewCampaignBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: CampaignKind
    name: str = Field(min_length=1, max_length=MAX_NAME)
    purpose: str = Field(min_length=1, max_length=MAX_NAME, description="what those who are asked are told of why")
    basis: Basis = Field(description="PIPL 13: why they may be asked")
    basis_words: str = Field("", max_length=MAX_WORDS)
    words: str = Field("", max_length=MAX_WORDS, description="what to say and ask besides")
    questionnaire: str = Field("", max_length=64, description="code of what is asked; empty: the visit's own questions")
    level: str = Field("", max_length=32, description="of the customers; empty: all")
    begins_on: Day
    ends_on: Day
    wanted: int = Field(0, ge=0, le=MAX_INTEGER, description="how many are drawn; 0: all")
    a_day: int = Field(0, ge=0, le=MAX_INTEGER, description="most visits a day; 0: evenly until the end")


class CampaignDrawBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    seed: str = Field("", max_length=64, description="empty: one is made")


class ApiCampaign(BaseModel):
    id: int
    kind: CampaignKind
    state: Literal["draft", "ready", "running", "paused", "stopped", "done"]
    name: str
    purpose: str
    questionnaire: str
    basis: Basis
    begins_on: date
    ends_on: date
    wanted: int
    seed: str
    candidates: int = Field(description="how many were fit to be asked")
    started_at: datetime | None
    ended_at: datetime | None


class CampaignProgress(ApiCampaign):
    people: dict[str, int] = Field(description="how many of each state: chosen, planned, not_drawn, left_out")
    left_out: dict[str, int] = Field(description="how many for each reason")
    visits_planned: int
    visits_open: int
    endings: dict[str, int]
    results: dict[str, int] = Field(description="by answer: satisfied, so_so, not_satisfied")


class ApiCampaignList(BaseModel):
    """The newest first."""

    campaigns: list[ApiCampaign]
    total: int


def register(api: APIBlueprint) -> None:
    one = "/campaigns/<int:campaign_id>"
    api.get("/campaigns", tags=[_TAG], **stated(ApiCampaignList))(campaigns_listed)
    api.post("/campaigns", tags=[_TAG], **stated(ApiCampaign, status=201))(new_campaign)
    api.get(one, tags=[_TAG], **stated(CampaignProgress, 404))(read_one_campaign)
    api.post(f"{one}/draw", tags=[_TAG], **stated(ApiCampaign, 404, 409))(draw_one_campaign)
    api.post(f"{one}/start", tags=[_TAG], **stated(ApiCampaign, 404, 409))(start_one_campaign)
    api.post(f"{one}/pause", tags=[_TAG], **stated(ApiCampaign, 404, 409))(pause_one_campaign)
    api.post(f"{one}/stop", tags=[_TAG], **stated(ApiCampaign, 404, 409))(stop_one_campaign)


@may_api(Act.READ_CAMPAIGNS)
def campaigns_listed(query: CampaignQuery) -> Response:
    """All campaigns."""
    found = view.list_campaigns(web().storage, actor(), web().now(), query.limit, query.offset)
    return _answer(ApiCampaignList(campaigns=[_shown(each) for each in found.campaigns], total=found.total))


@may_api(Act.RUN_CAMPAIGNS)
def new_campaign(body: NewCampaignBody) -> Response:
    """A draft; whom it is for is settled by draw."""
    made = campaigns.add_campaign(web().storage, web().settings, Campaign(**body.model_dump()), actor(), web().now())
    return _answer(_shown(made), 201)


@may_api(Act.READ_CAMPAIGNS)
def read_one_campaign(path: CampaignPath) -> Response:
    """One campaign with its progress and results."""
    seen = view.see_campaign(web().storage, path.campaign_id, actor(), web().now())
    return _answer(
        CampaignProgress(
            **_shown(seen.campaign).model_dump(),
            people={each.value: seen.count(each) for each in MemberState},
            left_out={each.value: n for each, n in seen.left_out.items()},
            visits_planned=seen.results.planned,
            visits_open=seen.results.open,
            endings={each.value: n for each, n in seen.results.endings.items()},
            results={each.value: n for each, n in seen.results.results.items()},
        )
    )


@may_api(Act.RUN_CAMPAIGNS)
def draw_one_campaign(path: CampaignPath, body: CampaignDrawBody) -> Response:
    """Settle whom it is for."""
    drawn = drawing.draw_campaign(web().storage, web().settings, path.campaign_id, actor(), web().now(), body.seed)
    return _answer(_shown(drawn))


@may_api(Act.RUN_CAMPAIGNS)
def start_one_campaign(path: CampaignPath) -> Response:
    """From now on its visits are planned."""
    return _answer(_shown(campaigns.start_campaign(web().storage, path.campaign_id, actor(), web().now())))


@may_api(Act.RUN_CAMPAIGNS)
def pause_one_campaign(path: CampaignPath) -> Response:
    """Nothing more is planned until it is started again."""
    return _answer(_shown(campaigns.pause_campaign(web().storage, path.campaign_id, actor(), web().now())))


@may_api(Act.RUN_CAMPAIGNS)
def stop_one_campaign(path: CampaignPath) -> Response:
    """For good; what is not made yet is not owed any more."""
    context = web()
    stopped = campaigns.stop_campaign(context.storage, context.settings, path.campaign_id, actor(), context.now())
    return _answer(_shown(stopped))


def _shown(campaign: Campaign) -> ApiCampaign:
    same = ("kind", "name", "purpose", "questionnaire", "basis", "begins_on", "ends_on", "wanted", "seed", "candidates")
    return ApiCampaign(
        id=campaign.id or 0,
        state=campaign.state.value,
        started_at=campaign.started_at,
        ended_at=campaign.ended_at,
        **{name: getattr(campaign, name) for name in same},
    )


def _answer(told: BaseModel, status: int = 200) -> Response:
    return Response(told.model_dump_json(), status, mimetype="application/json")
