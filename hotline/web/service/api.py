"""The service itself: whether it works, and how it is described."""

from __future__ import annotations

import logging

from flask import Response, current_app, jsonify
from flask_openapi3 import APIBlueprint, Tag
from flask_openapi3.types import ResponseDict

from hotline.services.accounts.users import count_users
from hotline.web.kit.access import public
from hotline.web.kit.answers import problem
from hotline.web.kit.context import web
from hotline.web.kit.schemas import Health

log = logging.getLogger(__name__)

_SERVICE = Tag(name="service", description="The service itself")


def register(api: APIBlueprint) -> None:
    answers: ResponseDict = {"200": Health, "503": Health, "422": problem(422)}
    api.get("/health", tags=[_SERVICE], security=[], responses=answers)(health)
    api.get("/openapi.json", doc_ui=False)(openapi_document)


@public
def health() -> tuple[Response, int]:
    """Whether this process can do its work: it reads from the database."""
    try:
        count_users(web().storage)
    except Exception:  # whatever it is, the answer to the question is no; the log has the reason
        log.exception("the database does not answer")
        return jsonify(status="failing", database="failing"), 503
    return jsonify(status="ok", database="ok"), 200


@public
def openapi_document() -> Response:
    """This document."""
    return jsonify(current_app.api_doc)  # type: ignore[attr-defined]
