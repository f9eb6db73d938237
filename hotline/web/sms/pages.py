"""The administrators' page of text messages, and where the gateway reports. Without a gateway there is none."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain import numbers
from hotline.domain.errors import Refused
from hotline.domain.rights.acts import Act
from hotline.domain.sms.message import text_of
from hotline.services.sms import administration
from hotline.services.sms.reports import take_reports
from hotline.services.sms.sms import sms_offered
from hotline.web.kit.access import may, signed
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import said

blueprint = Blueprint("sms", __name__)


def install(app: Flask) -> None:
    app.jinja_env.globals.update(sms_offered=lambda: sms_offered(web().settings))


@blueprint.get("/admin/sms")
@may(Act.MANAGE_TEXT_MESSAGES)
def index() -> str:
    context = web()
    seen = administration.see_messages(context.storage, context.settings, actor(), context.now())
    templates = context.settings.sms.templates
    texts = {
        each.id: text_of(templates[each.template].text, each.parameters) if each.template in templates else ""
        for each in seen.messages
    }
    return render_template(
        "sms/index.html", seen=seen, texts=texts, templates=templates, mask=numbers.mask, dialled=numbers.as_dialled
    )


@blueprint.post("/admin/sms/test")
@may(Act.MANAGE_TEXT_MESSAGES)
def test() -> Response:
    context, template = web(), request.form.get("template", "")
    declared = context.settings.sms.templates.get(template)
    given = {name: request.form.get(f"{template}.{name}", "") for name in declared.parameters} if declared else {}
    try:
        administration.send_test(
            context.storage, context.settings, request.form.get("number", ""), template, given, actor(), context.now()
        )
    except Refused as error:
        flash(said(error), "bad")
    else:
        flash(gettext("The message waits to be sent; at night it waits until the morning."), "ok")
    return redirect(url_for("sms.index"))


@blueprint.post("/admin/sms/do-not-send")
@may(Act.MANAGE_TEXT_MESSAGES)
def bar() -> Response:
    """`remove`: the number may be sent messages again."""
    context, number = web(), request.form.get("number", "")
    change = administration.unbar_number if "remove" in request.form else administration.bar_number
    try:
        change(context.storage, context.settings, number, actor(), context.now())
    except Refused as error:
        flash(said(error), "bad")
    return redirect(url_for("sms.index"))


@blueprint.post("/l/sms/reports")
@signed
def reports() -> Response:
    """Below the path that a proxy opens to others: the gateway stands outside."""
    context, told = web(), request.headers
    taken = take_reports(
        context.storage,
        context.settings,
        told.get("Hotline-Key", ""),
        told.get("Hotline-Time", ""),
        told.get("Hotline-Signature", ""),
        request.get_data(),
        context.now(),
    )
    return jsonify(taken=taken)
