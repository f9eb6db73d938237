"""The ledger: every call, newest first, with filters and paging."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from hotline.domain.calls.call import Outcome
from hotline.domain.calls.ledger import LEDGER_DIRECTIONS
from hotline.domain.rights.acts import Act
from hotline.services.calls.ledger import find_calls
from hotline.web.calls import labels, query
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed, allowed_ever
from hotline.web.kit.context import web
from hotline.web.kit.paging import PAGE_SIZE, pages_of
from hotline.web.kit.shown import has_extension, may_visit
from hotline.web.kit.who import asked_operators

blueprint = Blueprint("ledger", __name__)


@blueprint.get("/")
@may(Act.USE_OWN_ACCOUNT)
def index() -> Response:
    """Each begins where their work is: by the table of rights, else at the calls, and who sees none of them at the
    directory."""
    return redirect(url_for(_first_page()))


#: The acts of the table of rights that say where somebody begins, the first that fits; the console asks for more.
_FIRST_PAGES = (
    (Act.BEGIN_AT_FLOOR, "floor.index"),
    (Act.BEGIN_AT_EXAMINATIONS, "quality.examinations"),
    (Act.BEGIN_AT_ACCOUNTS, "people.index"),
)


def _first_page() -> str:
    if allowed_ever(Act.BEGIN_AT_CONSOLE) and has_extension():
        return "console.index"
    others = next((page for act, page in _FIRST_PAGES if allowed_ever(act)), "ledger.calls")
    return others if may_visit(others) else "directory.index"


@blueprint.get("/calls")
@may(Act.READ_LEDGER)
def calls() -> str:
    """The page; for htmx only its table, so that calls in progress go on without a reload."""
    context = web()
    settings = context.settings
    wanted = query.read(request.args, settings.lines, allowed(Act.SEARCH_NUMBER_PARTS), allowed(Act.SEARCH_NUMBERS))
    again = bool(request.headers.get("HX-Request"))
    # The renewed table shows what was looked for before.
    caller = "" if again else wanted.values["caller"]
    found = find_calls(context.storage, wanted.filter, PAGE_SIZE, wanted.offset, actor(), context.now(), caller)
    return render_template(
        "calls/ledger_table.html" if again else "calls/ledger.html",
        query=wanted,
        found=found,
        pages=pages_of(found.total, found.more, wanted.page, len(found.calls)),
        outcomes=tuple(Outcome),
        directions=LEDGER_DIRECTIONS,
        lines=settings.lines,
        people=list(asked_operators().items()),
        rated=labels.RATED if allowed(Act.SEE_RATINGS) else {},
        live=wanted.page == 1,
        now=context.now(),
    )
