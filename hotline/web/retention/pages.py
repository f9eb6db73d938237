"""What is deleted next (E2), legal holds, and the register of what was deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.errors import Conflict, Refused
from hotline.domain.reasons import Reason
from hotline.domain.retention.deletion import DeletionCandidate, DeletionFilter
from hotline.domain.retention.retention import KeptWhy
from hotline.domain.rights.acts import Act
from hotline.domain.time import SHANGHAI
from hotline.services.retention import deletion_register, expiry, expiry_by_hand, holds
from hotline.web.kit import query
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.asked import whole
from hotline.web.kit.context import web
from hotline.web.kit.downloads import table_file, table_route
from hotline.web.kit.paging import page_asked
from hotline.web.kit.said import flashed, said

blueprint = Blueprint("retention", __name__)

PAGE_SIZE = 50
MAX_PAGE = 20_000

#: Why a call's recordings stay.
WHYS = {
    KeptWhy.NOT_ENDED: _("The call has not ended."),
    KeptWhy.OPEN: _("A callback or a case of the call is still open."),
    KeptWhy.HOLD: _("On legal hold."),
    KeptWhy.CATEGORY: _("Longer than others, by the category of its log form."),
    KeptWhy.TERM: _("For the legal minimum term."),
    KeptWhy.OVER: _("Its retention term is over: it may be deleted."),
}


@blueprint.get("/keeping/retention")
@may(Act.READ_RETENTION)
def index() -> str:
    """The dry run: what may go, and why."""
    context = web()
    settings, page = context.settings.retention, page_asked(request.args, MAX_PAGE)
    asked = expiry_by_hand.asked_deletions(context.storage, actor(), context.now())
    found = expiry.due_list(context.storage, settings.terms, actor(), context.now(), PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return render_template(
        "retention/retention.html",
        found=found,
        asked=asked,
        me=actor().name,
        two_people=context.settings.settings.two_people,
        settings=settings,
        years_of=_years_of,
        at_once=expiry_by_hand.MOST_AT_ONCE,
        page=page,
        pages=_pages(found.count),
        categories=context.settings.categories,
    )


@blueprint.post("/keeping/retention/delete")
@may(Act.DELETE_EXPIRED)
def delete_due() -> AnyResponse:
    """What was shown as due, with a reason, and only with the box ticked."""
    context, asked = web(), request.form
    if asked.get("sure") != "yes":
        flash(gettext("Please tick that you have read what will be deleted."), "bad")
        return redirect(url_for("retention.index"))
    with flashed():
        done = expiry_by_hand.delete_due(
            context.storage,
            context.files,
            context.settings.retention.terms,
            context.settings.settings.two_people,
            whole(asked.get("count", "")) or 0,
            asked.get("reason", ""),
            actor(),
            context.now(),
        )
        if done.expired is not None:
            _tell_deleted(done.expired)
        else:
            flash(gettext("Asked for: it is deleted when a second person has agreed, within seven days."), "ok")
    return redirect(url_for("retention.index"))


@blueprint.post("/keeping/retention/asked/<int:asked_id>/<any(agree, refuse):answer>")
@may(Act.DELETE_EXPIRED)
def answer_asked(asked_id: int, answer: str) -> AnyResponse:
    """What somebody else wants deleted is, or is not; one's own is taken back."""
    context = web()
    with flashed():
        expired = expiry_by_hand.answer_asked(
            *(context.storage, context.files, context.settings.retention.terms, asked_id, answer == "agree"),
            actor(),
            context.now(),
        )
        if expired is not None:
            _tell_deleted(expired)
        else:
            flash(gettext("It is not deleted."), "ok")
    return redirect(url_for("retention.index"))


def _tell_deleted(expired: expiry.Expired) -> None:
    flash(gettext("Deleted and written into the register: %(n)s recordings.", n=expired.deleted), "ok")
    if expired.kept:
        flash(gettext("%(n)s recordings stay: something keeps them by now.", n=expired.kept), "info")


