"""What the head of every page asks for once it is shown."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify

from hotline.domain.rights.acts import Act
from hotline.services.waiting import waiting_of
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.told.menu import menu_of

blueprint = Blueprint("menu", __name__)


@blueprint.get("/menu/waiting")
@may(Act.USE_OWN_ACCOUNT)
def waiting() -> Response:
    """How much waits for the reader, by what the entries of their menu count; without what nothing waits of."""
    return jsonify(waiting_of(web().storage, actor(), menu_of(current_app).waits(), web().now()))
