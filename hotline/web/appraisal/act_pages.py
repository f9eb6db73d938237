"""Signing, closing, reopening a month; objections and their decisions; declarations that data is falsified."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.appraisal.month import TEAM
from hotline.domain.appraisal.objection import ObjectionDecision
from hotline.domain.ids import MAX_ID, parse_id
from hotline.domain.rights.acts import Act
from hotline.services.appraisal import falsified, months, objections
from hotline.web.appraisal.keys import read_key
from hotline.web.appraisal.pages import card_page
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import flashed

blueprint = Blueprint("appraisal_acts", __name__, url_prefix="/appraisal")

#: Of what is typed so much is looked at; more is refused by its length.
_MOST = 10_000


@blueprint.post("/teams/<key>/sign")
@may(Act.SIGN_APPRAISAL)
def sign(key: str) -> Response:
    first, team_id = read_key(key)
    context = web()
    with flashed():
        signed = months.sign(context.storage, context.settings, first, team_id, actor(), context.now())
        flash(gettext("Signed: version %(n)s.", n=signed.version), "ok")
    return _to_sheet(key)


@blueprint.post("/teams/<key>/close")
@may(Act.CLOSE_APPRAISAL)
def close(key: str) -> Response:
    first, team_id = read_key(key)
    context = web()
    with flashed():
        months.close(context.storage, context.settings, first, team_id, actor(), context.now())
        flash(gettext("Closed; everybody in it is told."), "ok")
    return _to_sheet(key)


@blueprint.post("/teams/<key>/reopen")
@may(Act.REOPEN_APPRAISAL)
def reopen(key: str) -> Response:
    first, team_id = read_key(key)
    context = web()
    with flashed():
        months.reopen(context.storage, first, team_id, _typed("reason"), actor(), context.now())
        flash(gettext("Reopened; everybody in it is told."), "ok")
    return _to_sheet(key)


@blueprint.post("/teams/<key>/falsified")
@may(Act.DECLARE_FALSIFIED)
def declare(key: str) -> Response:
    first, team_id = read_key(key)
    context = web()
    whose = request.form.get("person", "")
    person_id = TEAM if whose == "team" else parse_id(whose) or MAX_ID
    with flashed():
        falsified.declare_falsified(
            context.storage,
            context.settings,
            first,
            team_id,
            person_id,
            _typed("evidence"),
            _typed("note"),
            actor(),
            context.now(),
        )
        flash(gettext("Declared; whom it is about is told."), "ok")
    return _to_sheet(key)


@blueprint.post("/teams/<key>/falsified/<int:declaration_id>/withdraw")
@may(Act.DECLARE_FALSIFIED)
def withdraw(key: str, declaration_id: int) -> Response:
    read_key(key)
    context = web()
    with flashed():
        falsified.withdraw(context.storage, context.settings, declaration_id, actor(), context.now())
        flash(gettext("Withdrawn."), "ok")
    return _to_sheet(key)


@blueprint.post("/cards/<key>/object")
@may(Act.OBJECT_TO_APPRAISAL)
def object_to(key: str) -> Response | tuple[str, int]:
    """What was typed is kept where it is refused."""
    first, _person_id = read_key(key)
    context, item, reason = web(), request.form.get("item", "")[:64], _typed("reason")
    with flashed():
        objections.object_to(context.storage, context.settings, first, item, reason, actor(), context.now())
        flash(gettext("Your objection is made; an examiner decides."), "ok")
        return redirect(url_for("appraisal.card", key=key))
    return card_page(key, reason), 422


@blueprint.post("/cards/<key>/objections/<int:objection_id>")
@may(Act.DECIDE_OBJECTION)
def decide(key: str, objection_id: int) -> Response:
    read_key(key)
    context = web()
    granted = request.form.get("decision") == ObjectionDecision.GRANTED.value
    decision = ObjectionDecision.GRANTED if granted else ObjectionDecision.REJECTED
    with flashed():
        objections.decide(
            context.storage, context.settings, objection_id, decision, _typed("note"), actor(), context.now()
        )
        flash(gettext("Decided; they are told."), "ok")
    return redirect(url_for("appraisal.card", key=key))


def _typed(name: str) -> str:
    return request.form.get(name, "")[:_MOST]


def _to_sheet(key: str) -> Response:
    return redirect(url_for("appraisal.sheet", key=key))
