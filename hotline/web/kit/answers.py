"""What the document says of an operation's answers and of who may call it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

_SESSION_OR_TOKEN: list[dict[str, list[Any]]] = [{"token": []}, {"session": []}]

#: What an answer of each status means, wherever it is given.
_MEANINGS = {
    400: "A change by a session came without its CSRF token (header X-CSRFToken)",
    401: "Neither a session nor a valid token",
    403: "The role does not include this, or the first password is still to be changed",
    404: "There is none",
    405: "An id with a slash in it led to another operation's address, which does not take this method",
    409: "It has changed in the meantime; `current` has what it is now, where it is a record",
    413: "The body is too large",
    416: "The range lies outside the recording",
    422: "The input does not fit; `errors` says which and what was expected",
    429: "Too many bad tokens came from this address",
    503: "Asterisk or the database does not answer; `busy`: others' reports go first, or it takes too long",
}

#: What any operation may answer.
_ALWAYS = (400, 401, 403, 405, 413, 422, 429, 503)


def problem(status: int) -> dict[str, object]:
    """The answer of this status as the document has it."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": _MEANINGS[status], "content": {"application/problem+json": {"schema": schema}}}


def stated(ok: type[BaseModel] | dict[str, Any] | None, *problems: int, status: int = 200) -> dict[str, Any]:
    """Keyword arguments of api.get, post, put and delete for a view of `may_api`.

    `ok`: the model of the answer (None: without content, then `status` is 204). `problems`: statuses beyond those
    that every operation may have: 404, 409…
    """
    answer = {"description": "Done"} if ok is None else ok
    known = {str(code): problem(code) for code in sorted({*_ALWAYS, *problems})}
    return {"security": _SESSION_OR_TOKEN, "responses": {str(204 if ok is None else status): answer, **known}}
