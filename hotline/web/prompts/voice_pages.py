"""Voices: who speaks what nobody recorded; each can be tried before it is put to use."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from hotline.domain.errors import Conflict, Refused
from hotline.domain.rights.acts import Act
from hotline.services.prompts import voices
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.query import clean
from hotline.web.kit.said import flashed, said
from hotline.web.prompts.sound_form import sent_sound
from hotline.web.prompts.voice_labels import LANGUAGES, SPEAKERS, voice_name

blueprint = Blueprint("voices", __name__, url_prefix="/voices")


@blueprint.get("")
@may(Act.READ_PROMPTS)
def index() -> str | tuple[str, int]:
    """?try=kokoro-yunxi&words=您好: the page with these words to be listened to."""
    context = web()
    seen = voices.see_voices(context.storage, context.home, context.settings, actor())
    tried, words, fault = clean(request.args.get("try", ""), 32), request.args.get("words", ""), ""
    if tried:
        try:
            words = voices.words_to_try(words)
        except Refused as error:
            fault = said(error)
    known = [each.facts.name for each in seen.voices]
    page = render_template(
        "prompts/voices.html",
        seen=seen,
        tried=tried if tried in known and not fault else "",
        words=words[: voices.MOST_TRIED * 2] or gettext("Hello, thank you for calling. How can we help you?"),
        fault=fault,
        most_words=voices.MOST_TRIED,
        voice_name=voice_name,
        speakers=SPEAKERS,
        languages=LANGUAGES,
    )
    return (page, 422) if fault else page


@blueprint.get("/<name>/sound")
@may(Act.EDIT_PROMPTS)
def sound(name: str) -> Response:
    """?words=…: spoken by that voice. In plain words where it does not: the page shows them beside its player."""
    try:
        content = voices.try_voice(web().home, name[:32], request.args.get("words", ""), actor())
    except (Conflict, Refused) as error:
        return Response(said(error), 409 if isinstance(error, Conflict) else 422, mimetype="text/plain")
    return sent_sound(content, hashlib.sha256(content).hexdigest())


@blueprint.post("/<name>/use")
@may(Act.EDIT_PROMPTS)
def use(name: str) -> Answer:
    context = web()
    with flashed():
        if voices.use_voice(context.in_force, context.home, name[:32], actor(), context.now()):
            flash(
                gettext(
                    "%(voice)s speaks from now on. The prompts are made anew, which takes minutes.",
                    voice=voice_name(name),
                ),
                "ok",
            )
        else:
            flash(gettext("%(voice)s speaks already.", voice=voice_name(name)), "ok")
    return redirect(url_for("voices.index"), 303)


@blueprint.post("/install/<package>")
@may(Act.EDIT_PROMPTS)
def install(package: str) -> Answer:
    with flashed():
        voices.ask_to_install(web().storage, package, actor(), web().now())
        flash(gettext("The voices are fetched now, which takes minutes. This page says when they are there."), "ok")
    return redirect(url_for("voices.index"), 303)
