"""What is done with a visit on its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.errors import Conflict, Forbidden, Outdated, PbxError, Refused, WrongFields
from hotline.domain.rights.acts import Act
from hotline.domain.visits.record import VisitRecord, WrongAnswers
from hotline.domain.visits.visit import Ending, VisitWay
from hotline.services.dialling.dialling import dial_for
from hotline.services.visits import doing, trying
from hotline.services.visits.cases_opened import open_case_of
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.query import clean
from hotline.web.kit.said import said
from hotline.web.visits.labels import ENDED, TRIED
from hotline.web.visits.page import Typed, moment_typed, visit_page
from hotline.web.visits.problems import in_words

blueprint = Blueprint("visit_acts", __name__, url_prefix="/visits/<int:visit_id>")

_LONGEST = 20_000


@blueprint.post("/take")
@may(Act.TAKE_VISIT)
def take(visit_id: int) -> Response:
    return _do(visit_id, lambda now: doing.take_visit(web().storage, web().settings, visit_id, actor(), now))


@blueprint.post("/give")
@may(Act.ASSIGN_VISIT)
def give(visit_id: int) -> Response:
    to = clean(request.form.get("username", ""))
    return _do(visit_id, lambda now: doing.give_visit(web().storage, web().settings, visit_id, to, actor(), now))


@blueprint.post("/agree")
@may(Act.MAKE_VISIT)
def agree(visit_id: int) -> Response:
    def run(now: datetime) -> None:
        at = moment_typed(request.form.get("agreed_at", ""), "agreed_at")
        if at is None:
            raise WrongFields({"agreed_at": "required"})
        doing.agree_time(web().storage, web().settings, visit_id, at, actor(), now)

    return _do(visit_id, run)


@blueprint.post("/way")
@may(Act.MAKE_VISIT)
def way(visit_id: int) -> Response:
    written = request.form.get("way", "")
    wanted = VisitWay(written) if written in {each.value for each in VisitWay} else VisitWay.CALL
    return _do(visit_id, lambda now: doing.change_way(web().storage, web().settings, visit_id, wanted, actor(), now))


@blueprint.post("/dial")
@may(Act.DIAL)
def dial_(visit_id: int) -> Response:
    """A3: over the callback trunk. `named_time`: they asked to be called at this hour (E7)."""
    context = web()
    try:
        dial_for(
            context.storage,
            context.settings,
            context.pbx,
            actor(),
            "visit",
            visit_id,
            context.now(),
            reason=lambda _code: gettext("a return visit"),
            customer_named_time=request.form.get("named_time") == "yes",
        )
        flash(gettext("Your phone rings: pick it up, and the customer is dialled."), "ok")
    except (Conflict, Forbidden, Refused, PbxError) as error:
        flash(said(error), "bad")
    return redirect(url_for("visits.show", visit_id=visit_id))


@blueprint.post("/try")
@may(Act.MAKE_VISIT)
def try_(visit_id: int) -> Response:
    """Nobody answered the questions: it is tried again, or it is over."""
    form = request.form
    outcome, words = form.get("outcome", ""), form.get("note", "")[:500]

    def run(now: datetime) -> None:
        if outcome in {each.value for each in TRIED}:
            again = moment_typed(form.get("again_at", ""), "again_at")
            args = (visit_id, DialOutcome(outcome), again, words, actor(), now)
            if trying.note_try(web().storage, web().settings, *args) is None:
                flash(gettext("Noted. That was the last try: a supervisor decides what becomes of it."), "info")
            return
        ending = Ending(outcome) if outcome in {each.value for each in ENDED} else Ending.ANSWERED
        doing.end_visit(web().storage, web().settings, visit_id, ending, words, actor(), now)

    return _do(visit_id, run)


@blueprint.post("/record")
@may(Act.MAKE_VISIT)
def record(visit_id: int) -> Response | tuple[str, int]:
    """E1. What was typed stays when it is refused."""
    form, now = request.form, web().now()
    typed = {name: value[:_LONGEST] for name, value in form.items() if name != "csrf_token"}
    answers = {name.removeprefix("q-"): value for name, value in typed.items() if name.startswith("q-")}
    made_by = typed.get("way", "")
    written = VisitRecord(
        answers,
        typed.get("content", ""),
        typed.get("problems", ""),
        VisitWay(made_by) if made_by in {each.value for each in VisitWay} else None,
    )
    seen = typed.get("revision", "")
    revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
    try:
        doing.record_visit(web().storage, web().settings, visit_id, written, actor(), now, revision)
    except WrongAnswers as error:
        return visit_page(visit_id, Typed(typed, in_words(error))), 422
    except Outdated as error:
        return visit_page(visit_id, Typed(typed, {}, said(error))), 409
    except (Conflict, Forbidden) as error:
        flash(said(error), "bad")
        return redirect(url_for("visits.show", visit_id=visit_id))
    flash(gettext("The visit is recorded."), "ok")
    return redirect(url_for("visits.show", visit_id=visit_id))


@blueprint.post("/drop")
@may(Act.DROP_VISIT)
def drop(visit_id: int) -> Response:
    why = request.form.get("why", "")[:500]
    return _do(visit_id, lambda now: doing.drop_visit(web().storage, web().settings, visit_id, why, actor(), now))


@blueprint.post("/case")
@may(Act.OPEN_VISIT_CASE)
def case(visit_id: int) -> Response:
    """What was found becomes a case."""
    kind = clean(request.form.get("kind", ""), 32)
    try:
        opened = open_case_of(web().storage, web().settings, visit_id, kind, actor(), web().now())
    except (Conflict, Refused) as error:
        flash(said(error), "bad")
        return redirect(url_for("visits.show", visit_id=visit_id))
    flash(gettext("Case %(number)s is opened.", number=opened.number), "ok")
    return redirect(url_for("cases.show", case_id=opened.id))


def _do(visit_id: int, run: Callable[[datetime], object]) -> Response:
    """What is refused is said on the visit's page."""
    try:
        run(web().now())
    except WrongFields:
        flash(gettext("A time that lies ahead, or a reason, was expected."), "bad")
    except (Refused, Conflict, Forbidden) as error:
        flash(said(error), "bad")
    return redirect(url_for("visits.show", visit_id=visit_id))
