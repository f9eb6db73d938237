"""The ledger: every call, newest first, with filters and paging."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from hotline.domain.calls.call import Outcome
from hotline.domain.people import Role
from hotline.services.calls.ledger import find_calls
from hotline.web.calls import query
from hotline.web.kit.access import any_role
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE
from hotline.web.kit.shown import sees_whole_numbers
from hotline.web.kit.who import asked_operators

blueprint = Blueprint("ledger", __name__)


@blueprint.get("/")
@any_role
def index() -> Response:
    """Whoever takes calls begins at the console, all others at the calls."""
    takes_calls = current_user.has_role(Role.OPERATOR) and current_user.user.extension
    return redirect(url_for("console.index" if takes_calls else "ledger.calls"))


@blueprint.get("/calls")
@any_role
def calls() -> str:
    """The page; for htmx only its table, so that calls in progress go on without a reload."""
    context = web()
    settings = context.settings
    wanted = query.read(request.args, settings.lines, sees_whole_numbers())
    again = bool(request.headers.get("HX-Request"))
    # The renewed table shows what was looked for before.
    caller = "" if again else wanted.values["caller"]
    found = find_calls(context.storage, wanted.filter, PAGE_SIZE, wanted.offset, actor(), context.now(), caller)
    return render_template(
        "calls/ledger_table.html" if again else "calls/ledger.html",
        query=wanted,
        found=found,
        pages=min(max(ceil(found.total / PAGE_SIZE), 1), MAX_PAGE),
        outcomes=tuple(Outcome),
        lines=settings.lines,
        people=list(asked_operators().items()),
        live=wanted.page == 1,
        now=context.now(),
    )
