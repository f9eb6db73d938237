"""Prompts: all that callers hear, each to be listened to and replaced, for a line, for a period."""

from __future__ import annotations

import hashlib
from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from hotline.domain.calendar import local_day
from hotline.domain.prompts.version import MAX_SECONDS, MAX_WORDS, require_period
from hotline.domain.rights.acts import Act
from hotline.services.prompts import choosing, listing
from hotline.services.prompts.sounds import MEGABYTES
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.query import clean, day_typed
from hotline.web.kit.said import flashed
from hotline.web.prompts.labels import ORIGINS, SOURCES, lines_of, when_heard
from hotline.web.prompts.names import prompt_name
from hotline.web.prompts.sound_form import noted, sent_sound, sound_given, way_typed, words_typed
from hotline.web.prompts.voice_labels import voice_name

blueprint = Blueprint("prompts", __name__, url_prefix="/prompts")


@blueprint.get("")
@may(Act.READ_PROMPTS)
def index() -> str:
    """?day=2027-02-06: what a caller would hear on that day; ?line: of one line alone."""
    context = web()
    today = local_day(context.now())
    typed = clean(request.args.get("day", ""), 10)
    day, line = day_typed(typed) or today, clean(request.args.get("line", ""), 32)
    found = listing.see_prompts(context.storage, context.home, context.settings, actor(), day)
    ours = [each for each in found if not each.id.startswith("asterisk/")]
    return render_template(
        "prompts/prompts.html",
        ours=ours,
        words_of_asterisk=[each for each in found if each.id.startswith("asterisk/")],
        day=day,
        today=today,
        line=line if line in context.settings.lines else "",
        lines=list(context.settings.lines),
        wrong_day=bool(typed) and day_typed(typed) is None,
        **_words(),
    )


@blueprint.get("/of/<path:prompt_id>")
@may(Act.READ_PROMPTS)
def show(prompt_id: str) -> str:
    return _page(prompt_id, {})


@blueprint.post("/of/<path:prompt_id>")
@may(Act.EDIT_PROMPTS)
def choose(prompt_id: str) -> Answer | tuple[str, int]:
    context, now = web(), web().now()
    typed = {name: clean(request.form.get(name, ""), 32) for name in ("line", "from_day", "to_day")}
    faults: dict[str, str] = {}
    days: dict[str, date | None] = {name: _day(name, typed[name], faults) for name in ("from_day", "to_day")}
    if not faults:
        with noted(faults):
            require_period(**days, today=local_day(now))
    with noted(faults):
        given = sound_given()
    if not faults:
        with noted(faults):
            choosing.choose(
                context.storage, context.home, context.settings, prompt_id, given, actor(), now, typed["line"], **days
            )
    if faults:
        return _page(prompt_id, faults, typed), 422
    flash(gettext("Saved. Callers hear it within ten seconds, or from its first day on."), "ok")
    return redirect(url_for("prompts.show", prompt_id=prompt_id), 303)


@blueprint.post("/versions/<int:version_id>/again")
@may(Act.EDIT_PROMPTS)
def again(version_id: int) -> Answer:
    context = web()
    with flashed():
        made = choosing.choose_again(context.storage, version_id, actor(), context.now())
        flash(gettext("The version from before is heard again."), "ok")
        return redirect(url_for("prompts.show", prompt_id=made.place.prompt), 303)
    return redirect(url_for("prompts.index"), 303)


@blueprint.post("/versions/<int:version_id>/delivered")
@may(Act.EDIT_PROMPTS)
def delivered(version_id: int) -> Answer:
    context = web()
    with flashed():
        made = choosing.as_delivered(context.storage, version_id, actor(), context.now())
        flash(gettext("What was chosen there is heard no more."), "ok")
        return redirect(url_for("prompts.show", prompt_id=made.place.prompt), 303)
    return redirect(url_for("prompts.index"), 303)


@blueprint.get("/versions/<int:version_id>/sound")
@may(Act.READ_PROMPTS)
def version_sound(version_id: int) -> Response:
    found, content = listing.version_sound(web().storage, version_id, actor())
    return sent_sound(content, found.sha256)


@blueprint.get("/delivered/<path:prompt_id>")
@may(Act.READ_PROMPTS)
def delivered_sound(prompt_id: str) -> Response:
    context = web()
    line = clean(request.args.get("line", ""), 32)
    content = listing.delivered_sound(context.home, context.settings, prompt_id, line, actor())
    return sent_sound(content, hashlib.sha256(content).hexdigest())


def _page(prompt_id: str, faults: dict[str, str], typed: dict[str, str] | None = None) -> str:
    context = web()
    seen = listing.see_prompt(context.storage, context.home, context.settings, prompt_id, actor(), context.now())
    sent = typed is not None
    return render_template(
        "prompts/prompt.html",
        seen=seen,
        faults=faults,
        typed=typed or {},
        way=way_typed(),
        words=words_typed() if sent else (seen.listed.heard[0].words if seen.listed.heard else ""),
        lines=list(context.settings.lines),
        most_words=MAX_WORDS,
        most_seconds=MAX_SECONDS,
        megabytes=MEGABYTES,
        **_words(),
    )


def _words() -> dict[str, object]:
    return {
        "origins": ORIGINS,
        "sources": SOURCES,
        "when_heard": when_heard,
        "lines_of": lines_of,
        "prompt_name": prompt_name,
        "voice_name": voice_name,
    }


def _day(name: str, text: str, faults: dict[str, str]) -> date | None:
    found = day_typed(text)
    if text and found is None:
        faults[name] = gettext("A day like 2026-11-22 was expected.")
    return found
