"""Leave and swaps that wait for a supervisor (F6), and what became of others."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import Forbidden, Refused
from hotline.domain.ids import parse_id
from hotline.domain.rights.acts import Act
from hotline.services.shifts import leave, open_shifts, own_view, swaps
from hotline.services.shifts.kinds import shift_kinds
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import at_field, flashed
from hotline.web.shifts.forms import EnterLeaveForm, WordsForm

blueprint = Blueprint("shift_requests", __name__, url_prefix="/shifts/requests")

Page = Response | str | tuple[str, int]


@blueprint.get("")
@may(Act.PLAN_SHIFTS)
def index() -> Page:
    return _page(EnterLeaveForm(formdata=None))


@blueprint.post("/leave")
@may(Act.PLAN_SHIFTS)
def enter_leave() -> Page:
    form, context = EnterLeaveForm(), web()
    if not form.validate_on_submit():
        return _page(form, 422)
    try:
        person_id = parse_id(form.person.data or "") or 0
        leave.enter_leave(context.storage, context.settings, person_id, form.wish, actor(), context.now())
    except (Refused, Forbidden) as error:
        at_field(form, error, "person")
        return _page(form, 422)
    flash(gettext("They are on leave then."), "ok")
    return redirect(url_for("shift_requests.index"))


@blueprint.post("/leave/<int:leave_id>/<any(accept, refuse, withdraw):what>")
@may(Act.PLAN_SHIFTS)
def decide_leave(leave_id: int, what: str) -> Response:
    form, storage, settings, now = WordsForm(), web().storage, web().settings, web().now()
    with flashed():
        if what == "withdraw":
            leave.withdraw_leave(storage, leave_id, actor(), now)
            flash(gettext("The leave is withdrawn."), "ok")
        else:
            leave.decide_leave(
                storage, settings, leave_id, what == "accept", (form.words.data or "")[:400], actor(), now
            )
            flash(gettext("Accepted.") if what == "accept" else gettext("Refused."), "ok")
    return redirect(url_for("shift_requests.index"))


@blueprint.post("/open/<int:shift_id>")
@may(Act.PLAN_SHIFTS)
def give(shift_id: int) -> Response:
    with flashed():
        version, person_id = (parse_id(request.form.get(name, "")) or 0 for name in ("version", "person"))
        open_shifts.give_shift(web().storage, shift_id, version, person_id, actor(), web().now())
        flash(gettext("The shift is theirs now, and they were told."), "ok")
    return redirect(url_for("shift_requests.index"))


@blueprint.post("/swaps/<int:swap_id>/<any(accept, refuse):what>")
@may(Act.PLAN_SHIFTS)
def decide_swap(swap_id: int, what: str) -> Response:
    form, context, accepted = WordsForm(), web(), what == "accept"
    with flashed():
        words, now = (form.words.data or "")[:400], context.now()
        swaps.decide_swap(context.storage, context.settings, swap_id, accepted, words, actor(), now)
        flash(gettext("Accepted.") if accepted else gettext("Refused."), "ok")
    return redirect(url_for("shift_requests.index"))


def _page(form: EnterLeaveForm, status: int = 200) -> Page:
    found = own_view.see_requests(web().storage, actor(), web().now())
    people = [(str(each.id), each.name) for each in found.people]
    form.person.choices, form.deputy.choices = people, [("", gettext("nobody")), *people]
    kinds = {kind.id: kind.name for kind in shift_kinds(web().settings).values()}
    shown = render_template("shifts/requests.html", found=found, form=form, kind_names=kinds, now=web().now())
    return shown if status == 200 else (shown, status)
