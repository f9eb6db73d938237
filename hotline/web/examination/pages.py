"""The calls to be examined and examined: whose they are, what is due, who takes which (E6, F5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from hotline.domain.examination.records import ExaminationFilter, ExaminationState
from hotline.domain.examination.sample import Why
from hotline.domain.rights.acts import Act
from hotline.services.examination import examinations as service
from hotline.services.examination.lists import WAITING, AskedExaminations, examination_desk
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed, allowed_ever
from hotline.web.kit.asked import call_asked, choice, whole
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.said import flashed
from hotline.web.kit.who import asked_operators
from hotline.web.quality.words import BY_HAND, EXAMINATION_STATES, WHYS

blueprint = Blueprint("quality", __name__)

#: What is looked at: one's own that are not done, those that nobody has, those whose time is over, all.
LISTS = {"mine": _("Mine, to be done"), "unassigned": _("Nobody has them"), "overdue": _("Overdue"), "all": _("All")}


@dataclass(frozen=True)
class ExaminationListQuery:
    """Fields as they stand in the address; "" means any. `which`: one of LISTS."""

    which: str
    state: str
    operator: str
    why: str
    draw: str
    call: str
    page: int

    @property
    def active(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in ("state", "operator", "why", "draw", "call")}
        return {"list": self.which, **{name: value for name, value in values.items() if value}}


def _query(args: Mapping[str, str]) -> ExaminationListQuery:
    usual = "mine" if allowed(Act.BE_DRAWN_FOR) else "all"
    return ExaminationListQuery(
        which=choice(args, "list", LISTS, usual),
        state=choice(args, "state", tuple(EXAMINATION_STATES)),
        operator=choice(args, "operator", asked_operators()),
        why=choice(args, "why", tuple(WHYS)),
        draw=str(whole(args.get("draw", "")) or ""),
        call=str(whole(args.get("call", "")) or ""),
        page=page_asked(args, MAX_PAGE),
    )


def _wanted(query: ExaminationListQuery) -> ExaminationFilter:
    states = (ExaminationState(query.state),) if query.state else ()
    return ExaminationFilter(
        states=WAITING if query.which in ("mine", "unassigned") else states,
        examiner={"mine": actor().name, "unassigned": ""}.get(query.which),
        extension=query.operator,
        why=query.why,
        draw_id=int(query.draw) if query.draw else None,
        overdue_at=web().now() if query.which == "overdue" else None,
    )


@blueprint.get("/examinations")
@may(Act.OVERSEE_EXAMINATIONS)
def examinations() -> str:
    context, who, query = web(), actor(), _query(request.args)
    asked = AskedExaminations(
        _wanted(query), int(query.call) if query.call else None, PAGE_SIZE, (query.page - 1) * PAGE_SIZE
    )
    desk = examination_desk(context.storage, context.settings, asked, who, context.now())
    return render_template(
        "examination/examinations.html",
        rows=desk.found.rows,
        versions=desk.found.versions,
        total=desk.found.total,
        query=query,
        lists=LISTS,
        counts=desk.counts,
        pages=-(-desk.found.total // PAGE_SIZE),
        people=desk.people,
        draws=desk.draws,
        operators=asked_operators(),
        by_hand=BY_HAND,
        examines=allowed_ever(Act.EXAMINE),
        me=who.name,
    )


@blueprint.post("/examinations/choose")
@may(Act.EXAMINE)
def choose() -> Response:
    """A call by its number or address, for oneself or another."""
    context, call_id = web(), call_asked(request.form.get("call", ""))
    if call_id is None:
        flash(gettext("Enter the number of a call, or paste the address of its page."), "bad")
        return _back()
    why = Why(choice(request.form, "why", tuple(BY_HAND), Why.CHOSEN))
    with flashed():
        made = service.choose_call(
            context.storage,
            context.settings,
            call_id,
            why,
            request.form.get("examiner", "")[:64],
            actor(),
            context.now(),
        )
        flash(gettext("The call is to be examined by %(who)s.", who=made.examiner), "ok")
        if made.examiner == actor().name:
            return redirect(url_for("examinations.show", examination_id=made.id))
    return _back()


@blueprint.post("/examinations/<int:examination_id>/assign")
@may(Act.ASSIGN_EXAMINATION)
def assign(examination_id: int) -> Response:
    """Take it, or as a supervisor give it to somebody."""
    context, who = web(), actor()
    examiner = request.form.get("examiner", "")[:64] or who.name
    version = whole(request.form.get("version", "")) or 0
    with flashed():
        service.assign(context.storage, examination_id, version, examiner, who, context.now())
        if examiner == who.name:
            flash(gettext("The call is yours to examine."), "ok")
        else:
            flash(gettext("The call is to be examined by %(who)s.", who=examiner), "ok")
    return _back()


def _back() -> Response:
    """To the list as it was: its filter comes along with the form."""
    query = _query(request.args)
    return redirect(url_for("quality.examinations", **query.active))
