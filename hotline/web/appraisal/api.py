"""The month's scores, for other systems (F3)."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.appraisal.month import SignedMonth
from hotline.domain.appraisal.objection import Objection
from hotline.domain.rights.acts import Act
from hotline.services.appraisal import months, objections
from hotline.services.appraisal.cards import first_of
from hotline.services.appraisal.seeing import see_card, see_month, see_rows
from hotline.services.appraisal.seen import SeenCard, SeenTeam
from hotline.web.appraisal import schemas
from hotline.web.appraisal.labels import words_said
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web

_TAG = Tag(name="appraisal", description="The monthly scores of persons and teams (F3)")


def register(api: APIBlueprint) -> None:
    month, team = "/appraisal/<string:month>", "/appraisal/<string:month>/teams/<int:team_id>"
    card = "/appraisal/<string:month>/people/<int:person_id>"
    api.get(month, tags=[_TAG], **stated(schemas.MonthView, 404))(appraisal_month)
    api.get(card, tags=[_TAG], **stated(schemas.ScoreCardView, 404))(appraisal_card)
    api.get(f"{card}/<string:item>", tags=[_TAG], **stated(schemas.RowList, 404))(appraisal_rows)
    api.post(f"{team}/sign", tags=[_TAG], **stated(schemas.SignedView, 404, 409))(sign_appraisal)
    api.post(f"{team}/close", tags=[_TAG], **stated(schemas.SignedView, 404, 409))(close_appraisal)
    api.post(f"{team}/reopen", tags=[_TAG], **stated(schemas.SignedView, 404, 409))(reopen_appraisal)
    api.post(f"{month}/objections", tags=[_TAG], **stated(schemas.ObjectionView, 409))(object_to_appraisal)
    one = "/appraisal/objections/<int:objection_id>/decision"
    api.post(one, tags=[_TAG], **stated(schemas.ObjectionView, 404, 409))(decide_objection)


@may_api(Act.SEE_APPRAISAL)
def appraisal_month(path: schemas.MonthPath) -> Response:
    """By team and person, as far as whoever asks may see."""
    context = web()
    seen = see_month(context.storage, context.settings, first_of(path.month), actor(), context.now())
    teams = [_team(each) for each in seen.teams]
    scheme = seen.scheme
    return answer(schemas.MonthView(month=path.month, scheme=scheme.code, scheme_version=scheme.version, teams=teams))


@may_api(Act.SEE_APPRAISAL)
def appraisal_card(path: schemas.CardPath) -> Response:
    """One person's items, with what they are made of."""
    context = web()
    return answer(
        _card(
            path.month,
            see_card(context.storage, context.settings, first_of(path.month), path.person_id, actor(), context.now()),
        )
    )


@may_api(Act.SEE_APPRAISAL)
def appraisal_rows(path: schemas.ItemPath, query: schemas.RowsQuery) -> Response:
    """What one figure is made of, the newest first; of rules, what broke them."""
    context, first = web(), first_of(path.month)
    seen = see_rows(
        context.storage,
        context.settings,
        first,
        path.person_id,
        path.item,
        actor(),
        context.now(),
        query.limit,
        query.offset,
    )
    rows = [
        schemas.RowView(
            kind=each.kind, id=each.id, at=each.at, total=each.material.total, of=each.material.of, rule=each.rule
        )
        for each in seen.rows
    ]
    return answer(schemas.RowList(rows=rows, more=seen.more))


@may_api(Act.SIGN_APPRAISAL)
def sign_appraisal(path: schemas.TeamPath) -> Response:
    """By a person with the role of an examiner who has nothing to do with the month (F5)."""
    context, first = web(), first_of(path.month)
    return answer(_signed(months.sign(context.storage, context.settings, first, path.team_id, actor(), context.now())))


@may_api(Act.CLOSE_APPRAISAL)
def close_appraisal(path: schemas.TeamPath) -> Response:
    """After the signature; everybody in it is told."""
    context, first = web(), first_of(path.month)
    return answer(_signed(months.close(context.storage, context.settings, first, path.team_id, actor(), context.now())))


@may_api(Act.REOPEN_APPRAISAL)
def reopen_appraisal(path: schemas.TeamPath, body: schemas.ReopenBody) -> Response:
    """By an administrator, with a reason; what was signed stays beside it (F5)."""
    context, first = web(), first_of(path.month)
    return answer(_signed(months.reopen(context.storage, first, path.team_id, body.reason, actor(), context.now())))


@may_api(Act.OBJECT_TO_APPRAISAL)
def object_to_appraisal(path: schemas.MonthPath, body: schemas.ObjectBody) -> Response:
    """To a figure of one's own."""
    context, first = web(), first_of(path.month)
    return answer(
        _objection(
            objections.object_to(
                context.storage, context.settings, first, body.item, body.reason, actor(), context.now()
            )
        )
    )


@may_api(Act.DECIDE_OBJECTION)
def decide_objection(path: schemas.ObjectionPath, body: schemas.ObjectionDecisionBody) -> Response:
    """By an examiner, with a word to whoever objected (F3)."""
    context = web()
    return answer(
        _objection(
            objections.decide(
                context.storage, context.settings, path.objection_id, body.decision, body.note, actor(), context.now()
            )
        )
    )


def _team(team: SeenTeam) -> schemas.ScoreOfTeam:
    people = [
        schemas.ScoreOfPerson(
            person_id=each.person_id, person=each.name, score=each.score, band=each.band, falsified=each.falsified
        )
        for each in team.people
    ]
    return schemas.ScoreOfTeam(
        team_id=team.team_id,
        team=team.name,
        state=team.state,
        version=team.signed.version if team.signed else None,
        sha256=team.signed.sha256 if team.signed else None,
        differs=team.differs if team.whole else 0,
        score=team.score,
        place=team.standing.place or None,
        consequences=[schemas.ConsequenceView(follows=each.follows, yuan=each.yuan) for each in team.consequences],
        people=people,
    )


def _card(month: str, seen: SeenCard) -> schemas.ScoreCardView:
    signed = seen.signed or {}
    items = [
        schemas.ItemView(
            item=each.item.id,
            name=words_said(each.item.words),
            rule=each.item.rule,
            weight=each.item.weight,
            total=each.material.total,
            of=each.material.of,
            value=each.value,
            points=each.points,
            struck=each.struck,
            signed=signed.get(each.item.id),
        )
        for each in seen.card.items
    ]
    return schemas.ScoreCardView(
        month=month,
        person_id=seen.person_id,
        person=seen.name,
        team_id=seen.team_id,
        state=seen.state,
        score=seen.card.score,
        signed_score=signed.get(""),
        weight=seen.card.weight,
        falsified=seen.card.falsified,
        items=items,
        objections=[_objection(each) for each in seen.objections],
    )


def _signed(signed: SignedMonth) -> schemas.SignedView:
    return schemas.SignedView(**{name: getattr(signed, name) for name in schemas.SignedView.model_fields})


def _objection(made: Objection) -> schemas.ObjectionView:
    return schemas.ObjectionView(**{name: getattr(made, name) for name in schemas.ObjectionView.model_fields})
