"""Whom a campaign is for, who was left out, and why; as a page and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from hotline.domain.campaigns.campaign import LeftOut, Member, MemberState
from hotline.domain.rights.acts import Act
from hotline.domain.rights.seeing import Sight, may_see
from hotline.services import xlsx_table
from hotline.services.campaigns.view import SeenMembers, see_members
from hotline.services.shown import number_shown
from hotline.web.campaigns.labels import LEFT_OUT, MEMBERS
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.said import in_words

blueprint = Blueprint("campaign_members", __name__, url_prefix="/campaigns/<int:campaign_id>/people")

#: More go into no workbook.
_MOST = 200_000


@blueprint.get("")
@may(Act.READ_CAMPAIGNS)
def index(campaign_id: int) -> str:
    page = page_asked(request.args, MAX_PAGE)
    state, reason = _asked()
    seen = _seen(campaign_id, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return render_template(
        "campaigns/people.html",
        seen=seen,
        state=state,
        reason=reason,
        rows=[(each, _number(each, seen.sight), in_words(each.detail)) for each in seen.members],
        members=MEMBERS,
        reasons=LEFT_OUT,
        page=page,
        page_size=PAGE_SIZE,
        pages=min(max(ceil(seen.total / PAGE_SIZE), 1), MAX_PAGE),
    )


@blueprint.get("/table.xlsx")
@may(Act.RUN_CAMPAIGNS)
def table(campaign_id: int) -> Response:
    seen = _seen(campaign_id, _MOST, 0)
    header = [
        gettext("Line"),
        gettext("Name"),
        gettext("Number"),
        gettext("State"),
        gettext("Reason"),
        gettext("Detail"),
    ]
    book = xlsx_table.write((gettext("Campaign"), header, _lines(seen)))
    return xlsx_file(book, f"campaign-{campaign_id}.xlsx")


def _asked() -> tuple[MemberState, LeftOut | None]:
    state, reason = request.args.get("state", ""), request.args.get("reason", "")
    return (
        MemberState(state) if state in list(MemberState) else MemberState.LEFT_OUT,
        LeftOut(reason) if reason in list(LeftOut) else None,
    )


def _seen(campaign_id: int, limit: int, offset: int) -> SeenMembers:
    context = web()
    state, reason = _asked()
    return see_members(context.storage, campaign_id, state, reason, actor(), context.now(), limit, offset)


def _lines(seen: SeenMembers) -> Iterator[tuple[str | int, ...]]:
    for each in seen.members:
        why = str(LEFT_OUT[each.reason]) if each.reason is not None else ""
        state = str(MEMBERS[each.state].text)
        yield each.line, each.name, _number(each, seen.sight), state, why, in_words(each.detail)


def _number(member: Member, sight: Sight) -> str:
    return number_shown(member.number, may_see(sight, member.number)) if member.number else ""
