"""One's own shifts (F6): what is ahead, leave, swaps, and the calendar feed."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.calendar import local_day
from hotline.domain.errors import Conflict, Refused
from hotline.domain.ids import parse_id
from hotline.domain.rights.acts import Act
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.shifts.swap import OVER
from hotline.domain.time import minute_text
from hotline.services.links.links import links_offered
from hotline.services.shifts import feed, leave, own_view, swaps
from hotline.services.shifts.kinds import shift_kinds
from hotline.services.shifts.own_view import OwnShifts
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import at_field, flashed
from hotline.web.shifts.forms import LeaveForm, SwapForm, WordsForm

blueprint = Blueprint("own_shifts", __name__, url_prefix="/shifts/mine")

Page = Response | str | tuple[str, int]


@blueprint.get("")
@may(Act.USE_OWN_SHIFTS)
def index() -> Page:
    return _page(LeaveForm(formdata=None), SwapForm(formdata=None))


@blueprint.post("/leave")
@may(Act.USE_OWN_SHIFTS)
def ask_leave() -> Page:
    form, context = LeaveForm(), web()
    if not form.validate_on_submit():
        return _page(form, SwapForm(formdata=None), 422)
    try:
        leave.ask_leave(context.storage, context.settings, form.wish, actor(), context.now())
    except Refused as error:
        at_field(form, error, "since")
        return _page(form, SwapForm(formdata=None), 422)
    flash(gettext("Supervisors are told. You hear by the bell what they decide."), "ok")
    return redirect(url_for("own_shifts.index"))


@blueprint.post("/leave/<int:leave_id>/withdraw")
@may(Act.USE_OWN_SHIFTS)
def withdraw_leave(leave_id: int) -> Response:
    with flashed():
        leave.withdraw_leave(web().storage, leave_id, actor(), web().now())
        flash(gettext("The leave is withdrawn."), "ok")
    return redirect(url_for("own_shifts.index"))


@blueprint.post("/swaps")
@may(Act.USE_OWN_SHIFTS)
def ask_swap() -> Page:
    form, context = SwapForm(), web()
    shift_id, taker_id = parse_id(form.shift.data or ""), parse_id(form.taker.data or "")
    if not form.validate_on_submit():
        return _page(LeaveForm(formdata=None), form, 422)
    try:
        if shift_id is None or taker_id is None:
            raise Refused("shifts.nobody", field="taker")
        other_id = parse_id(form.other.data or "")
        words, now = form.words.data or "", context.now()
        swaps.ask_swap(context.storage, context.settings, shift_id, taker_id, other_id, words, actor(), now)
    except (Refused, Conflict) as error:
        at_field(form, error, "shift")
        return _page(LeaveForm(formdata=None), form, 422)
    flash(gettext("They are told, and you hear by the bell what they say."), "ok")
    return redirect(url_for("own_shifts.index"))


@blueprint.post("/swaps/<int:swap_id>/<any(accept, refuse):what>")
@may(Act.USE_OWN_SHIFTS)
def answer_swap(swap_id: int, what: str) -> Response:
    form, context, accepted = WordsForm(), web(), what == "accept"
    with flashed():
        words, now = (form.words.data or "")[:400], context.now()
        swaps.answer_swap(context.storage, context.settings, swap_id, accepted, words, actor(), now)
        flash(gettext("Accepted.") if accepted else gettext("Refused."), "ok")
    return redirect(url_for("own_shifts.index"))


@blueprint.post("/swaps/<int:swap_id>/withdraw")
@may(Act.USE_OWN_SHIFTS)
def withdraw_swap(swap_id: int) -> Response:
    with flashed():
        swaps.withdraw_swap(web().storage, swap_id, actor(), web().now())
        flash(gettext("The swap is withdrawn."), "ok")
    return redirect(url_for("own_shifts.index"))


@blueprint.post("/feed")
@may(Act.USE_OWN_SHIFTS)
def make_feed() -> Page:
    """The address is shown once."""
    context = web()
    with flashed():
        secret = feed.make_feed(context.storage, context.settings, actor(), context.now())
        return _page(LeaveForm(formdata=None), SwapForm(formdata=None), secret=secret)
    return redirect(url_for("own_shifts.index"))


@blueprint.post("/feed/revoke")
@may(Act.USE_OWN_SHIFTS)
def revoke_feed() -> Response:
    feed.revoke_feed(web().storage, actor(), web().now())
    flash(gettext("The calendar address shows nothing any more."), "ok")
    return redirect(url_for("own_shifts.index"))


def _page(leave_form: LeaveForm, swap_form: SwapForm, status: int = 200, secret: str = "") -> Page:
    context = web()
    own = own_view.see_own(context.storage, context.settings, actor(), context.now())
    _offer(own, leave_form, swap_form)
    shown = render_template(
        "shifts/own.html",
        own=own,
        leave_form=leave_form,
        swap_form=swap_form,
        now=context.now(),
        local_day=local_day,
        kind_names={kind.id: kind.name for kind in shift_kinds(context.settings).values()},
        most_swaps=context.settings.shifts.swaps_a_month,
        days_ahead=context.settings.shifts.leave_days_ahead,
        over=OVER,
        feeds=links_offered(context.settings),
        address=f"{context.settings.web.public_url}{url_for('shift_feed.show', secret=secret)}" if secret else "",
    )
    return shown if status == 200 else (shown, status)


def _offer(own: OwnShifts, leave_form: LeaveForm, swap_form: SwapForm) -> None:
    people = [(str(each.id), each.name) for each in own.colleagues]
    leave_form.deputy.choices = [("", gettext("nobody")), *people]
    swap_form.taker.choices = people
    ours = [each for each in own.shifts if each.id is not None and each.starts_at > web().now()]
    swap_form.shift.choices = [(str(each.id), _named(each)) for each in ours]
    others = [(str(each.id), f"{each.person} {_named(each)}") for each in own.others]
    swap_form.other.choices = [("", gettext("for nothing")), *others]


def _named(shift: PlannedShift) -> str:
    kind = shift_kinds(web().settings).get(shift.kind)
    return f"{minute_text(shift.starts_at)} – {minute_text(shift.ends_at)[-5:]} {kind.name if kind else ''}".strip()
