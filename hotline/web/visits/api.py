"""Visits for other systems: listed, planned, given, made."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.rights.acts import Act
from hotline.domain.visits.listing import VisitFilter, VisitTab
from hotline.domain.visits.record import VisitRecord
from hotline.domain.visits.visit import Ending
from hotline.services.cases.view import CaseView, case_view
from hotline.services.visits import doing, trying
from hotline.services.visits.cases_opened import open_case_of
from hotline.services.visits.listing import see_visits
from hotline.services.visits.seeing import see_visit
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.shown import sees_whole_numbers
from hotline.web.visits.schemas import (
    AgreeVisitBody,
    DropVisitBody,
    EndVisitBody,
    GiveVisitBody,
    NewVisitBody,
    RecordVisitBody,
    VisitCaseBody,
    VisitList,
    VisitPath,
    VisitQuery,
    VisitSeen,
    VisitTryBody,
    WayBody,
    visit_seen,
)

_TAG = [Tag(name="visits", description="Return visits (E1-E11)")]


def register(api: APIBlueprint) -> None:
    one = "/visits/<int:visit_id>"
    api.get("/visits", tags=_TAG, **stated(VisitList))(list_visits)
    api.post("/visits", tags=_TAG, **stated(VisitSeen, status=201))(plan_visit)
    api.get(one, tags=_TAG, **stated(VisitSeen, 404))(read_visit)
    for name, view in _CHANGES.items():
        api.post(f"{one}/{name}", tags=_TAG, **stated(VisitSeen, 404, 409))(view)
    api.post(f"{one}/case", tags=_TAG, **stated(CaseView, 404, 409, status=201))(open_case_of_visit)


@may_api(Act.SEE_VISITS)
def list_visits(query: VisitQuery) -> Response:
    """Visits that whoever asks may see: what is due first stands first; of those that are done the last."""
    wanted = VisitFilter(**query.model_dump(exclude={"limit", "after"}))
    seen = see_visits(web().storage, web().settings, wanted, actor(), web().now(), query.after, query.limit)
    tabs = (VisitTab.MINE, VisitTab.TODAY, VisitTab.OVERDUE, VisitTab.UNASSIGNED)
    counts = {tab.value: seen.counts[tab] for tab in tabs}
    return answer(VisitList(visits=list(seen.visits), after=seen.after, **counts))


@may_api(Act.PLAN_VISIT)
def plan_visit(body: NewVisitBody) -> tuple[Response, int]:
    """By hand; who makes it is found within a minute."""
    context = web()
    planned = doing.plan_visit(
        context.storage, context.settings, body.number, body.purpose, body.way, body.due_by, actor(), context.now()
    )
    return _shown(planned.id or 0), 201


@may_api(Act.SEE_VISITS)
def read_visit(path: VisitPath) -> Response:
    """One visit, with what it asks."""
    return _shown(path.visit_id)


@may_api(Act.TAKE_VISIT)
def take_visit(path: VisitPath) -> Response:
    """You make it; never what you had to do with (E5)."""
    doing.take_visit(web().storage, web().settings, path.visit_id, actor(), web().now())
    return _shown(path.visit_id)


@may_api(Act.ASSIGN_VISIT)
def give_visit(path: VisitPath, body: GiveVisitBody) -> Response:
    """This person makes it; never who had to do with it (E5)."""
    doing.give_visit(web().storage, web().settings, path.visit_id, body.username, actor(), web().now())
    return _shown(path.visit_id)


@may_api(Act.MAKE_VISIT)
def agree_visit_time(path: VisitPath, body: AgreeVisitBody) -> Response:
    """The customer named a convenient time (E7)."""
    doing.agree_time(web().storage, web().settings, path.visit_id, body.at, actor(), web().now())
    return _shown(path.visit_id)


@may_api(Act.MAKE_VISIT)
def change_visit_way(path: VisitPath, body: WayBody) -> Response:
    """The customer wants to be asked by another way (E3)."""
    doing.change_way(web().storage, web().settings, path.visit_id, body.way, actor(), web().now())
    return _shown(path.visit_id)


@may_api(Act.MAKE_VISIT)
def try_visit(path: VisitPath, body: VisitTryBody) -> Response:
    """They were tried and not reached: the next try is set."""
    outcome = DialOutcome(body.outcome)
    trying.note_try(
        web().storage, web().settings, path.visit_id, outcome, body.again_at, body.note, actor(), web().now()
    )
    return _shown(path.visit_id)


@may_api(Act.MAKE_VISIT)
def record_visit(path: VisitPath, body: RecordVisitBody) -> Response:
    """It was made: the record of E1. Its case goes on by it."""
    call = (body.node, body.linkedid) if body.linkedid else None
    record = VisitRecord(body.answers, body.content, body.problems, body.way, call)
    doing.record_visit(web().storage, web().settings, path.visit_id, record, actor(), web().now(), body.revision)
    return _shown(path.visit_id)


@may_api(Act.MAKE_VISIT)
def end_visit(path: VisitPath, body: EndVisitBody) -> Response:
    """It was tried in vain and is not tried again."""
    doing.end_visit(web().storage, web().settings, path.visit_id, Ending(body.ending), body.note, actor(), web().now())
    return _shown(path.visit_id)


@may_api(Act.DROP_VISIT)
def drop_visit(path: VisitPath, body: DropVisitBody) -> Response:
    """It is not owed, with a reason."""
    doing.drop_visit(web().storage, web().settings, path.visit_id, body.why, actor(), web().now())
    return _shown(path.visit_id)


@may_api(Act.OPEN_VISIT_CASE)
def open_case_of_visit(path: VisitPath, body: VisitCaseBody) -> tuple[Response, int]:
    """What was found becomes a case."""
    opened = open_case_of(web().storage, web().settings, path.visit_id, body.kind, actor(), web().now())
    return answer(case_view(opened, sees_whole_numbers())), 201


def _shown(visit_id: int) -> Response:
    return answer(visit_seen(see_visit(web().storage, web().settings, visit_id, actor(), web().now())))


_CHANGES = {
    "take": take_visit,
    "give": give_visit,
    "agree": agree_visit_time,
    "way": change_visit_way,
    "try": try_visit,
    "record": record_visit,
    "end": end_visit,
    "drop": drop_visit,
}
