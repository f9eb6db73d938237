"""The way through the menus as a page and a workbook: who entered, mis-keyed and left, and where callers got to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.scope import Value
from hotline.domain.rights.acts import Act
from hotline.domain.time import minute_text
from hotline.services import xlsx_table
from hotline.services.reports import menu_page, report_pages
from hotline.services.reports.menu_page import BY_CHOICE, BY_MENU, WHOLE, SeenMenu, SeenMenus, SeenVersion
from hotline.services.xlsx_table import Cell
from hotline.web.calls.labels import target_name
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.in_turn import in_turn
from hotline.web.reports.asked import NO_MENU, PRESETS, AskedReport, read_asked
from hotline.web.reports.shown import moved, of_how_many, said, shown

blueprint = Blueprint("menu_report", __name__, url_prefix="/reports/menus")

#: How each hearing of a menu ended: what the chart stacks.
_DRAWN = ("menu_pressed", "menu_missed", "menu_silent", "menu_left", "menu_broken")

#: The figures' titles are long: above the columns of a table they are said short.
_COLUMNS = {
    "menu_entered": _("Entered"),
    "menu_heard": _("Heard"),
    "menu_pressed": _("Keys"),
    "menu_missed": _("Mis-pressed"),
    "menu_missed_rate": _("Mis-pressed"),
    "menu_silent": _("No key"),
    "menu_timed_out": _("Put through after no key"),
    "menu_left": _("Hung up in it"),
    "menu_broken": _("Broken off"),
    "menu_choices": _("Calls that pressed it"),
    "menu_left_after": _("Hung up right after"),
    "menu_to_people": _("To people"),
    "menu_to_voicemail": _("To voicemail"),
    "menu_to_end": _("Served"),
    "menu_to_hang_up": _("Hung up"),
    "choice_to_people": _("To people"),
    "choice_to_voicemail": _("To voicemail"),
    "choice_to_end": _("Served"),
    "choice_to_hang_up": _("Hung up"),
}


@blueprint.get("")
@may(Act.SEE_REPORTS)
@in_turn
def index() -> str:
    asked, known, seen = _seen()
    return render_template(
        "reports/menus.html",
        asked=asked,
        known=known,
        seen=seen,
        presets=PRESETS,
        figures=FIGURES,
        columns=_COLUMNS,
        whole=WHOLE,
        by_menu=BY_MENU,
        by_choice=BY_CHOICE,
        said=said,
        shown=shown,
        moved=moved,
        of_how_many=of_how_many,
        menu_said=menu_said,
        no_menu=NO_MENU,
        target_said=target_said,
        version_said=version_said,
        preset_address=lambda code: url_for("menu_report.index", **_preset(asked, code)),
        book_address=url_for("menu_report.workbook", **asked.active),
        rows_address=lambda figure, **more: url_for("reports.rows", figure=figure, **{**asked.active, **more}),
        narrowed=lambda **more: url_for("menu_report.index", **{**asked.active, **more}),
        data=chart_data(seen),
    )


@blueprint.get("/table.xlsx")
@may(Act.SEE_REPORTS)
@in_turn
def workbook() -> Response:
    asked, _known, seen = _seen()
    return xlsx_file(
        xlsx_table.write(
            (gettext("Menus"), [gettext("Menu"), *_titles(BY_MENU)], _menu_lines(seen)),
            (
                gettext("Keys"),
                [gettext("Menu"), gettext("Key"), gettext("Leads to"), *_titles(BY_CHOICE)],
                _choice_lines(seen),
            ),
            (gettext("Versions"), [gettext("Version of the menus"), *_titles(WHOLE)], _version_lines(seen)),
        ),
        f"menus-{asked.first:%Y%m%d}-{asked.last:%Y%m%d}.xlsx",
    )


def menu_said(menu: str) -> str:
    return menu or gettext("Before the first key")


def target_said(target: str) -> str:
    return target_name(target) if target else gettext("nowhere")


def version_said(version: SeenVersion) -> str:
    return gettext("since %(moment)s", moment=minute_text(version.since)) if version.since else gettext("as installed")


def chart_data(seen: SeenMenus) -> dict[str, Any]:
    """How each hearing of a menu ended, by menu: keys that lead somewhere, and what else it was."""
    return {
        "names": [menu_said(each.menu) for each in seen.menus],
        "series": [
            {"name": _drawn_name(name), "values": [_drawn(each, name) for each in seen.menus]} for name in _DRAWN
        ],
        "stacked": True,
        "over_time": False,
        "most": 0,
        "unit": "",
        "none": gettext("Nothing in this time"),
    }


def _drawn_name(name: str) -> str:
    return gettext("A key that leads on") if name == "menu_pressed" else str(_COLUMNS[name])


def _drawn(menu: SeenMenu, name: str) -> float:
    """Keys that were mis-pressed are keys that were pressed: they are drawn apart."""
    missed = _number(menu.values["menu_missed"]) if name == "menu_pressed" else 0
    return _number(menu.values[name]) - missed


def _number(value: Value) -> float:
    return value.value or 0


def _preset(asked: AskedReport, code: str) -> dict[str, Any]:
    return {"period": code, **asked.narrowed}


def _seen() -> tuple[AskedReport, report_pages.Choices, SeenMenus]:
    context = web()
    known = report_pages.choices(context.storage, context.settings, actor())
    asked = read_asked(request.args, known, context.now())
    given = (context.storage, context.settings, asked.scope, asked.before, actor(), context.now())
    return asked, known, menu_page.see_menus(*given)


def _titles(names: Sequence[str]) -> list[str]:
    return [said(FIGURES[name].title) for name in names]


def _cells(values: Mapping[str, Value], names: Sequence[str]) -> list[Cell]:
    """Empty where there is nothing to take it of."""
    found = [values[name].value for name in names]
    return ["" if each is None else round(each, 4) for each in found]


def _menu_lines(seen: SeenMenus) -> Iterator[Sequence[Cell]]:
    for each in seen.menus:
        yield [menu_said(each.menu), *_cells(each.values, BY_MENU)]


def _choice_lines(seen: SeenMenus) -> Iterator[Sequence[Cell]]:
    for each in seen.choices:
        yield [each.menu, each.key, target_said(each.target), *_cells(each.values, BY_CHOICE)]


def _version_lines(seen: SeenMenus) -> Iterator[Sequence[Cell]]:
    for each in seen.versions:
        yield [version_said(each), *_cells(each.values, WHOLE)]
