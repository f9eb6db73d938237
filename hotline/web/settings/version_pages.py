"""What was decided: each version with its difference, back to one of them, planned ones taken back; what waits for its
maker or a second person; what was changed in the file beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import Refused
from hotline.domain.rights.acts import Act
from hotline.services.settings import in_files, trial, two_people
from hotline.services.settings.on_page import change_on_page
from hotline.services.settings.settings import MAX_REASON, WrongSettings, withdraw
from hotline.services.settings.versions import back_now, version, versions
from hotline.settings import Settings
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.paging import PAGE_SIZE, page_asked
from hotline.web.kit.said import at_field, flashed, said
from hotline.web.settings.administration import blueprint
from hotline.web.settings.group_pages import done
from hotline.web.settings.pages import DecideForm
from hotline.web.settings.setting_form import reason_typed


@blueprint.get("/versions")
@may(Act.CHANGE_SETTINGS)
def version_list() -> str:
    context = web()
    found = versions(context.in_force, actor(), context.now())
    pages = max(-(-len(found) // PAGE_SIZE), 1)
    page = page_asked(request.args, pages)
    return render_template(
        "settings/versions.html",
        versions=found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        page=page,
        pages=pages,
        now=context.now(),
    )


@blueprint.get("/versions/before", defaults={"version_id": 0})
@blueprint.get("/versions/<int:version_id>")
@may(Act.CHANGE_SETTINGS)
def version_shown(version_id: int) -> str:
    return _page(version_id, DecideForm())


@blueprint.post("/versions/before/back", defaults={"version_id": 0})
@blueprint.post("/versions/<int:version_id>/back")
@may(Act.CHANGE_SETTINGS)
def go_back(version_id: int) -> Response | tuple[str, int]:
    """All is decided as it was then."""
    context, form = web(), DecideForm()
    if not form.validate_on_submit():
        return _page(version_id, form), 422

    def build(_current: Settings) -> Mapping[str, Any]:
        return back_now(context.in_force, version_id, context.now())

    try:
        reason = reason_typed(form.reason.data)
        outcome = change_on_page(context.in_force, actor(), build, context.now(), None, reason)
        return done(outcome, url_for("settings.version_list"))
    except WrongSettings as error:
        form.reason.errors = [
            gettext("%(key)s: %(what)s", key=key, what=said(why)) for key, why in error.problems.items()
        ]
    except Refused as error:
        at_field(form, error, "reason")
    return _page(version_id, form), 422


@blueprint.post("/planned/<int:change_id>/take-back")
@may(Act.CHANGE_DAILY_SETTINGS)
def take_back(change_id: int) -> Response:
    context = web()
    with flashed():
        withdraw(context.in_force, actor(), change_id, context.now())
        flash(gettext("The planned change is taken back."), "ok")
    return _back()


@blueprint.post("/confirm")
@may(Act.CHANGE_SETTINGS)
def confirm() -> Response:
    """What its maker could have locked themselves out by stays."""
    context = web()
    with flashed():
        trial.confirm(context.in_force, actor(), context.now())
        flash(gettext("It stays so."), "ok")
    return _back()


@blueprint.post("/in-file")
@may(Act.CHANGE_SETTINGS)
def settle_in_file() -> Response:
    """`holds`: "page" or "file", whose value it is from now on."""
    context, keep = web(), request.form.get("holds") == "page"
    with flashed():
        reason = reason_typed(request.form.get("reason"))
        if not reason:
            raise Refused("settings.reason_needed")
        key = request.form.get("key", "")
        outcome = in_files.settle(context.in_force, actor(), key, keep, context.now(), reason)
        return done(outcome, url_for("settings.index"))
    return _back()


@blueprint.post("/asked/<int:asked_id>/<string:answer>")
@may(Act.CHANGE_SETTINGS)
def answer_asked(asked_id: int, answer: str) -> Response:
    """`answer`: "agree", else it is refused or taken back."""
    context = web()
    with flashed():
        two_people.answer(context.in_force, actor(), asked_id, answer == "agree", context.now())
        flash(gettext("This is decided.") if answer == "agree" else gettext("It is not changed."), "ok")
    return _back()


def _back() -> Response:
    return redirect(url_for("settings.index"), 303)


def _page(version_id: int, form: DecideForm) -> str:
    context = web()
    found = version(context.in_force, actor(), version_id, context.now())
    return render_template(
        "settings/version.html", found=found, form=form, version_id=version_id, now=context.now(), max_reason=MAX_REASON
    )
