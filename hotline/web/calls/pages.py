"""The ledger: every call, newest first, with filters and paging."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from hotline.domain import numbers
from hotline.domain.calls.call import Outcome
from hotline.domain.calls.ledger import CallPage
from hotline.domain.people import Role
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.web.calls import query
from hotline.web.kit.access import any_role
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE
from hotline.web.kit.shown import sees_whole_numbers

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
    found = _search(wanted)
    template = "calls/ledger_table.html" if request.headers.get("HX-Request") else "calls/ledger.html"
    return render_template(
        template,
        query=wanted,
        found=found,
        pages=min(max(ceil(found.total / PAGE_SIZE), 1), MAX_PAGE),
        outcomes=tuple(Outcome),
        lines=settings.lines,
        people=[(extension, f"{operator.name} {extension}") for extension, operator in settings.operators.items()],
        live=wanted.page == 1,
        now=context.now(),
    )


def _search(wanted: query.LedgerQuery) -> CallPage:
    """Whoever looks for a caller's number looks at a person: that goes into the audit log (F8)."""
    context = web()
    caller = wanted.values["caller"]
    by_caller = bool(caller) and not request.headers.get("HX-Request")
    with context.storage.writing() if by_caller else context.storage.reading() as tx:
        if by_caller:
            term = f"caller:{numbers.search_term(caller)}"
            AuditLog(tx).add(context.now(), current_user.username, "ledger.search", term)
        return CallStore(tx).search(wanted.filter, PAGE_SIZE, wanted.offset)
