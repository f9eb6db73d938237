"""A whole set-up goes out as a file and comes in from one, after what it would change was seen."""

from __future__ import annotations

from flask import Response as FileResponse
from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import Refused
from hotline.domain.rights.acts import Act
from hotline.services.settings.on_page import change_on_page
from hotline.services.settings.settings import MAX_REASON, WrongSettings
from hotline.services.settings.transfer import MOST_BYTES, Taken, exported, taken_in
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import toml_file
from hotline.web.kit.said import at_field, said
from hotline.web.settings.administration import blueprint
from hotline.web.settings.group_pages import done
from hotline.web.settings.pages import DecideForm, moment_typed
from hotline.web.settings.setting_form import reason_typed


@blueprint.get("/transfer")
@may(Act.CHANGE_SETTINGS)
def transfer() -> str:
    return _page()


@blueprint.post("/export")
@may(Act.CHANGE_SETTINGS)
def export() -> FileResponse:
    """`all`: what is as the defaults too. `secrets`: passwords and keys too."""
    context = web()
    text = exported(context.in_force, actor(), context.now(), "all" in request.form, "secrets" in request.form)
    return toml_file(text, "hotline.toml")


@blueprint.post("/import/difference")
@may(Act.CHANGE_SETTINGS)
def difference() -> str | tuple[str, int]:
    """Of the file that was sent; nothing is changed."""
    sent = request.files.get("file")
    name, data = (sent.filename or "", sent.read(MOST_BYTES + 1)) if sent else ("", b"")
    if not data or len(data) > MOST_BYTES:
        return _page(wrong={"": gettext("A file of at most %(most)s bytes was expected.", most=MOST_BYTES)}), 422
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _page(wrong={"": gettext("Text in UTF-8 was expected.")}), 422
    return _compared(text, name)


@blueprint.post("/import")
@may(Act.CHANGE_SETTINGS)
def take_in() -> Response | str | tuple[str, int]:
    """What was shown is decided, all of it or nothing."""
    context, form = web(), DecideForm()
    text, name = request.form.get("text", ""), request.form.get("name", "")[:200]
    if not form.validate_on_submit():
        return _compared(text, name, form)
    try:
        reason, from_at = reason_typed(form.reason.data), moment_typed(form.from_at.data)
        taken = taken_in(context.in_force, actor(), text, context.now(), name)
        outcome = change_on_page(context.in_force, actor(), lambda _now: taken.changes, context.now(), from_at, reason)
        return done(outcome, url_for("settings.index"))
    except WrongSettings as error:
        return _page(name=name, wrong={key: said(why) for key, why in error.problems.items()}), 422
    except Refused as error:
        at_field(form, error, "reason")
    return _compared(text, name, form)


def _compared(text: str, name: str, form: DecideForm | None = None) -> str | tuple[str, int]:
    try:
        taken = taken_in(web().in_force, actor(), text, web().now(), name)
    except WrongSettings as error:
        return _page(name=name, wrong={key: said(why) for key, why in error.problems.items()}), 422
    except Refused as error:
        return _page(name=name, wrong={"": said(error)}), 422
    page = _page(taken, text, name, form=form)
    return (page, 422) if form is not None else page


def _page(
    taken: Taken | None = None,
    text: str = "",
    name: str = "",
    wrong: dict[str, str] | None = None,
    form: DecideForm | None = None,
) -> str:
    return render_template(
        "settings/transfer.html",
        taken=taken,
        text=text,
        name=name,
        wrong=wrong or {},
        form=form or DecideForm(formdata=None),
        now=web().now(),
        max_reason=MAX_REASON,
    )
