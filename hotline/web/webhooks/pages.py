"""The administrators' pages of web hooks."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from hotline.domain.errors import Outdated, Refused
from hotline.domain.ids import parse_id
from hotline.domain.rights.acts import Act
from hotline.services.webhooks import administration as hooks
from hotline.services.webhooks.administration import WantedHook
from hotline.services.webhooks.events import by_kind
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.query import day_of, midnight
from hotline.web.kit.said import flashed, said

blueprint = Blueprint("webhooks", __name__, url_prefix="/admin/webhooks")

_NOTHING_YET = WantedHook("", (), "", False)


@blueprint.get("")
@may(Act.MANAGE_WEBHOOKS)
def index() -> str:
    return _index()


@blueprint.post("")
@may(Act.MANAGE_WEBHOOKS)
def add() -> str | tuple[str, int]:
    context, wanted = web(), _wanted()
    try:
        hook, secret = hooks.add_hook(
            context.storage, context.settings, context.secrets.webhook_root, wanted, actor(), context.now()
        )
    except Refused as error:
        return _index(wanted, error), 422
    return _show(hook.id, secret=secret)


@blueprint.get("/<int:webhook_id>")
@may(Act.MANAGE_WEBHOOKS)
def show(webhook_id: int) -> str:
    return _show(webhook_id)


@blueprint.post("/<int:webhook_id>")
@may(Act.MANAGE_WEBHOOKS)
def change(webhook_id: int) -> Response | tuple[str, int]:
    context, wanted = web(), _wanted()
    try:
        seen = request.form.get("mark", "")
        hooks.change_hook(context.storage, context.settings, webhook_id, wanted, seen, actor(), context.now())
    except (Refused, Outdated) as error:
        return _show(webhook_id, wanted, error), 409 if isinstance(error, Outdated) else 422
    flash(gettext("Saved."), "ok")
    return _back(webhook_id)


@blueprint.post("/<int:webhook_id>/switch")
@may(Act.MANAGE_WEBHOOKS)
def switch(webhook_id: int) -> Response:
    """`on`: yes or no."""
    context = web()
    with flashed():
        hooks.switch_hook(context.storage, webhook_id, request.form.get("on") == "yes", actor(), context.now())
    return _back(webhook_id)


@blueprint.post("/<int:webhook_id>/secret")
@may(Act.MANAGE_WEBHOOKS)
def secret(webhook_id: int) -> str:
    context = web()
    made = hooks.renew_secret(context.storage, context.secrets.webhook_root, webhook_id, actor(), context.now())
    return _show(webhook_id, secret=made)


@blueprint.post("/<int:webhook_id>/test")
@may(Act.MANAGE_WEBHOOKS)
def test(webhook_id: int) -> Response:
    context = web()
    with flashed():
        hooks.send_ping(context.storage, webhook_id, actor(), context.now())
        flash(gettext("A test is on its way; what became of it stands below in a few seconds."), "ok")
    return _back(webhook_id)


@blueprint.post("/<int:webhook_id>/again")
@may(Act.MANAGE_WEBHOOKS)
def again(webhook_id: int) -> Response:
    """`delivery`: one; else `since`: all from that day on."""
    context = web()
    delivery_id, day = parse_id(request.form.get("delivery", "")), day_of(request.form.get("since", ""))
    if delivery_id is None and day is None:
        flash(gettext("A day like 2026-11-22 was expected."), "bad")
        return _back(webhook_id)
    sent = hooks.send_again(context.storage, webhook_id, delivery_id, midnight(day), actor(), context.now())
    flash(ngettext("%(num)s event is sent again.", "%(num)s events are sent again.", sent), "ok" if sent else "bad")
    return _back(webhook_id)


@blueprint.post("/<int:webhook_id>/remove")
@may(Act.MANAGE_WEBHOOKS)
def remove(webhook_id: int) -> Response:
    context = web()
    with flashed():
        hooks.remove_hook(context.storage, webhook_id, actor(), context.now())
        flash(gettext("The web hook was removed."), "ok")
    return redirect(url_for("webhooks.index"))


def _index(wanted: WantedHook = _NOTHING_YET, refused: Refused | None = None) -> str:
    context = web()
    seen = hooks.see_hooks(context.storage, actor(), context.now())
    return render_template(
        "webhooks/index.html", seen=seen, kinds=tuple(by_kind()), wanted=wanted, problems=_problems(refused)
    )


def _show(
    webhook_id: int, wanted: WantedHook | None = None, refused: Refused | Outdated | None = None, secret: str = ""
) -> str:
    """`secret`: of the hook, which no other page will show."""
    context = web()
    before = parse_id(request.args.get("before", ""))
    seen = hooks.see_hook(context.storage, webhook_id, before, actor(), context.now())
    return render_template(
        "webhooks/show.html",
        seen=seen,
        hook=seen.hook,
        kinds=tuple(by_kind()),
        wanted=wanted or seen.hook,
        mark=hooks.mark(seen.hook),
        problems=_problems(refused),
        secret=secret,
        now=context.now(),
    )


def _problems(refused: Refused | Outdated | None) -> dict[str, str]:
    """By the field that each is about, "" for none of them."""
    return {refused.field if isinstance(refused, Refused) else "": said(refused)} if refused else {}


def _wanted() -> WantedHook:
    given = request.form
    return WantedHook(
        given.get("url", ""),
        tuple(given.getlist("events")),
        given.get("description", ""),
        given.get("whole_numbers") == "yes",
    )


def _back(webhook_id: int) -> Response:
    return redirect(url_for("webhooks.show", webhook_id=webhook_id))
