"""The menus in force as a picture, their drafts, and the ones before."""

from __future__ import annotations

from collections.abc import Collection

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length

import greetings
from hotline.domain.errors import Refused
from hotline.domain.menus.draft import MOST_NAME
from hotline.domain.rights.acts import Act
from hotline.services.menus.drafts import begin_draft, drafts
from hotline.services.menus.putting import back_to_before, changes_before, planned
from hotline.services.settings.on_page import settings_at
from hotline.services.settings.settings import MAX_REASON
from hotline.settings import Settings
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.formats import shorten
from hotline.web.kit.said import at_field, flashed, said
from hotline.web.menus.labels import ENDS, MOST_WORDS, STATES, end_said, prompt_said, target_said
from hotline.web.menus.picture import HEAD, ROW, WIDTH, Picture, Words, picture
from hotline.web.prompts.names import prompt_name
from hotline.web.settings.administration import change_said, value_said
from hotline.web.settings.group_pages import done
from hotline.web.settings.setting_form import reason_typed
from hotline.web.settings.words import name_of

blueprint = Blueprint("menus", __name__, url_prefix="/admin/menus")
blueprint.context_processor(
    lambda: {
        "said": said,
        "value_said": value_said,
        "change_said": change_said,
        "name_of": name_of,
        "prompt_said": prompt_said,
        "prompt_name": prompt_name,
        "target_said": target_said,
        "end_said": end_said,
        "ENDS": ENDS,
        "STATES": STATES,
        "WIDTH": WIDTH,
        "HEAD": HEAD,
        "ROW": ROW,
        "max_reason": MAX_REASON,
    }
)


class BeginForm(FlaskForm):
    name = StringField(_("Name of the draft"), [InputRequired(_("Please give a name.")), Length(max=MOST_NAME)])


@blueprint.get("")
@may(Act.CHANGE_SETTINGS)
def index() -> str:
    return _page(BeginForm())


@blueprint.post("")
@may(Act.CHANGE_SETTINGS)
def begin() -> Response | tuple[str, int]:
    context, form = web(), BeginForm()
    if form.validate_on_submit():
        try:
            draft = begin_draft(context.in_force, actor(), form.name.data or "", context.now())
            return redirect(url_for("menus.draft", draft_id=draft.id), 303)
        except Refused as error:
            at_field(form, error, "name")
    return _page(form), 422


@blueprint.post("/back")
@may(Act.CHANGE_SETTINGS)
def back() -> Response:
    """The menus are again as they were before the last decision on them."""
    context = web()
    with flashed():
        reason = reason_typed(request.form.get("reason")) or gettext("back to the menus before")
        return done(back_to_before(context.in_force, actor(), context.now(), reason), url_for("menus.index"))
    return redirect(url_for("menus.index"), 303)


def drawn(settings: Settings, changed: Collection[str] = (), wrong: Collection[str] = ()) -> Picture:
    manifest = greetings.load_manifest(web().home)
    words = Words(
        lambda prompt: shorten(prompt_said(prompt, manifest), MOST_WORDS),
        lambda to, menu: target_said(settings, to, menu),
    )
    return picture(settings, words, changed, wrong)


def _page(form: BeginForm) -> str:
    context, now = web(), web().now()
    changes, _held = settings_at(context.in_force, now)
    return render_template(
        "menus/index.html",
        form=form,
        picture=drawn(context.settings),
        settings=context.settings,
        drafts=drafts(context.in_force, actor()),
        before=changes_before(changes, now),
        planned=planned(changes, now),
        now=now,
    )


def flash_ok(text: str) -> None:
    flash(text, "ok")