@blueprint.get("/keeping/holds")
@may(Act.READ_RETENTION)
def all_holds() -> str:
    context = web()
    every, page = request.args.get("state") == "all", page_asked(request.args, MAX_PAGE)
    found = holds.find_holds(context.storage, not every, actor(), context.now(), PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return render_template(
        "retention/holds.html", found=found, every=every, now=context.now(), page=page, pages=_pages(found.total)
    )


@blueprint.post("/calls/<int:call_id>/hold")
@may(Act.HOLD_CALLS)
def hold(call_id: int) -> AnyResponse:
    context = web()
    problems: dict[str, str] = {}
    last_day = query.day(request.form.get("until", "")[:20], "until", problems)
    until = query.midnight(last_day + timedelta(days=1)) if last_day else None
    try:
        if problems:
            raise Refused("retention.hold_until", field="until")
        holds.set_hold(context.storage, call_id, request.form.get("reason", ""), until, actor(), context.now())
        flash(gettext("The recordings of this call stay, whatever their time."), "ok")
    except (Conflict, Refused) as error:
        flash(said(error), "bad")
    return redirect(url_for("call.show", call_id=call_id))


@blueprint.post("/keeping/holds/<int:hold_id>/lift")
@may(Act.HOLD_CALLS)
def lift(hold_id: int) -> AnyResponse:
    context = web()
    try:
        holds.lift_hold(context.storage, hold_id, actor(), context.now())
        flash(gettext("The hold is lifted. From now on the recordings stay as long as others."), "ok")
    except Conflict as error:
        flash(said(error), "bad")
    return redirect(url_for("retention.all_holds"))


@blueprint.get("/keeping/deletions")
@may(Act.READ_RETENTION)
def deletions() -> str:
    """The register of what was deleted."""
    context = web()
    wanted, values, problems = _asked(request.args)
    page = page_asked(request.args, MAX_PAGE)
    found = deletion_register.search(context.storage, wanted, actor(), context.now(), PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return render_template(
        "retention/deletions.html",
        found=found,
        values=values,
        problems=problems,
        page=page,
        active={name: value for name, value in values.items() if value},
        pages=_pages(found.total),
    )


@table_route(blueprint, "/keeping/deletions/export", plain_too=True)
@may(Act.EXPORT_DELETIONS)
def export_deletions(ending: str) -> Response:
    """What the filter finds, as a table."""
    context = web()
    lines = deletion_register.export(context.storage, _asked(request.args)[0], actor(), context.now(), why_deleted)
    return table_file(lines, f"deleted-recordings-{context.now():%Y%m%d}", ending)


@blueprint.app_template_global()
def why_kept(why: KeptWhy) -> str:
    return str(WHYS[why])


@blueprint.app_template_filter()
def why_deleted(why: Reason) -> str:
    """The register's reason (hotline.services.retention.expiry), the category by its name."""
    category = web().settings.categories.get(str(why.values.get("category", "")))
    return said(replace(why, values={**why.values, "category": category.name}) if category else why)


@blueprint.app_template_filter()
def last_day(until: datetime | None) -> str:
    """2029-03-11: the last day, in Shanghai, of a term that ends at the midnight after it."""
    return f"{(until - timedelta(seconds=1)).astimezone(SHANGHAI):%Y-%m-%d}" if until else ""


def _asked(args: Mapping[str, str]) -> tuple[DeletionFilter, dict[str, str], dict[str, str]]:
    values = {name: query.clean(args.get(name, "")) for name in ("since", "until", "q")}
    problems: dict[str, str] = {}
    since = query.day(values["since"], "since", problems)
    until = query.day(values["until"], "until", problems)
    end = query.midnight(until + timedelta(days=1)) if until else None
    return DeletionFilter(query.midnight(since), end, values["q"]), values, problems


def _years_of(candidate: DeletionCandidate) -> int:
    return web().settings.retention.terms.of(candidate.kept.category)


def _pages(total: int) -> int:
    return min(max(ceil(total / PAGE_SIZE), 1), MAX_PAGE)
