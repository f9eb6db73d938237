"""The calendar feed of somebody's own shifts: phones fetch it by its secret address, without an account."""

from __future__ import annotations

from flask import Blueprint, Response

from hotline.domain.accounts.attempts import Guessed
from hotline.domain.errors import NotFound
from hotline.services.shifts.feed import read_feed
from hotline.web.kit import limits
from hotline.web.kit.access import public
from hotline.web.kit.context import web

blueprint = Blueprint("shift_feed", __name__, url_prefix="/l/shifts")


@blueprint.get("/<secret>.ics")
@public
def show(secret: str) -> Response:
    with limits.guessing(Guessed.LINK, NotFound):
        found = read_feed(web().storage, web().settings, secret, web().now())
    return Response(found, mimetype="text/calendar", headers={"Cache-Control": "no-store"})
