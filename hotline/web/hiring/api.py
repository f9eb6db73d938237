"""Operators are hired and leave, and phones get new passwords, by programs; as on the pages (业务电话 12)."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel

from hotline.domain.rights.acts import Act
from hotline.services.hiring import changes, hiring, leaving
from hotline.web.hiring.schemas import (
    ExtensionPath,
    HiredOperator,
    LeaveBody,
    LeavingOperator,
    NewOperatorBody,
    RenewedPhonePassword,
    asterisk_told,
    renewed,
)
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web

_HIRING = Tag(name="hiring", description="Operators who are hired and leave")


def register(api: APIBlueprint) -> None:
    one = "/operators/<extension>"
    api.post("/operators", tags=[_HIRING], **stated(HiredOperator, 409, status=201))(hire_operator)
    api.post(f"{one}/phone-password", tags=[_HIRING], **stated(RenewedPhonePassword, 404))(renew_phone_password)
    api.post(f"{one}/leave", tags=[_HIRING], **stated(LeavingOperator, 404, 409))(operator_leaves)
    api.delete(f"{one}/leave", tags=[_HIRING], **stated(None, 404))(operator_stays)


def _answer(told: BaseModel, status: int = 200) -> Response:
    return Response(told.model_dump_json(), status, mimetype="application/json")


@may_api(Act.HIRE_OPERATORS)
def hire_operator(body: NewOperatorBody) -> Response:
    """Account, person, extension, phone and queues, all of it or nothing; in force at once."""
    context = web()
    hired = hiring.hire(context.exchange, actor(), body.written(), context.now())
    told = HiredOperator(
        username=hired.user.username,
        password=hired.password,
        extension=hired.extension,
        phone_password=hired.phone_password,
        asterisk=asterisk_told(hired.applied),
    )
    return _answer(told, 201)


@may_api(Act.HIRE_OPERATORS)
def renew_phone_password(path: ExtensionPath) -> Response:
    """A new password for this operator's phone."""
    context = web()
    given = changes.renew_phone_password(context.exchange, actor(), path.extension, context.now())
    return _answer(renewed(given.account, given.applied))


@may_api(Act.HIRE_OPERATORS)
def operator_leaves(path: ExtensionPath, body: LeaveBody) -> Response:
    """What is theirs goes to the successor; account, sessions, phone and extension end."""
    context = web()
    left = leaving.leave(context.exchange, actor(), path.extension, body.successor, body.at, context.now())
    applied = asterisk_told(left.applied) if left.applied else None
    return _answer(LeavingOperator(done=left.done, at=left.at, asterisk=applied))


@may_api(Act.HIRE_OPERATORS)
def operator_stays(path: ExtensionPath) -> Response:
    """They do not leave after all."""
    context = web()
    leaving.stay(context.exchange, actor(), path.extension, context.now())
    return Response(status=204)
