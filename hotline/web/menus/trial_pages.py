"""A draft is tried: each way through it at a moment, without a call and by calls."""

from __future__ import annotations

from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

import greetings
from hotline.domain.rights.acts import Act
from hotline.domain.time import SHANGHAI
from hotline.domain.wall_time import within_years
from hotline.services.menus.trials import ask_for_calls, calls_of
from hotline.services.menus.walking import try_menus
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.query import clean
from hotline.web.kit.said import flashed
from hotline.web.menus.draft_pages import shown_draft
from hotline.web.menus.labels import prompt_said
from hotline.web.menus.pages import blueprint, flash_ok

_WRITTEN = "%Y-%m-%dT%H:%M"


@blueprint.get("/<int:draft_id>/try")
@may(Act.CHANGE_SETTINGS)
def tried(draft_id: int) -> str:
    """`?line=`, `?at=` (Shanghai), `?open=1`: as if the line were open then."""
    context, shown = web(), shown_draft(draft_id)
    at, as_open = _moment(request.args.get("at", "")), "at" not in request.args or "open" in request.args
    line = clean(request.args.get("line", ""), 40)
    given = (context.storage, shown.settings, context.walk(), actor(), line, at, as_open)
    calls = calls_of(context.storage, actor(), draft_id)
    manifest = greetings.load_manifest(context.home)
    return render_template(
        "menus/try.html",
        shown=shown,
        draft=shown.draft,
        trial=try_menus(*given),
        settings=shown.settings,
        as_open=as_open,
        written=_written(at),
        calls=calls,
        running=any(not each.is_over for each in calls),
        words=lambda prompt: prompt_said(prompt, manifest),
        write=_written,
    )


@blueprint.post("/<int:draft_id>/calls")
@may(Act.CHANGE_SETTINGS)
def call(draft_id: int) -> Response:
    """Asked for here; a job makes them."""
    context = web()
    at, line = _moment(request.form.get("at", "")), clean(request.form.get("line", ""), 40)
    with flashed():
        made = ask_for_calls(context.in_force, context.walk(), actor(), draft_id, line, at, context.now())
        flash_ok(gettext("%(count)s calls will be made, one for each way.", count=made))
    address = url_for("menus.tried", draft_id=draft_id, line=line, at=_written(at), open="1", _anchor="calls")
    return redirect(address, 303)


def _moment(text: str) -> datetime:
    """Now for what is none."""
    try:
        found = datetime.strptime(text, _WRITTEN).replace(tzinfo=SHANGHAI)
    except ValueError:
        return web().now()
    return found if within_years(found) else web().now()


def _written(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).strftime(_WRITTEN)
