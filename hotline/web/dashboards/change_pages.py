"""The page on which tiles are chosen: nothing is kept before it is saved, and all of it works without scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from hotline.domain.dashboards.dashboard import Dashboard, Place
from hotline.domain.dashboards.tile import Tile, TileKind, read_tile
from hotline.domain.errors import Conflict, Refused
from hotline.domain.ids import parse_id, parse_place
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.period import Period
from hotline.domain.reports.scope import Axis
from hotline.domain.rights.acts import Act, may_ever
from hotline.domain.rules.registry import RULES
from hotline.services.dashboards import dashboards
from hotline.services.dashboards.dashboards import SeenDashboard
from hotline.services.reports import report_pages
from hotline.services.reports.report_pages import Choices
from hotline.web.dashboards.shown import PLACES, of_shown
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.rules import in_language
from hotline.web.kit.said import flashed, said
from hotline.web.reports.asked import PRESETS

blueprint = Blueprint("dashboard_changes", __name__, url_prefix="/dashboards/change")


@dataclass(frozen=True)
class Draft:
    """What stands on the page, not kept yet. `what`, `of`: of the tile that is to be added. `focus`: what was done
    last, and where; `problem`: why it was refused."""

    shown: Dashboard
    version: int
    what: str = ""
    of: str = ""
    focus: tuple[str, int] = ("", -1)
    problem: str = ""


@blueprint.get("/<string:place>")
@may(Act.KEEP_DASHBOARD)
def show(place: str) -> str:
    seen = _seen(place)
    return _page(seen, Draft(seen.kept.shown, seen.kept.version))


@blueprint.post("/<string:place>")
@may(Act.KEEP_DASHBOARD)
def change(place: str) -> Response | str | tuple[str, int]:
    """`act`: save, add; up:3, down:3, remove:3 with the tile's place from 0."""
    seen = _seen(place)
    version = parse_id(request.form.get("version", "")) or 0
    draft = Draft(seen.kept.shown, version, _typed("what"), _typed("of"))
    try:
        draft = replace(draft, shown=_typed_board())
        act, _, at = request.form.get("act", "").partition(":")
        if act == "save":
            return _save(seen, draft)
        draft = _changed(draft, act, parse_place(at))
    except (Refused, Conflict) as error:
        return _page(seen, replace(draft, problem=said(error))), 409 if isinstance(error, Conflict) else 422
    return _page(seen, draft)


@blueprint.post("/<string:place>/back")
@may(Act.KEEP_DASHBOARD)
def back(place: str) -> Response:
    seen = _seen(place)
    with flashed():
        dashboards.drop(web().storage, seen.kept.place, actor(), web().now())
        flash(gettext("Set back."), "ok")
    return redirect(url_for(".show", place=place))


def _seen(place: str) -> SeenDashboard:
    if place not in set(Place):
        raise NotFound
    return dashboards.to_be_changed(web().storage, Place(place), actor())


def _save(seen: SeenDashboard, draft: Draft) -> Response:
    context, place = web(), seen.kept.place
    dashboards.keep(context.storage, place, draft.shown, draft.version, actor(), context.now())
    flash(gettext("Saved."), "ok")
    return redirect(url_for("dashboards.index") if place is Place.OWN else url_for(".show", place=place.value))


def _changed(draft: Draft, act: str, at: int | None) -> Draft:
    if act == "add":
        added = draft.shown.with_tile(read_tile(f"{draft.what}:{draft.of}".rstrip(":")))
        return replace(draft, shown=added, focus=("add", len(added.tiles) - 1))
    if at is None:
        return draft
    match act:
        case "up":
            return replace(draft, shown=draft.shown.moved(at, at - 1), focus=("up", max(at - 1, 0)))
        case "down":
            to = min(at + 1, len(draft.shown.tiles) - 1)
            return replace(draft, shown=draft.shown.moved(at, to), focus=("down", to))
        case "remove":
            return replace(draft, shown=draft.shown.without(at), focus=("remove", at))
        case _:
            return draft


def _typed_board() -> Dashboard:
    """Raises Refused."""
    period = request.form.get("period", "")
    if period not in set(Period):
        raise Refused("dashboards.period", field="period")
    return Dashboard(Period(period), tuple(read_tile(code) for code in request.form.getlist("tile")))


def _typed(name: str) -> str:
    return request.form.get(name, "")[:120]


def _page(seen: SeenDashboard, draft: Draft) -> str:
    context = web()
    known = report_pages.choices(context.storage, context.settings, actor())
    names = {Axis.LINE: known.lines, Axis.QUEUE: known.queues, Axis.PERSON: known.people, Axis.SUBJECT: known.subjects}
    return render_template(
        "dashboards/change.html",
        seen=seen,
        place=seen.kept.place,
        places={place: PLACES[place] for place in seen.places},
        draft=draft,
        tiles=[_titled(tile, names) for tile in draft.shown.tiles],
        periods={each: text for each, text in PRESETS.items() if each is not Period.DAYS},
        figures=_figures(seen.kept.place),
        narrowings=_narrowings(seen.kept.place, known),
        on_wall=seen.kept.place is Place.WALLBOARD,
    )


def _titled(tile: Tile, names: Mapping[Axis, Mapping[str, str]]) -> tuple[str, str, str]:
    return tile.code, in_language(tile.title), of_shown(tile, names)


def _figures(place: Place) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """By group, codes and titles: those that this reader sees, or anybody."""
    own = place is Place.OWN and not report_pages.sees_all(actor())
    figures = [
        (f"figure:{each.name}", in_language(Tile(TileKind.FIGURE, each.name).title))
        for each in FIGURES.values()
        if not own or Axis.PERSON in each.axes
    ]
    rules = [(f"rule:{each.id}", f"{each.id} {in_language(each.title)}") for each in RULES.values()]
    groups = [(gettext("Figures"), figures)]
    return [*groups, (gettext("Rules"), rules)] if may_ever(Act.SEE_VERDICTS, actor().roles) else groups


def _narrowings(place: Place, known: Choices) -> Sequence[tuple[str, Mapping[str, str]]]:
    groups = [
        (gettext("Line"), Axis.LINE, known.lines),
        (gettext("Queue"), Axis.QUEUE, known.queues),
        (gettext("Employee"), Axis.PERSON, known.people if place is not Place.WALLBOARD else {}),
        (gettext("Subject"), Axis.SUBJECT, known.subjects),
    ]
    return [(title, {f"{axis}:{key}": name for key, name in each.items()}) for title, axis, each in groups if each]
