"""Script cards: ready words beside the form (C9–C11)."""

from __future__ import annotations

from typing import Annotated, Literal

from flask import Response, jsonify
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.cards.card import Stage, fill
from hotline.domain.rights.acts import Act
from hotline.services.cards.cards import card_values
from hotline.web.cards.context import card_box
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web

_CARDS = Tag(name="cards", description="Ready words by stage and by special case (C9–C11, F9)")

CASE = r"^([a-z][a-z0-9-]{0,31})?$"
ID = r"^[a-z][a-z0-9-]{0,47}$"
#: What a person writes into a search is never longer.
_LONGEST = 64

Line = Annotated[str, Field(max_length=60)]
Words = Annotated[str, Field(max_length=2000)]
Hint = Annotated[str, Field(max_length=1000)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CardQuery(_Body):
    q: str = Field("", max_length=_LONGEST, description="Chinese or English words, pinyin, or its initials")
    stage: Stage | None = None
    case: str = Field("", pattern=CASE)
    name: str = Field("", max_length=_LONGEST, description="put in the place of {name}")
    minutes: str = Field("", max_length=10, description="put in the place of {minutes}")


class CardPath(BaseModel):
    card_id: str = Field(pattern=ID)


class CardFields(_Body):
    """`{company}`, `{name}` and `{minutes}` may stand in words and hints."""

    stage: Stage
    title: str = Field(min_length=1, max_length=60)
    title_en: Line = ""
    words: str = Field(min_length=1, max_length=2000)
    words_en: Words = ""
    case: str = Field("", pattern=CASE)
    hint: Hint = ""
    hint_en: Hint = ""
    keywords: list[Annotated[str, Field(min_length=1, max_length=20)]] = Field([], max_length=30)
    rule: str = Field("", pattern=r"^([A-G][0-9]{1,2})?$")
    callback: Literal["", "one_way", "long_call", "promised"] = Field(
        "", description="it promises to call back: the console has a button that opens a callback for this reason"
    )


class NewCard(CardFields):
    id: str = Field(pattern=ID)


class CardChange(CardFields):
    version: str = Field(min_length=1, max_length=64, description="of the card that was changed; an older one is 409")


class CardView(CardFields):
    id: str
    version: str
    said: str = Field(description="`words` with what is known filled in")
    said_en: str


class CardList(BaseModel):
    """Best fit first."""

    cards: list[CardView]


def register(api: APIBlueprint) -> None:
    one = "/cards/<string:card_id>"
    api.get("/cards", tags=[_CARDS], **stated(CardList))(cards_found)
    api.post("/cards", tags=[_CARDS], **stated(CardView, 409, status=201))(new_card)
    api.put(one, tags=[_CARDS], **stated(CardView, 404, 409))(change_card)
    api.delete(one, tags=[_CARDS], **stated(None, 404))(remove_card)


@may_api(Act.READ_CARDS)
def cards_found(query: CardQuery) -> Response:
    """Cards by words, stage and case."""
    found = card_box().find(query.q, query.stage or "", query.case)
    return jsonify(cards=[_view(card_values(card), query.name, query.minutes) for card in found])


@may_api(Act.EDIT_CARDS)
def new_card(body: NewCard) -> tuple[Response, int]:
    """A card of the site's own."""
    context = web()
    card = card_box().add(context.storage, body.model_dump(), actor(), context.now())
    return jsonify(_view(card_values(card))), 201


@may_api(Act.EDIT_CARDS)
def change_card(path: CardPath, body: CardChange) -> Response:
    """Change a card; a default one then is the site's own."""
    context = web()
    values = body.model_dump(exclude={"version"})
    card = card_box().change(context.storage, path.card_id, body.version, values, actor(), context.now())
    return jsonify(_view(card_values(card)))


@may_api(Act.EDIT_CARDS)
def remove_card(path: CardPath) -> tuple[str, int]:
    """Take a card out."""
    context = web()
    card_box().remove(context.storage, path.card_id, actor(), context.now())
    return "", 204


def _view(values: dict[str, object], name: str = "", minutes: str = "") -> dict[str, object]:
    known = {"company": web().settings.site.company, "name": name, "minutes": minutes}
    return {**values, "said": fill(str(values["words"]), **known), "said_en": fill(str(values["words_en"]), **known)}
