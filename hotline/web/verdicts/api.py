"""Verdicts and contests, for other systems."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.rights.acts import Act
from hotline.domain.verdicts.contest import Contest, ContestDecision
from hotline.domain.verdicts.tally import Window
from hotline.domain.verdicts.verdict import Judgement
from hotline.services.verdicts.contests import contest, decide, find_contests
from hotline.services.verdicts.seeing import SeenVerdict, see_tallies, see_verdict, see_verdicts
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.verdicts.schemas import (
    VerdictContestBody,
    VerdictContestList,
    VerdictContestPath,
    VerdictContestQuery,
    VerdictContestView,
    VerdictDecisionBody,
    VerdictList,
    VerdictPath,
    VerdictQuery,
    VerdictTallies,
    VerdictTallyQuery,
    VerdictTallyView,
    VerdictView,
    VerdictWindow,
)

_TAG = Tag(name="verdicts", description="Whether each rule was kept, subject by subject")


def register(api: APIBlueprint) -> None:
    tags = [_TAG]
    api.get("/verdicts", tags=tags, **stated(VerdictList, 404))(list_verdicts)
    api.get("/verdicts/tallies", tags=tags, **stated(VerdictTallies))(count_verdicts)
    api.get("/verdicts/<int:verdict_id>", tags=tags, **stated(VerdictView, 404))(one_verdict)
    api.post("/verdicts/<int:verdict_id>/contest", tags=tags, **stated(VerdictContestView, 404, 409, status=201))(
        contest_verdict
    )
    api.get("/verdicts/contests", tags=tags, **stated(VerdictContestList))(list_contests)
    api.post("/verdicts/contests/<int:contest_id>/decide", tags=tags, **stated(VerdictContestView, 404, 409))(
        decide_contest
    )


@may_api(Act.SEE_VERDICTS)
def list_verdicts(query: VerdictQuery) -> Response:
    """Of one rule, those that broke it, are an exception, or could not be judged."""
    context = web()
    judgements = [query.judgement] if query.judgement is not Judgement.KEPT else []
    found = see_verdicts(
        context.storage,
        context.settings,
        _window(query),
        query.rule,
        judgements,
        actor(),
        context.now(),
        query.limit,
        query.offset,
    )
    return answer(VerdictList(verdicts=[_view(each) for each in found.verdicts], total=found.total))


@may_api(Act.SEE_VERDICTS)
def count_verdicts(query: VerdictTallyQuery) -> Response:
    """What they add up to, by rule and by what is asked for."""
    context = web()
    found = see_tallies(context.storage, _window(query), query.by, actor(), context.now())
    names = ("rule", "key", "kept", "broken", "not_applicable", "not_judged", "kept_percent")
    views = [VerdictTallyView(**{name: getattr(each, name) for name in names}) for each in found]
    return answer(VerdictTallies(tallies=views))


@may_api(Act.SEE_VERDICTS)
def one_verdict(path: VerdictPath) -> Response:
    """With what was objected to it."""
    context = web()
    return answer(_view(see_verdict(context.storage, context.settings, path.verdict_id, actor(), context.now())))


@may_api(Act.CONTEST_VERDICT)
def contest_verdict(path: VerdictPath, body: VerdictContestBody) -> tuple[Response, int]:
    """Object to a breach of mine, once."""
    context = web()
    made = contest(context.storage, context.settings, path.verdict_id, body.reason, actor(), context.now())
    return answer(_contest(made)), 201


@may_api(Act.DECIDE_CONTEST)
def list_contests(query: VerdictContestQuery) -> Response:
    """What was objected to."""
    context = web()
    found = find_contests(context.storage, query.open, actor(), context.now(), query.limit, query.offset)
    return answer(VerdictContestList(contests=[_contest(each) for each in found.contests]))


@may_api(Act.DECIDE_CONTEST)
def decide_contest(path: VerdictContestPath, body: VerdictDecisionBody) -> Response:
    """Upheld: the rule counts as not asked of this subject."""
    context = web()
    decision = ContestDecision(body.decision)
    return answer(_contest(decide(context.storage, path.contest_id, decision, body.note, actor(), context.now())))


def _window(query: VerdictWindow) -> Window:
    return Window(query.since, query.until, query.line, query.person_id)


def _view(seen: SeenVerdict) -> VerdictView:
    stored, verdict = seen.stored, seen.stored.verdict
    own = {name: getattr(verdict, name) for name in verdict._fields if name in VerdictView.model_fields}
    return VerdictView(
        **{**own, "evidence": dict(verdict.evidence)},
        id=stored.id,
        generation=stored.generation,
        judged_at=stored.judged_at,
        person=seen.person,
        stands=seen.stands,
        contest=_contest(seen.contest) if seen.contest else None,
        contest_until=seen.contest_until,
    )


def _contest(one: Contest) -> VerdictContestView:
    return VerdictContestView(**{name: getattr(one, name) for name in VerdictContestView.model_fields})
