"""Callbacks (A9) in the order in which they are due: taken, tried, handed back, closed with what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.callbacks.listing import CallbackFilter, Tab
from hotline.domain.callbacks.owed import CallbackOutcome, CallbackReason
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.errors import Conflict, Forbidden, NotFound, PbxError, Refused, WrongFields
from hotline.domain.rights.acts import Act
from hotline.domain.time import SHANGHAI
from hotline.services.callbacks import callbacks, trying
from hotline.services.callbacks.listing import (
    MOST_COUNTED,
    ListedCallback,
    SeenCallbacks,
    see_callback,
    see_callbacks,
    who_may_be_given,
)
from hotline.services.callbacks.messages import listen
from hotline.services.dialling.dialling import dial_for
from hotline.web.callbacks.labels import CALLBACK_REASONS, RESULTS, TABS, TRIED
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.query import clean
from hotline.web.kit.said import said

blueprint = Blueprint("callbacks", __name__)

#: Whoever has taken a callback shows its number whole by a click (A14); looks and clicks stand in the audit log (F8).


@dataclass(frozen=True)
class _Asked:
    """What of the list is looked at; `args` leads back to it."""

    wanted: CallbackFilter
    after: str

    @property
    def args(self) -> dict[str, Any]:
        of = self.wanted
        tab = None if of.tab is Tab.OPEN else of.tab.value
        return {"tab": tab, "line": of.line or None, "reason": of.reason.value if of.reason else None}


def _asked() -> _Asked:
    """Of a page's address, and of the address that a form was sent to."""
    tab, reason, line = (clean(request.args.get(name, "")) for name in ("tab", "reason", "line"))
    return _Asked(
        CallbackFilter(
            tab=Tab(tab) if tab in {each.value for each in Tab} else Tab.OPEN,
            line=line if line in web().settings.lines else "",
            reason=CallbackReason(reason) if reason in {each.value for each in CallbackReason} else None,
        ),
        clean(request.args.get("after", ""), 200),
    )


@blueprint.get("/callbacks")
@may(Act.SEE_CALLBACKS)
def index() -> str:
    return _page()


@blueprint.post("/callbacks/<int:callback_id>/take")
@may(Act.TAKE_CALLBACK)
def take(callback_id: int) -> Response:
    try:
        callbacks.take_callback(web().storage, callback_id, actor(), web().now())
    except Conflict as error:
        flash(said(error), "info")
    return _back(callback_id)


@blueprint.post("/callbacks/<int:callback_id>/dial")
@may(Act.DIAL)
def dial_(callback_id: int) -> Response:
    """A3: over the callback trunk. `confirmed`: why, where the customer does not want to be called but asked for this
    (E10); `named_time`: they asked to be called at this hour (E7)."""
    context, who = web(), actor()
    try:
        dial_for(
            context.storage,
            context.settings,
            context.pbx,
            who,
            "callback",
            callback_id,
            context.now(),
            reason=lambda code: str(CALLBACK_REASONS[CallbackReason(code)].text),
            customer_named_time=request.form.get("named_time") == "yes",
            confirmed=clean(request.form.get("confirmed", ""), 200),
        )
        flash(gettext("Your phone rings: pick it up, and the customer is dialled."), "ok")
    except (Conflict, Forbidden, Refused, PbxError) as error:
        flash(said(error), "bad")
    return _back(callback_id)


@blueprint.post("/callbacks/<int:callback_id>/hand-back")
@may(Act.CLOSE_CALLBACK)
def hand_back(callback_id: int) -> Response:
    try:
        callbacks.hand_back(web().storage, callback_id, actor(), web().now())
        flash(gettext("Anybody may take the callback now."), "ok")
    except Conflict as error:
        flash(said(error), "info")
    return _back(callback_id)


@blueprint.post("/callbacks/<int:callback_id>/assign")
@may(Act.ASSIGN_CALLBACK)
def assign(callback_id: int) -> Response:
    username = clean(request.form.get("username", ""))
    try:
        callbacks.assign_callback(web().storage, callback_id, username, actor(), web().now())
        flash(gettext("%(name)s calls back", name=username), "ok")
    except (Conflict, Refused) as error:
        flash(said(error), "bad")
    return _back(callback_id)


