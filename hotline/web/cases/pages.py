"""Cases that outlast their call, and callers whom operators ask to have blocked (A15)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from hotline.domain.cases.block_request import Decision
from hotline.domain.cases.case import CaseState
from hotline.domain.errors import Conflict
from hotline.domain.rights.acts import Act
from hotline.services.cases import block_requests
from hotline.services.cases import cases as case_service
from hotline.services.cases.listing import AskedCases, CaseOrder, list_cases
from hotline.services.cases.seeing import see_case
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.paging import PAGE_SIZE
from hotline.web.kit.query import clean
from hotline.web.kit.said import said

blueprint = Blueprint("cases", __name__)

_STATES = {"open": _("Being dealt with"), "closed": _("Settled"), "all": _("All")}
_SHOWN = 200


class CloseCaseForm(FlaskForm):
    result = TextAreaField(_("Result"), [InputRequired(_("Please write the result.")), Length(max=10_000)])


class DecideForm(FlaskForm):
    note = StringField(_("Note"), [Length(max=500)])


@blueprint.get("/cases")
@may(Act.READ_CASES)
def index() -> str:
    context = web()
    state = request.args.get("state", "open")
    state = state if state in _STATES else "open"
    q = clean(request.args.get("q", ""))
    page = request.args.get("page", "1")
    page_number = max(int(page), 1) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    wanted = None if state == "all" else CaseState(state)
    asked = AskedCases(state=wanted, text=q, order=CaseOrder.NEWEST)
    found = list_cases(context.storage, asked, PAGE_SIZE, (page_number - 1) * PAGE_SIZE, actor(), context.now())
    return render_template(
        "cases/cases.html", cases=found.cases, state=state, states=_STATES, q=q, page=page_number, more=found.more
    )


@blueprint.get("/cases/<int:case_id>")
@may(Act.READ_CASES)
def show(case_id: int) -> str:
    return _page(case_id, CloseCaseForm())


@blueprint.post("/cases/<int:case_id>/close")
@may(Act.CLOSE_CASE)
def close(case_id: int) -> Response | tuple[str, int]:
    form = CloseCaseForm()
    if not form.validate_on_submit():
        return _page(case_id, form), 422
    context = web()
    case_service.close_case(context.storage, context.settings, case_id, form.result.data or "", actor(), context.now())
    flash(gettext("The case is closed."), "ok")
    return redirect(url_for("cases.show", case_id=case_id))


@blueprint.post("/cases/<int:case_id>/number")
@may(Act.REVEAL_NUMBER)
def number(case_id: int) -> str:
    """The case with the caller's number whole, for whoever is responsible for it."""
    case_service.reveal_number(web().storage, case_id, actor(), web().now())
    return _page(case_id, CloseCaseForm(), revealed=True)


@blueprint.get("/block-requests")
@may(Act.DECIDE_BLOCKS)
def requests() -> str:
    seen = block_requests.find_requests(web().storage, False, _SHOWN, actor(), web().now())
    return render_template(
        "cases/block_requests.html",
        waiting=[each for each in seen.requests if each.decision is None],
        decided=[each for each in seen.requests if each.decision is not None],
        call_ids=seen.call_ids,
    )


@blueprint.post("/block-requests/<int:request_id>/<any(approve, refuse):what>")
@may(Act.DECIDE_BLOCKS)
def decide(request_id: int, what: str) -> Response:
    form = DecideForm()
    if not form.validate_on_submit():
        flash(next(error for field in form for error in field.errors), "bad")
        return redirect(url_for("cases.requests"))
    context, approved = web(), what == "approve"
    decision = Decision.APPROVED if approved else Decision.REFUSED
    try:
        block_requests.decide(context.storage, request_id, decision, form.note.data or "", actor().name, context.now())
    except Conflict as error:
        flash(said(error), "bad")
    else:
        done = gettext("The caller is blocked from now on.") if approved else gettext("The caller is not blocked.")
        flash(done, "ok")
    return redirect(url_for("cases.requests"))


def _page(case_id: int, form: CloseCaseForm, revealed: bool = False) -> str:
    seen = see_case(web().storage, web().settings, case_id, actor(), web().now(), revealed)
    return render_template(
        "cases/case.html", case=seen.case, form=form, may_close=seen.may_close, may_reveal=seen.may_reveal
    )
