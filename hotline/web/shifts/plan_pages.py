"""The plan (F6): a month or a week on one page; patterns, copies, publishing, tables; who knows which queue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NoReturn

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.calendar import local_day
from hotline.domain.errors import NotFound, Outdated, Refused
from hotline.domain.months import monday_of, next_month, previous_month
from hotline.domain.rights.acts import Act
from hotline.services.shifts import laying_out, plan, shift_table, skills
from hotline.services.shifts.kinds import shift_kinds
from hotline.services.shifts.laying_out import LaidOut
from hotline.services.shifts.plan_view import PlanQuery, see_plan
from hotline.services.shifts.skill_view import see_skills
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import csv_file, xlsx_file
from hotline.web.kit.query import day_typed
from hotline.web.kit.said import flashed, said
from hotline.web.shifts.cells import cells_of, chips_of
from hotline.web.shifts.forms import CopyForm, LayOutForm, PublishForm, day_of

blueprint = Blueprint("shifts", __name__, url_prefix="/shifts")

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Shown:
    """Which part of the plan an address asks for."""

    view: str
    query: PlanQuery
    before: date
    after: date


@blueprint.get("")
@may(Act.READ_SHIFTS)
def index() -> str:
    context, shown = web(), _asked()
    found = see_plan(context.storage, context.settings, shown.query, actor(), context.now())
    kinds = tuple(shift_kinds(context.settings).values())
    return render_template(
        "shifts/plan.html",
        shown=shown,
        plan=found,
        kinds=kinds,
        chips=chips_of(kinds),
        cells=cells_of(found, kinds, shown.view == "week"),
        today=local_day(context.now()),
        now=context.now(),
        lines=tuple(context.settings.lines),
        queues={queue_id: queue.name for queue_id, queue in context.settings.queues.items()},
        patterns={name: each.name for name, each in context.settings.shifts.patterns.items()},
        lay_out_form=LayOutForm(formdata=None),
        copy_form=CopyForm(formdata=None),
        publish_form=PublishForm(formdata=None),
        address={key: value for key, value in request.args.items() if key in ("view", "at", "line", "queue", "q")},
    )


@blueprint.post("/publish")
@may(Act.PLAN_SHIFTS)
def publish() -> AnyResponse:
    form, context = PublishForm(), web()
    _require(form)
    with flashed():
        done = plan.publish(
            context.storage, context.settings, day_of(form.first), day_of(form.last), actor(), context.now()
        )
        told = ngettext(
            "%(num)s shift is published, and whose it is was told.",
            "%(num)s shifts are published, and whose they are was told.",
            done.shifts,
        )
        if done.shifts:
            flash(told, "ok")
        else:
            flash(gettext("There is no draft on these days: nothing is published."), "info")
    return _back()


@blueprint.post("/copy")
@may(Act.PLAN_SHIFTS)
def copy() -> AnyResponse:
    form, context = CopyForm(), web()
    _require(form)
    with flashed():
        done = laying_out.copy_week(context.storage, day_of(form.source), day_of(form.target), actor(), context.now())
        flash(_told(done), "ok")
    return _back(day_of(form.target))


@blueprint.post("/lay-out")
@may(Act.PLAN_SHIFTS)
def lay_out() -> AnyResponse:
    form, context = LayOutForm(), web()
    _require(form)
    with flashed():
        done = laying_out.lay_out(
            context.storage,
            context.settings,
            form.pattern.data or "",
            form.chosen,
            day_of(form.first),
            day_of(form.last),
            tuple(form.lines.data or ()),
            actor(),
            context.now(),
        )
        flash(_told(done), "ok")
    return _back(day_of(form.first))


@blueprint.get("/plan.xlsx")
@may(Act.PLAN_SHIFTS)
def workbook() -> Response:
    query = _asked().query
    book = shift_table.export_plan(web().storage, web().settings, query.first, query.last, actor(), web().now())
    return xlsx_file(book, f"shifts-{query.first.isoformat()}.xlsx")


@blueprint.get("/plan.csv")
@may(Act.PLAN_SHIFTS)
def table() -> Response:
    query = _asked().query
    lines = shift_table.write_plan(web().storage, web().settings, query.first, query.last, actor(), web().now())
    return csv_file(lines, f"shifts-{query.first.isoformat()}.csv")


@blueprint.get("/skills")
@may(Act.PLAN_SHIFTS)
def skills_page() -> str:
    return _skills()


@blueprint.post("/skills/<int:person_id>")
@may(Act.PLAN_SHIFTS)
def say_skills(person_id: int) -> AnyResponse | tuple[str, int]:
    """A level for each ring group whose name the form has, and the one that the page had shown."""
    context, typed = web(), _levels("level")
    try:
        skills.say_skills(context.storage, context.settings, person_id, typed, _levels("shown"), actor(), context.now())
    except Outdated as error:
        return _skills(person_id, typed, said(error)), 409
    except (Refused, NotFound) as error:
        flash(said(error), "bad")
    else:
        flash(gettext("Saved."), "ok")
    return redirect(url_for("shifts.skills_page"))


def _levels(field: str) -> dict[str, int]:
    given = {queue: request.form.get(f"{field}-{queue}", "") for queue in web().settings.queues}
    return {queue: int(level) for queue, level in given.items() if re.fullmatch("[0-3]", level)}


def _skills(person_id: int = 0, typed: Mapping[str, int] | None = None, problem: str = "") -> str:
    """`typed`: for this person, where it was not taken."""
    found = see_skills(web().storage, web().settings, actor())
    queues = {queue_id: queue.name for queue_id, queue in web().settings.queues.items()}
    wrong = {person_id: (typed or {}, problem)} if problem else {}
    return render_template("shifts/skills.html", people=found, queues=queues, wrong=wrong)


def _asked() -> Shown:
    """By ?view=week|month&at=2026-11-30; this month where the address says nothing that there is."""
    view = "week" if request.args.get("view") == "week" else "month"
    at = day_typed(request.args.get("at", "")) or local_day(web().now())
    line, queue, words = (request.args.get(key, "")[:40] for key in ("line", "queue", "q"))
    if view == "week":
        first = monday_of(at)
        query = PlanQuery(first, first + timedelta(days=6), line, queue, words)
        return Shown(view, query, first - _WEEK, first + _WEEK)
    first = at.replace(day=1)
    query = PlanQuery(first, next_month(first) - timedelta(days=1), line, queue, words)
    return Shown(view, query, previous_month(first), next_month(first))


def _told(done: LaidOut) -> str:
    return gettext(
        "%(added)s shifts are drafts now; %(left)s were left out, since they are over or something stands there.",
        added=done.added,
        left=done.left_out,
    )


def _require(form: FlaskForm) -> None:
    """The plan's forms are filled in by the page: what does not fit comes from elsewhere, or a field is empty."""
    if not form.validate_on_submit():
        _refuse(form)


def _refuse(form: FlaskForm) -> NoReturn:
    flash(str(next(error for field in form for error in field.errors)), "bad")
    abort(_back())


def _back(at: date | None = None) -> AnyResponse:
    view = "week" if request.form.get("view") == "week" else "month"
    day = at or day_typed(request.form.get("at", ""))
    return redirect(url_for("shifts.index", view=view, at=day.isoformat() if day else None), 303)