@blueprint.post("/callbacks/<int:callback_id>/number")
@may(Act.REVEAL_NUMBER)
def number(callback_id: int) -> str:
    """The list with this number whole."""
    callbacks.reveal_number(web().storage, callback_id, actor(), web().now())
    return _page(callback_id)


@blueprint.post("/callbacks/<int:callback_id>/messages/<int:recording_id>")
@may(Act.HEAR_MESSAGE)
def hear(callback_id: int, recording_id: int) -> str:
    """The list with this message playing."""
    listen(web().storage, callback_id, recording_id, actor(), web().now())
    return _page(focus=callback_id, playing=recording_id)


@blueprint.post("/callbacks/<int:callback_id>/close")
@may(Act.CLOSE_CALLBACK)
def close(callback_id: int) -> Response:
    """What came of it: it is over, or it is tried again."""
    form = request.form
    result, note = form.get("result", CallbackOutcome.DONE.value), form.get("note", "")[:500]
    try:
        if result in TRIED:
            again_at = _moment(form.get("again_at", ""))
            args = (callback_id, DialOutcome(result), again_at, note, actor(), web().now())
            if trying.note_try(web().storage, web().settings, *args) is not None:
                flash(gettext("Noted; it is tried again."), "ok")
            else:
                flash(gettext("Noted. That was the last try: a supervisor decides what becomes of it."), "info")
        else:
            outcome = CallbackOutcome(result) if result in {each.value for each in RESULTS} else CallbackOutcome.JOINED
            callbacks.close_callback(web().storage, callback_id, actor(), note, web().now(), outcome)
            flash(gettext("The callback is closed."), "ok")
            return redirect(url_for("callbacks.index", **_asked().args))
    except WrongFields:
        flash(gettext("The next try must lie ahead."), "bad")
    except Refused as error:  # nothing but blanks and control characters
        flash(said(error), "bad")
    return _back(callback_id)


def _moment(written: str) -> datetime | None:
    """On the wall clock; what is none is told as one that is over."""
    if not written:
        return None
    try:
        return datetime.fromisoformat(written).replace(tzinfo=SHANGHAI)
    except ValueError:
        raise WrongFields({"again_at": "not_a_moment"}) from None


def _back(callback_id: int) -> Response:
    return redirect(url_for("callbacks.index", **_asked().args, focus=callback_id))


def _page(revealed: int | None = None, focus: int | None = None, playing: int | None = None) -> str:
    who, now, asked, settings = actor(), web().now(), _asked(), web().settings
    people = who_may_be_given(web().storage, who, now)
    seen = see_callbacks(web().storage, settings, who, asked.wanted, now, asked.after)
    at = request.args.get("focus", "")
    focus = focus or revealed or (int(at) if at.isascii() and at.isdigit() and len(at) < 10 else None)
    return render_template(
        "callbacks/callbacks.html",
        seen=seen,
        listed=_with_focused(seen, focus, asked),
        dials=settings.callback_trunk.is_there and bool(who.extension),
        most_counted=MOST_COUNTED,
        asked=asked,
        tabs=TABS,
        reasons=CALLBACK_REASONS,
        results=RESULTS,
        tried=TRIED,
        lines=settings.lines,
        people=people,
        deadlines=seen.deadlines,
        revealed=revealed,
        playing=playing,
        focus=focus,
        own_name=who.name,
    )


def _with_focused(seen: SeenCallbacks, focus: int | None, asked: _Asked) -> Sequence[ListedCallback]:
    """What a link leads to stands first where the list does not have it: it is done, or further down."""
    here = {each.callback.id for each in seen.listed}
    if focus is None or focus in here or asked.after:
        return seen.listed
    try:
        return (see_callback(web().storage, web().settings, actor(), focus, web().now()), *seen.listed)
    except (Forbidden, NotFound):
        return seen.listed
