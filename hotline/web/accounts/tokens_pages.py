"""Bearer tokens of the API: made (and shown once), listed, revoked."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from hotline.domain.errors import NotFound, Refused
from hotline.domain.people import Role
from hotline.domain.rights.acts import Act
from hotline.domain.rights.given import PROGRAM
from hotline.domain.time import end_of_day
from hotline.services.accounts import tokens
from hotline.web.kit.access import may
from hotline.web.kit.context import web
from hotline.web.kit.query import day_of
from hotline.web.kit.said import said

blueprint = Blueprint("tokens", __name__, url_prefix="/admin/tokens")


@blueprint.get("")
@may(Act.MANAGE_TOKENS)
def index() -> str:
    return _page()


@blueprint.post("")
@may(Act.MANAGE_TOKENS)
def create() -> str | tuple[str, int]:
    context = web()
    name = request.form.get("name", "").strip()
    roles = tuple(role for role in Role if role.value in request.form.getlist("roles"))
    day = day_of(request.form.get("last_day", ""))
    end = end_of_day(day) if day else None
    try:
        token = tokens.create_token(context.storage, name, context.now(), current_user.username, roles, end)
    except Refused as error:
        return _page(name, roles, request.form.get("last_day", ""), refused={error.field: said(error)}), 422
    return _page(made=(name, token))


@blueprint.post("/<name>/revoke")
@may(Act.MANAGE_TOKENS)
def revoke(name: str) -> Response:
    context = web()
    try:
        tokens.revoke_token(context.storage, name, context.now(), current_user.username)
    except NotFound:
        flash(gettext("This token was revoked already."), "ok")
    else:
        flash(gettext("The token opens nothing any more."), "ok")
    return redirect(url_for("tokens.index"))


def _page(
    name: str = "",
    roles: tuple[Role, ...] = PROGRAM,
    last_day: str = "",
    refused: Mapping[str, str] | None = None,
    made: tuple[str, str] | None = None,
) -> str:
    """`refused`: what is said at which field; `made`: name and token of a new one, which no other page will show."""
    known = sorted(tokens.list_tokens(web().storage), key=lambda token: token.revoked_at is not None)
    return render_template(
        "accounts/tokens.html",
        known=known,
        all_roles=tuple(Role),
        name=name,
        roles=roles,
        last_day=last_day,
        refused=refused or {},
        made=made,
        now=web().now(),
    )
