"""The logs of one call: on a page and as a text."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from hotline.domain.rights.acts import Act
from hotline.services.call_logs.call_logs import MOST, lines_of_call
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web

blueprint = Blueprint("call_logs", __name__)


@blueprint.get("/calls/<int:call_id>/logs")
@may(Act.READ_LOGS)
def show(call_id: int) -> str:
    context = web()
    stored, lines = lines_of_call(context.storage, context.home, call_id, actor(), context.now())
    return render_template("call_logs/logs.html", call=stored.call, call_id=call_id, lines=lines, most=MOST)


@blueprint.get("/calls/<int:call_id>/logs.txt")
@may(Act.READ_LOGS)
def text(call_id: int) -> Response:
    context = web()
    _stored, lines = lines_of_call(context.storage, context.home, call_id, actor(), context.now())
    told = "".join(f"{line.process:<12} {line.text}\n" for line in lines)
    headers = {"Content-Disposition": f'attachment; filename="call-{call_id}.txt"', "Cache-Control": "no-store"}
    return Response(told, mimetype="text/plain", headers=headers)
