"""Departments answer the cases that are theirs to answer: signed in on a page of their own, or by a link on a
telephone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from hotline.domain.accounts.attempts import Guessed
from hotline.domain.errors import Conflict, Forbidden, Refused, WrongFields
from hotline.domain.links.link import Link
from hotline.domain.rights.acts import Act
from hotline.services.cases import department, department_page
from hotline.services.cases.by_link import DEPARTMENT
from hotline.web.attachments.pages import sent_file
from hotline.web.cases.act_fields import answer_fields, moments
from hotline.web.cases.by_link import Answer, Wrong, sent, who_asks
from hotline.web.cases.outside_words import DONE
from hotline.web.cases.problems import in_words
from hotline.web.kit import limits
from hotline.web.kit.access import may, public
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.errors import STATUS
from hotline.web.kit.i18n import language
from hotline.web.kit.said import said
from hotline.web.kit.told.linked import LinkedPage

blueprint = Blueprint("department_cases", __name__)

#: What a department does, by the last part of the address: what is done, and what is said then.
_ACTS: Mapping[str, tuple[Callable[..., object], str]] = {
    "answer": (department.answer, "answered"),
    "return": (department.send_back, "returned"),
    "extend": (department.ask_for_more_time, "extend"),
}
_STATES = {"open": _("To be answered"), "all": _("All")}


@blueprint.get("/department-cases")
@may(Act.ANSWER_CASES)
def index() -> str:
    context, state = web(), request.args.get("state", "open")
    state = state if state in _STATES else "open"
    found = department_page.cases(context.storage, state == "open", actor(), language(), context.now())
    return render_template(
        "cases/outside/department_cases.html",
        cases=found.cases,
        department=found.department,
        state=state,
        shown_states=_STATES,
    )


@blueprint.get("/department-cases/<int:case_id>")
@may(Act.ANSWER_CASES)
def show(case_id: int) -> str:
    return _own(case_id)


@blueprint.post("/department-cases/<int:case_id>/<any(answer, return, extend):what>")
@may(Act.ANSWER_CASES)
def do(case_id: int, what: str) -> Response | tuple[str, int]:
    context, (act, done) = web(), _ACTS[what]
    try:
        act(context.storage, context.settings, department.Signed(case_id, actor()), _given(), context.now())
    except (Refused, Conflict) as error:
        return _own(case_id, error, what), STATUS[error.kind]
    flash(DONE[done], "ok")
    return redirect(url_for("department_cases.index"), 303)


@blueprint.post("/l/<token>/department/<any(answer, return, extend):what>")
@public
def do_by_link(token: str, what: str) -> Answer:
    context, (act, done) = web(), _ACTS[what]
    work = partial(act, context.storage, context.settings, who_asks(token), _given(), context.now())
    return sent(token, work, done, partial(_again, token, what))


@blueprint.get("/l/<token>/file/<int:attachment_id>")
@public
def file(token: str, attachment_id: int) -> Response:
    """A file of the case that the link leads to."""
    context = web()
    with limits.guessing(Guessed.LINK, wrong=Forbidden):
        found = department.look_at_file(context.storage, who_asks(token), attachment_id, context.now())
    return sent_file(found)


def _given() -> dict[str, Any]:
    """What the form has, each once; the solutions one after the other."""
    typed = request.form.to_dict()
    return {**typed, **moments(typed, request.form.getlist("moment")), "solution": request.form.getlist("solution")}


def _own(case_id: int, wrong: Wrong | None = None, asked: str = "") -> str:
    context = web()
    page = department_page.page(context.storage, context.settings, case_id, actor(), language(), context.now())
    where = partial(url_for, "department_cases.do", case_id=case_id)
    return _render("department_case", page, lambda what: where(what=what), _file_of_own, wrong, asked)


def _again(token: str, asked: str, wrong: Wrong) -> str:
    context = web()
    page = department_page.page_of(context.storage, context.settings, who_asks(token), language(), context.now())
    return _linked(page, token, wrong, asked)


def _show(link: Link, token: str) -> str:
    context = web()
    page = department_page.page_of_link(context.storage, context.settings, link, language(), context.now())
    return _linked(page, token)


def _linked(page: department_page.DepartmentPage, token: str, wrong: Wrong | None = None, asked: str = "") -> str:
    def where(what: str) -> str:
        return url_for("department_cases.do_by_link", token=token, what=what)

    def file_address(attachment_id: int) -> str:
        return url_for("department_cases.file", token=token, attachment_id=attachment_id)

    return _render("department_link", page, where, file_address, wrong, asked)


def _file_of_own(attachment_id: int) -> str:
    return url_for("attachments.download", attachment_id=attachment_id)


def _render(
    template: str,
    page: department_page.DepartmentPage,
    where: Callable[[str], str],
    file_address: Callable[[int], str],
    wrong: Wrong | None,
    asked: str,
) -> str:
    """What is wrong with a field stands at it, all else above."""
    problems = in_words(wrong) if isinstance(wrong, WrongFields) else {}
    return render_template(
        f"cases/outside/{template}.html",
        page=page,
        where=where,
        file_address=file_address,
        said=request.args.get("done", ""),
        wrong=said(wrong) if wrong is not None else "",
        fields=answer_fields(page.asked, request.form if asked == "answer" else {}, problems),
        solution_wrong=problems.get("solution", ""),
        asked=asked,
        written=request.form,
        written_solutions=request.form.getlist("solution"),
    )


PAGE = LinkedPage(
    DEPARTMENT,
    _("A case for a department"),
    _("A case for your department"),
    _(
        "A customer's case was handed to your department. From now on the link works in this browser only, and until "
        "the case is answered or sent back."
    ),
    _("Open the case"),
    _("This is done"),
    _("The case was answered or sent back, and the link is used up. If something must be added, tell the hotline."),
    _("Ask the hotline for another one."),
    _show,
)
