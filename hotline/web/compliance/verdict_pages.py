"""One verdict: what it is about, who it is about, and how they contest it; what is contested, for examiners."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.rights.acts import Act
from hotline.domain.rules.registry import RULES
from hotline.domain.verdicts.contest import MAX_REASON, ContestDecision
from hotline.services.verdicts.contests import contest, decide, find_contests
from hotline.services.verdicts.seeing import see_verdict
from hotline.web.compliance.pages import words
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.asked import choice
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.said import said

blueprint = Blueprint("rule_verdicts", __name__, url_prefix="/reports/verdicts")

#: What an examiner can decide.
_DECISIONS = [ContestDecision.UPHELD.value, ContestDecision.REJECTED.value]


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return words()


@blueprint.get("/<int:verdict_id>")
@may(Act.SEE_VERDICTS)
def show(verdict_id: int) -> str:
    return _page(verdict_id)


@blueprint.post("/<int:verdict_id>/contest")
@may(Act.CONTEST_VERDICT)
def contest_it(verdict_id: int) -> Response | tuple[str, int]:
    context, reason = web(), request.form.get("reason", "")
    try:
        contest(context.storage, context.settings, verdict_id, reason, actor(), context.now())
    except (Conflict, Refused) as error:
        return _page(verdict_id, typed=reason, problem=said(error)), 422
    flash(gettext("You have contested it; an examiner decides."), "ok")
    return redirect(url_for("rule_verdicts.show", verdict_id=verdict_id))


@blueprint.post("/<int:verdict_id>/decide")
@may(Act.DECIDE_CONTEST)
def decide_it(verdict_id: int) -> Response | tuple[str, int]:
    context, note = web(), request.form.get("note", "")
    seen = see_verdict(context.storage, context.settings, verdict_id, actor(), context.now())
    decision = choice(request.form, "decision", _DECISIONS)
    try:
        if seen.contest is None or seen.contest.id is None:
            raise NotFound("compliance.not_contested")
        if not decision:
            raise Refused("compliance.decision", field="decision")
        decide(context.storage, seen.contest.id, ContestDecision(decision), note, actor(), context.now())
    except (Conflict, Refused) as error:
        return _page(verdict_id, typed=note, decision=decision, problem=said(error)), 422
    flash(gettext("This is decided."), "ok")
    return redirect(url_for("rule_verdicts.contests"))


@blueprint.get("/contests")
@may(Act.DECIDE_CONTEST)
def contests() -> str:
    context, page = web(), page_asked(request.args, MAX_PAGE)
    every = request.args.get("list") == "all"
    found = find_contests(context.storage, not every, actor(), context.now(), PAGE_SIZE + 1, (page - 1) * PAGE_SIZE)
    return render_template(
        "compliance/contests.html",
        contests=found.contests[:PAGE_SIZE],
        verdicts=found.verdicts,
        goes_on=len(found.contests) > PAGE_SIZE,
        every=every,
        page=page,
    )


def _page(verdict_id: int, typed: str = "", decision: str = "", problem: str = "") -> str:
    context = web()
    seen = see_verdict(context.storage, context.settings, verdict_id, actor(), context.now())
    return render_template(
        "compliance/verdict.html",
        seen=seen,
        verdict=seen.stored.verdict,
        rule=RULES[seen.stored.verdict.rule],
        typed=typed,
        decision=decision,
        decisions=[ContestDecision.UPHELD, ContestDecision.REJECTED],
        problem=problem,
        most=MAX_REASON,
    )
