"""Errors as HTTP, in this one place: a designed page for people, a problem document (RFC 9457) below /api."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from flask import Flask, jsonify, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from hotline.domain.errors import Busy, HotlineError, Outdated, WrongFields
from hotline.domain.reasons import Reason, because
from hotline.services.accounts.attempts import TooFast
from hotline.settings.inputs import reason_of
from hotline.web.kit import refused
from hotline.web.kit.hosts import UnknownHost
from hotline.web.kit.link_path import by_link
from hotline.web.kit.said import said

log = logging.getLogger(__name__)

#: Kind of a HotlineError -> HTTP status. One that is not here is our fault: 500.
STATUS = {
    "not_found": 404,
    "refused": 422,
    "conflict": 409,
    "forbidden": 403,
    "pbx": 503,
    "storage": 503,
    "busy": 503,
    "store": 503,
    "unfinished_forms": 409,
    "phone_holds_itself": 409,
    "not_in_call": 409,
    "no_phone": 409,
    "phone_away": 409,
    "phone_busy": 409,
    "not_signed_in": 409,
    "too_many_requests": 429,
    "push_unavailable": 503,
}

#: Status -> what people are told: a title, and what they can do.
WORDS = {
    400: (_("This could not be understood"), _("Something in the address or form is wrong. Go back and try again.")),
    401: (_("Please sign in"), _("This needs somebody who is signed in.")),
    403: (_("Not allowed"), _("Your role does not include this page. If you need it, ask an administrator.")),
    404: (_("Not found"), _("This page or record does not exist. It may have been removed, or the address is wrong.")),
    405: (_("Not possible this way"), _("Go back and try again.")),
    409: (_("Somebody else has changed it"), _("This has changed in the meantime. Open the page again.")),
    413: (_("This is too large"), _("Split the file into several, or write less.")),
    422: (_("This was not accepted"), _("Something in the form breaks a rule.")),
    429: (_("Too many attempts"), _("Please wait a minute before you try again.")),
    500: (_("Something went wrong on our side"), _("It has been written to the log. Please try again in a moment.")),
    503: (_("Not available at the moment"), _("A part of the system does not answer. Please try again in a moment.")),
}

#: In place of the words of its status: nothing is out of order.
_BUSY = (_("This could not be counted now"), _("What you asked for stays in the address of this page."))
#: When a program may ask again, in seconds.
_BUSY_SECONDS = 5

#: For whoever set it up and meets the page first.
_UNKNOWN_HOST = _(
    "This address is not known as the hotline's. Whoever runs it names it in the settings: [web] hosts or public_url."
)

#: Kinds of problems of the API for what comes from HTTP itself; their codes are the same.
_KINDS = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    422: "refused",
    429: "too_many_requests",
}


def wants_problem() -> bool:
    """Programs talk to /api; people to everything else, but for the script of a page behind a link."""
    return request.path.startswith("/api/") or (by_link() and request.is_json)


def problem(
    status: int,
    kind: str,
    detail: str | LazyString,
    errors: Sequence[dict[str, str]] = (),
    current: object = None,
    reason: str = "",
) -> Response:
    """`errors`: each wrong input as {"field": …, "message": …}; `current`: the record that has changed meanwhile;
    `reason`: "" where the kind says all."""
    body: dict[str, object] = {
        "type": "about:blank",
        "status": status,
        "code": kind,
        "reason": reason or kind,
        "detail": str(detail),
    }
    if errors:
        body["errors"] = list(errors)
    if current is not None:
        body["current"] = current
    response = jsonify(body)
    response.status_code = status
    response.mimetype = "application/problem+json"
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="hotline"'
    return response


def page(status: int, detail: str = "") -> Response:
    title, advice = WORDS.get(status, WORDS[400 if status < 500 else 500])
    return Response(
        render_template("kit/error.html", status=status, title=title, advice=advice, detail=detail),
        status,
        mimetype="text/html",
    )


def _busy_page(detail: str) -> Response:
    title, advice = _BUSY
    again = request.full_path.rstrip("?") if request.method == "GET" else ""
    told = render_template("kit/error.html", status=503, title=title, advice=advice, told=detail, again=again)
    return Response(told, 503, mimetype="text/html")


def validation_problem(error: ValidationError) -> Response:
    """What flask-openapi3 answers with when a query or path does not fit its model."""
    errors = [
        {"field": ".".join(map(str, e["loc"])), "message": said(reason_of(e))} for e in error.errors(include_url=False)
    ]
    detail = "; ".join(f"{e['field']}: {e['message']}" if e["field"] else e["message"] for e in errors)
    return problem(422, "refused", detail, errors, reason="input")


def _hotline_error(error: HotlineError) -> Response:
    status = STATUS.get(error.kind, 500)
    if status == 500:
        log.error("an error without a status: %s", error, exc_info=error)
    if status == 403:
        refused.note()
    current = error.current if isinstance(error, Outdated) else None
    words = said(error)
    answer = (
        problem(status, error.kind, words, _wrong_inputs(error, words), current, error.code)
        if wants_problem()
        else _busy_page(words)
        if isinstance(error, Busy)
        else page(status, words)
    )
    if isinstance(error, TooFast):
        answer.headers["Retry-After"] = str(error.wait_seconds)
    elif isinstance(error, Busy):
        answer.headers["Retry-After"] = str(_BUSY_SECONDS)
    return answer


def _wrong_inputs(error: HotlineError, words: str) -> list[dict[str, str]]:
    if isinstance(error, WrongFields):
        return errors_of(error)
    return [{"field": error.field, "message": words}] if error.field else []


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if status == 403:
        refused.note()
    told = _UNKNOWN_HOST if isinstance(error, UnknownHost) else ""
    shown = (
        problem(status, _KINDS.get(status, "error"), told or _in_words(status))
        if wants_problem()
        else page(status, told)
    )
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            shown.headers.setdefault(name, value)
    return shown


def _in_words(status: int) -> str:
    if status == 401:
        return said(because("accounts.bearer"))
    title, advice = WORDS.get(status, WORDS[400 if status < 500 else 500])
    return f"{title}. {advice}"


def _csrf_error(error: CSRFError) -> Response:
    if wants_problem():
        return problem(400, "csrf", said(because("accounts.csrf")))
    return page(400, _("The form was open too long, or cookies are switched off. Open it again and send it once more."))


def _unforeseen(error: Exception) -> Response:
    address = request.url_rule if by_link() else request.path  # no log may have the secret of a link
    log.error("%s %s failed", request.method, address, exc_info=error)
    return problem(500, "error", said(because("machine.server_error"))) if wants_problem() else page(500)


def install(app: Flask) -> None:
    app.register_error_handler(HotlineError, _hotline_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unforeseen)


def errors_of(error: WrongFields) -> list[dict[str, str]]:
    """Each wrong field with what is wrong, in words."""
    return [{"field": field, "message": said(Reason(f"forms.{problem}"))} for field, problem in error.problems.items()]
