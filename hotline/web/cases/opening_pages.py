"""A case is opened: from a call, from a log form, as a part of another, or by itself (a letter, the press)."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.cases.case import Channel, Complexity, Priority
from hotline.domain.errors import Refused, WrongFields
from hotline.domain.numbers import NO_NUMBER, normalise
from hotline.domain.rights.acts import Act
from hotline.services.cases.opening import NewCase
from hotline.services.cases.opening_from import Origin, open_from, see_opening
from hotline.web.cases.act_fields import moments, opening_fields
from hotline.web.cases.labels import CHANNELS, COMPLEXITIES, PRIORITIES
from hotline.web.cases.problems import in_words
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.query import clean
from hotline.web.kit.said import said

blueprint = Blueprint("case_opening", __name__, url_prefix="/cases/new")

#: What every kind has; all else of the form is a field of the kind.
_OWN = ("title", "content", "channel", "priority", "complexity", "subject", "region", "about", "number")
_AROUND = frozenset({"csrf_token", "moment", *_OWN})
_LONGEST = 20_000


@blueprint.get("")
@may(Act.ADD_CASE)
def new() -> str:
    return _page({}, {})


@blueprint.post("")
@may(Act.ADD_CASE)
def open_() -> Response | tuple[str, int]:
    context = web()
    typed = {name: value[:_LONGEST] for name, value in request.form.items()}
    origin = _origin()
    try:
        opened = open_from(context.storage, context.settings, origin, _new(typed, origin), actor(), context.now())
    except WrongFields as error:
        return _page(typed, in_words(error)), 422
    except Refused as error:
        return _page(typed, {error.field or "title": said(error)}), 422
    flash(gettext("Case %(number)s is open.", number=opened.number), "ok")
    return redirect(url_for("cases.show", case_id=opened.id))


def _new(typed: Mapping[str, str], origin: Origin) -> NewCase:
    """Raises WrongFields."""
    number = normalise(typed.get("number", "")) if typed.get("number") and not origin else NO_NUMBER
    if typed.get("number") and not origin and not number:
        raise WrongFields({"number": "not_a_phone"})
    own = {name: value for name, value in typed.items() if name not in _AROUND}
    channel, priority, complexity = (typed.get(name, "") for name in ("channel", "priority", "complexity"))
    return NewCase(
        _kind(),
        typed.get("title", "")[:200],
        typed.get("content", ""),
        number=number,
        subject=clean(typed.get("subject", ""), 200),
        region=clean(typed.get("region", ""), 200),
        channel=Channel(channel) if channel in {each.value for each in Channel} else _usual_channel(origin),
        priority=Priority(priority) if priority in {each.value for each in Priority} else Priority.USUAL,
        complexity=Complexity(complexity) if complexity in {each.value for each in Complexity} else Complexity.SIMPLE,
        about=clean(typed.get("about", "")),
        parent_id=_id("parent"),
        values={**own, **moments(own, request.form.getlist("moment"))},
    )


def _page(typed: Mapping[str, str], problems: Mapping[str, str]) -> str:
    context, origin = web(), _origin()
    seen = see_opening(context.storage, origin, actor(), context.now())
    kind = seen.kinds.get(_kind())
    begun = {"content": seen.content, "channel": _usual_channel(origin).value}
    return render_template(
        "cases/new.html",
        seen=seen,
        kind=kind,
        origin=origin,
        args=_args(),
        fields=opening_fields(kind, typed, problems) if kind is not None else [],
        values={**begun, **typed},
        problems=problems,
        parent=_id("parent"),
        channels=CHANNELS,
        priorities=PRIORITIES,
        complexities=COMPLEXITIES,
    )


def _usual_channel(origin: Origin) -> Channel:
    return Channel.HOTLINE if origin else Channel.LETTER


def _kind() -> str:
    return clean(request.args.get("kind", ""), 32) or "complaint"


def _origin() -> Origin:
    return Origin(_id("form"), _id("call"))


def _args() -> dict[str, int]:
    """Where it is opened from, as the address says it."""
    found = {name: _id(name) for name in ("form", "call", "parent")}
    return {name: value for name, value in found.items() if value is not None}


def _id(name: str) -> int | None:
    value = request.args.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
