"""Questionnaires for other systems: what may be asked, answers, and what they come to (001-3 10.1.2)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.rights.acts import Act
from hotline.domain.satisfaction.questionnaire import MOST_WORDS, Item, Questionnaire, Reply, ReplyWay
from hotline.services.satisfaction.typing_in import TypedIn, see_questionnaires, see_results, type_in
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.i18n import language
from hotline.web.kit.schemas import MAX_INTEGER, Moment

_TAG = Tag(name="questionnaires", description="Several questions at once: installation, training, after-sales (E9)")


class QuestionnairePath(BaseModel):
    code: str = Field(min_length=1, max_length=64)


class QuestionnaireItem(BaseModel):
    id: str
    words: str
    kind: Literal["scale", "choice", "yes_no", "text"]
    required: bool
    answers: list[str] = Field(description="that there are; empty for words")


class QuestionnaireView(BaseModel):
    code: str
    version: int
    words: str
    items: list[QuestionnaireItem]


class QuestionnaireList(BaseModel):
    """By code."""

    questionnaires: list[QuestionnaireView]


class ReplyBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: int = Field(0, ge=0, le=MAX_INTEGER, description="that was asked; 0: the one in force")
    way: Literal["phone", "paper"] = "phone"
    answers: dict[str, str] = Field(max_length=200, description=f"by item; words of at most {MOST_WORDS} characters")
    call_id: int | None = Field(None, ge=1, le=MAX_INTEGER, description="of the call in which it was asked")
    number: str = Field("", max_length=80, description="whose answers, where there is no call")


class ReplyView(BaseModel):
    id: int
    code: str
    version: int
    way: ReplyWay
    at: datetime
    score: float | None = Field(description="mean of the scales")


class ResultsQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    since: Moment
    until: Moment = Field(description="not included")


class ItemResultView(BaseModel):
    id: str
    answered: int
    mean: float | None
    counts: dict[str, int]


class QuestionnaireResults(BaseModel):
    code: str
    replies: int
    mean: float | None
    items: list[ItemResultView]


def register(api: APIBlueprint) -> None:
    api.get("/questionnaires", tags=[_TAG], **stated(QuestionnaireList))(list_questionnaires)
    api.post("/questionnaires/<string:code>/replies", tags=[_TAG], **stated(ReplyView, 404, status=201))(add_reply)
    api.get("/questionnaires/<string:code>/results", tags=[_TAG], **stated(QuestionnaireResults, 404))(results_of_one)


@may_api(Act.FILL_QUESTIONNAIRE)
def list_questionnaires() -> Response:
    """Those that may be asked, in the language of whoever asks."""
    found = see_questionnaires(web().storage, actor(), web().now())
    return _answer(QuestionnaireList(questionnaires=[_questionnaire(each) for each in found]))


@may_api(Act.FILL_QUESTIONNAIRE)
def add_reply(path: QuestionnairePath, body: ReplyBody) -> Response:
    """What somebody answered."""
    typed = TypedIn(path.code, body.version, ReplyWay(body.way), body.answers, body.call_id, body.number)
    return _answer(_reply(type_in(web().storage, web().settings, typed, actor(), web().now())), 201)


@may_api(Act.SEE_QUESTIONNAIRES)
def results_of_one(path: QuestionnairePath, query: ResultsQuery) -> Response:
    """What the answers of a time come to."""
    seen = see_results(web().storage, path.code, query.since, query.until, actor(), web().now())
    items = [
        ItemResultView(id=each.item.id, answered=each.answered, mean=each.mean, counts=dict(each.counts))
        for each in seen.items
    ]
    return _answer(QuestionnaireResults(code=path.code, replies=len(seen.replies), mean=seen.mean, items=items))


def _questionnaire(of: Questionnaire) -> QuestionnaireView:
    return QuestionnaireView(
        code=of.code, version=of.version, words=of.words.said(language()), items=[_item(each) for each in of.items]
    )


def _item(of: Item) -> QuestionnaireItem:
    return QuestionnaireItem(
        id=of.id, words=of.words.said(language()), kind=of.kind.value, required=of.required, answers=list(of.answers)
    )


def _reply(of: Reply) -> ReplyView:
    return ReplyView(id=of.id or 0, code=of.code, version=of.version, way=of.way, at=of.at, score=of.score)


def _answer(model: BaseModel, status: int = 200) -> Response:
    return Response(model.model_dump_json(), status, mimetype="application/json")
