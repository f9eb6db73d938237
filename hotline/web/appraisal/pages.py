"""The month's scores: by team and person, a team's sheet, a person's card, and what each figure is made of (F3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext

from hotline.domain.appraisal.card import MaterialRow
from hotline.domain.appraisal.figures import figure_of
from hotline.domain.appraisal.scheme import FALSIFIED
from hotline.domain.months import next_month, previous_month
from hotline.domain.rights.acts import Act
from hotline.services import xlsx_table
from hotline.services.appraisal.seeing import see_card, see_month, see_rows, see_sheet
from hotline.services.appraisal.seen import SeenCard, SeenMonth, SeenRows, SeenSheet
from hotline.web.accounts.audit_shown import address_in, object_address
from hotline.web.appraisal.keys import key_of, read_key
from hotline.web.appraisal.labels import BANDS, ROW_KINDS, STATES, follows_said, points_said, words_said
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.query import month_asked
from hotline.web.kit.told.notified import notified_objects

blueprint = Blueprint("appraisal", __name__, url_prefix="/appraisal")


@blueprint.get("")
@may(Act.SEE_APPRAISAL)
def index() -> str:
    seen = _month()
    return render_template("appraisal/month.html", seen=seen, key=key_of, **_around(seen.first))


@blueprint.get("/scores.xlsx")
@may(Act.SEE_APPRAISAL)
def table() -> Response:
    seen = _month("export")
    header = [gettext("Team"), gettext("Scored person"), gettext("Score of 100"), gettext("Band"), gettext("State")]
    teams = [gettext("Team"), gettext("Score of 100"), gettext("Place"), gettext("State"), gettext("What follows")]
    book = xlsx_table.write(
        (gettext("Scores of people"), header, _people_rows(seen)), (gettext("Scores of teams"), teams, _team_rows(seen))
    )
    return xlsx_file(book, f"scores-{seen.first:%Y%m}.xlsx")


@blueprint.get("/teams/<key>")
@may(Act.SEE_APPRAISAL)
def sheet(key: str) -> str:
    first, team_id = read_key(key)
    context = web()
    seen = see_sheet(context.storage, context.settings, first, team_id, actor(), context.now())
    return render_template(
        "appraisal/sheet.html", seen=seen, key=key, key_of=key_of, evidence_address=address_of, **_sheet_around(seen)
    )


@blueprint.get("/cards/<key>")
@may(Act.SEE_APPRAISAL)
def card(key: str) -> str:
    return card_page(key)


@blueprint.get("/cards/<key>/<item>")
@may(Act.SEE_APPRAISAL)
def rows(key: str, item: str) -> str:
    first, person_id = read_key(key)
    context, page = web(), page_asked(request.args, MAX_PAGE)
    seen = see_rows(
        context.storage,
        context.settings,
        first,
        person_id,
        item,
        actor(),
        context.now(),
        PAGE_SIZE,
        (page - 1) * PAGE_SIZE,
    )
    scored = seen.card.scheme.item(item)
    return render_template(
        "appraisal/rows.html",
        seen=seen,
        key=key,
        page=page,
        item=scored,
        figure=figure_of(scored) if scored else "",
        kinds=ROW_KINDS,
        address=lambda row: row_address(seen, row),
    )


def card_page(key: str, typed: str = "") -> str:
    """`typed`: what was typed before it was refused."""
    first, person_id = read_key(key)
    context = web()
    seen = see_card(context.storage, context.settings, first, person_id, actor(), context.now())
    return render_template(
        "appraisal/card.html",
        seen=seen,
        key=key,
        key_of=key_of,
        typed=typed,
        falsified=FALSIFIED,
        objectable=_objectable(seen),
        evidence_address=address_of,
        settings=context.settings.appraisal,
        **_around(first, person_id),
    )


def address_of(object: str) -> str:
    """The page of what is named as evidence; "" where the reader may see none."""
    return address_in(notified_objects(), object) or object_address(object)


def row_address(seen: SeenRows, row: MaterialRow) -> str:
    """The page of one of what a figure is made of."""
    if row.kind == "shift":
        return url_for("adherence.index", period="month", day=seen.card.first.isoformat())
    if row.id is None:
        return ""
    if row.kind == "examination" and seen.card.own:
        return url_for("my_results.show", examination_id=row.id)
    if row.kind == "examination" and not allowed(Act.READ_RESULTS):
        return ""
    return address_of(f"{row.kind}:{row.id}")


def _objectable(seen: SeenCard) -> list[tuple[str, str]]:
    """What they may still object to, by its words."""
    before = {each.about for each in seen.objections}
    figures = [(each.item.id, words_said(each.item.words)) for each in seen.card.items if each.value is not None]
    false = [(FALSIFIED, gettext("The declaration that the data is falsified"))] if seen.falsified else []
    return [(id, words) for id, words in [*false, *figures] if id not in before]


def _month(action: str = "view") -> SeenMonth:
    context = web()
    first = month_asked(request.args, context.now())
    return see_month(context.storage, context.settings, first, actor(), context.now(), action)


def _around(first: date, id: int | None = None) -> dict[str, str]:
    before, after = previous_month(first), next_month(first)
    if id is not None:
        return {"month": f"{first:%Y-%m}", "before": key_of(before, id), "after": key_of(after, id)}
    return {"month": f"{first:%Y-%m}", "before": f"{before:%Y-%m}", "after": f"{after:%Y-%m}"}


def _sheet_around(seen: SeenSheet) -> dict[str, str]:
    return _around(seen.month.first, seen.team.team_id)


def _people_rows(seen: SeenMonth) -> Iterator[list[str | int]]:
    for team in seen.teams:
        for each in team.people:
            yield [
                team.name or gettext("No team"),
                each.name,
                points_said(each.score),
                str(BANDS[each.band].text) if each.band else "",
                str(STATES[team.state].text),
            ]


def _team_rows(seen: SeenMonth) -> Iterator[list[str | int]]:
    for team in seen.teams:
        if team.whole:
            yield [
                team.name or gettext("No team"),
                points_said(team.score),
                team.standing.place or "",
                str(STATES[team.state].text),
                "; ".join(map(follows_said, team.consequences)),
            ]
