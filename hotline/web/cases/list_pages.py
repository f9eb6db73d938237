"""Lists of cases: as a table and as a board, several at once, as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as Answer

from hotline.domain.calendar import local_day
from hotline.domain.cases.kept_filter import LONGEST_NAME
from hotline.domain.ids import parse_id
from hotline.domain.rights.acts import Act
from hotline.services.cases.bulk import DoneAtOnce, assign_many, give_many
from hotline.services.cases.choosing import ListChoices, see_list_choices
from hotline.services.cases.export import export_cases, export_workbook
from hotline.services.cases.kept_filters import drop_filter, keep_filter
from hotline.services.cases.list_page import see_list
from hotline.services.cases.listing import MOST_COUNTED, see_board
from hotline.web.cases.asked import STATES, AskedList, asked_list
from hotline.web.cases.columns import COLUMN_NAMES, cell_words, own_columns
from hotline.web.cases.labels import CHANNELS, LISTS, SEVERITIES
from hotline.web.cases.words import case_kinds
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import csv_file, xlsx_file
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.query import clean
from hotline.web.kit.said import flashed, said

blueprint = Blueprint("case_lists", __name__, url_prefix="/cases")


@blueprint.get("")
@may(Act.READ_CASES)
def index() -> str:
    asked, page = asked_list(), page_asked(request.args, MAX_PAGE)
    context, now = web(), web().now()
    seen = see_list(context.storage, asked.wanted, PAGE_SIZE, (page - 1) * PAGE_SIZE, actor(), now)
    found = seen.listed
    return render_template(
        "cases/cases.html",
        cases=found.cases,
        total=found.total,
        most=MOST_COUNTED,
        kept=seen.kept,
        longest_name=LONGEST_NAME,
        page=page,
        more=found.more,
        **_around(asked, seen.choices, now),
    )


@blueprint.get("/board")
@may(Act.READ_CASES)
def board() -> str:
    """Of one kind, by its stages: complaints, unless another is asked for."""
    context, now = web(), web().now()
    asked = asked_list("complaint")
    choices = see_list_choices(context.storage, actor(), now)
    columns = see_board(context.storage, asked.wanted, actor(), now).columns
    return render_template("cases/board.html", columns=columns, **_around(asked, choices, now))


@blueprint.get("/export.<any(csv, xlsx):ending>")
@may(Act.EXPORT_CASES)
def export(ending: str) -> Response:
    context, asked, now = web(), asked_list().wanted, web().now()
    name = f"cases-{local_day(now):%Y%m%d}.{ending}"
    if ending == "csv":
        return csv_file(export_cases(context.storage, asked, actor(), now), name)
    names = {column: str(words) for column, words in COLUMN_NAMES.items()} | own_columns(asked.kind)
    book = export_workbook(context.storage, asked, names, cell_words, gettext("Cases"), actor(), now)
    return xlsx_file(book, name)


@blueprint.post("/several/give")
@may(Act.GIVE_CASE)
def give() -> Answer:
    to = clean(request.form.get("to", ""))
    return _several(to, lambda ids: give_many(web().storage, web().settings, ids, to, actor(), web().now()))


@blueprint.post("/several/assign")
@may(Act.ASSIGN_CASE)
def assign() -> Answer:
    to = clean(request.form.get("department", ""))
    wanted = int(to) if to.isascii() and to.isdigit() and len(to) < 10 else 0
    return _several(to, lambda ids: assign_many(web().storage, web().settings, ids, wanted, actor(), web().now()))


@blueprint.post("/filters")
@may(Act.KEEP_CASE_FILTERS)
def keep() -> Answer:
    """What the list's address asks for, by a name."""
    asked, form = asked_list().args, request.form
    with flashed():
        whom = form.get("shared", "")
        chosen = (form.get("name", ""), asked, whom == "all")
        kept = keep_filter(web().storage, *chosen, actor(), web().now(), parse_id(whom))
        flash(gettext("The filter %(name)s is kept.", name=kept.name), "ok")
    return redirect(url_for("case_lists.index", **asked), 303)


@blueprint.post("/filters/<int:filter_id>/drop")
@may(Act.KEEP_CASE_FILTERS)
def drop(filter_id: int) -> Answer:
    with flashed():
        drop_filter(web().storage, filter_id, actor(), web().now())
        flash(gettext("The filter is removed."), "ok")
    return redirect(url_for("case_lists.index", **asked_list().args), 303)


def _several(to: str, do: Callable[[list[int]], DoneAtOnce]) -> Answer:
    """Each for itself: of what was refused, why is said."""
    written = request.form.getlist("case")
    ids = [int(each) for each in written if each.isascii() and each.isdigit() and len(each) < 10]
    if not ids or not to:
        flash(gettext("Please choose cases, and to whom they go."), "bad")
    else:
        with flashed():
            done = do(ids)
            if done.done:
                flash(ngettext("%(num)s case was passed on.", "%(num)s cases were passed on.", len(done.done)), "ok")
            for reason in dict.fromkeys(map(said, done.refused.values())):
                count = sum(said(each) == reason for each in done.refused.values())
                flash(gettext("%(n)s not passed on: %(why)s", n=count, why=reason), "bad")
    return redirect(url_for("case_lists.index", **asked_list().args))


def _around(asked: AskedList, choices: ListChoices, now: datetime) -> dict[str, object]:
    return {
        "asked": asked,
        "lists": {which: words for which, words in LISTS.items() if _concerns(which.value)},
        "states": STATES,
        "kinds": case_kinds(),
        "departments": choices.departments,
        "people": choices.people,
        "severities": SEVERITIES,
        "channels": CHANNELS,
        "now": now,
    }


def _concerns(which: str) -> bool:
    """Who leads nobody has no group."""
    return which != "group" or bool(actor().led.usernames)
