"""The standard reports: a catalogue, each with charts and tables, as a workbook, and the rows behind each figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.scope import Value, slot_text
from hotline.domain.reports.standard import STANDARD
from hotline.domain.rights.acts import Act
from hotline.services import xlsx_table
from hotline.services.reports import report_pages
from hotline.services.reports.asking import see_rows
from hotline.services.reports.dictionary import AXES, UNITS
from hotline.services.reports.report_pages import SeenReport
from hotline.services.xlsx_table import Cell, Sheet
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.in_turn import in_turn
from hotline.web.kit.paging import PAGE_SIZE, page_asked
from hotline.web.line.labels import WEEKDAYS
from hotline.web.reports.asked import PRESETS, AskedReport, read_asked
from hotline.web.reports.chart_data import chart_data
from hotline.web.reports.shown import KINDS, moved, narrowed_by, of_how_many, part_shown, said, shown

blueprint = Blueprint("reports", __name__, url_prefix="/reports")

#: Rows of a split that a page shows; the workbook has all.
ON_PAGE = 200

#: Pages of rows.
_MOST_PAGES = 200

#: Where a row of this kind is to be seen, and what its page calls its id.
_PAGES = {
    "call": ("call.show", "call_id"),
    "case": ("cases.show", "case_id"),
    "visit": ("visits.show", "visit_id"),
    "form": ("forms.show", "form_id"),
    "examination": ("examinations.show", "examination_id"),
}


@blueprint.get("")
@may(Act.SEE_REPORTS)
def index() -> str:
    return render_template(
        "reports/catalogue.html", reports=STANDARD.values(), said=said, sees_all=report_pages.sees_all(actor())
    )


@blueprint.get("/view/<string:name>")
@may(Act.SEE_REPORTS)
@in_turn
def show(name: str) -> str:
    asked, known, seen = _seen(name)
    return render_template(
        "reports/report.html",
        seen=seen,
        report=seen.report,
        asked=asked,
        known=known,
        presets=PRESETS,
        axes={axis: said(text) for axis, text in AXES.items()},
        figures=FIGURES,
        said=said,
        shown=shown,
        moved=moved,
        of_how_many=of_how_many,
        part=lambda key: part_shown(seen, key),
        part_address=lambda key: _part_address(name, asked, seen, key),
        book_address=url_for("reports.workbook", **{"name": name, **asked.active, **asked.axis}),
        preset_address=lambda code: url_for("reports.show", **_preset(name, asked, code)),
        rows_address=lambda figure: url_for("reports.rows", figure=figure, **asked.active),
        menus_address=url_for("menu_report.index", **asked.active) if report_pages.sees_all(actor()) else "",
        heat=heat_rows(seen),
        slots=[slot_text(slot) for slot in range(48)],
        weekdays=WEEKDAYS,
        data=chart_data(seen, said),
        most=ON_PAGE,
    )


@blueprint.get("/view/<string:name>.xlsx")
@may(Act.SEE_REPORTS)
@in_turn
def workbook(name: str) -> Response:
    asked, _known, seen = _seen(name)
    header = [gettext("Figures"), gettext("Value"), gettext("Unit"), gettext("Of"), gettext("Before"), gettext("Of")]
    names = list(seen.values)
    along = [each for each in names if seen.by in FIGURES[each].axes]
    split = ([part_shown(seen, each.key), *(_cell(each.values[one]) for one in along)] for each in seen.slices)
    titles = [said(FIGURES[each].title) for each in along]
    sheets: list[Sheet] = [
        (said(seen.report.title), header, _figure_lines(seen)),
        (said(AXES[seen.by]), [said(AXES[seen.by]), *titles], split),
    ]
    if seen.heat:
        days = [str(each) for each in WEEKDAYS]
        sheets.append((gettext("Half hours"), [gettext("Half hour"), *days], _heat_lines(seen)))
    file = f"report-{name}-{asked.first:%Y%m%d}-{asked.last:%Y%m%d}.xlsx"
    return xlsx_file(xlsx_table.write(*sheets), file)


@blueprint.get("/rows/<string:figure>")
@may(Act.SEE_REPORTS)
@in_turn
def rows(figure: str) -> str:
    """What a figure is made of: no numbers of callers and no words; what each may be read by its own page asks."""
    context = web()
    known = report_pages.choices(context.storage, context.settings, actor())
    asked, page = read_asked(request.args, known, context.now()), page_asked(request.args, _MOST_PAGES)
    found = see_rows(
        context.storage,
        context.settings,
        asked.scope,
        figure,
        PAGE_SIZE + 1,
        (page - 1) * PAGE_SIZE,
        actor(),
        context.now(),
    )
    endpoint, argument = _PAGES.get(found.kind, ("", ""))
    return render_template(
        "reports/rows.html",
        figure=FIGURES[figure],
        said=said,
        asked=asked,
        kind=found.kind,
        kinds=KINDS,
        ids=found.ids[:PAGE_SIZE],
        has_more=len(found.ids) > PAGE_SIZE,
        page=page,
        address=lambda row: url_for(endpoint, **{argument: row}) if endpoint else "",
    )


def heat_rows(seen: SeenReport) -> list[tuple[str, list[tuple[Value, int]]]]:
    """By half hour: of each weekday the value, and how much of the highest that is, from 0 to 4. Half hours in which
    nothing ever was are left out at both ends."""
    highest = max((each.value or 0 for each in seen.heat.values()), default=0)
    used = [slot for slot in range(48) if any(_at(seen, day, slot).value for day in range(1, 8))]
    return [
        (slot_text(slot), [(value, _level(value, highest)) for day in range(1, 8) for value in (_at(seen, day, slot),)])
        for slot in (range(used[0], used[-1] + 1) if used else ())
    ]


def _at(seen: SeenReport, day: int, slot: int) -> Value:
    return seen.heat.get(f"{day}-{slot_text(slot)}", Value(0.0, 0))


def _level(value: Value, highest: float) -> int:
    return ceil(4 * value.value / highest) if value.value else 0


def _seen(name: str) -> tuple[AskedReport, report_pages.Choices, SeenReport]:
    if name not in STANDARD:
        raise NotFound
    context = web()
    known = report_pages.choices(context.storage, context.settings, actor())
    asked = read_asked(request.args, known, context.now())
    given = (context.storage, context.settings, name, asked.scope, asked.before, asked.by, actor(), context.now())
    return asked, known, report_pages.see_report(*given)


def _preset(name: str, asked: AskedReport, code: str) -> dict[str, Any]:
    return {"name": name, "period": code, **asked.narrowed, **asked.axis}


def _part_address(name: str, asked: AskedReport, seen: SeenReport, key: str) -> str:
    """The same report of this part alone; "" where there is none."""
    narrower = narrowed_by(seen.by, key)
    return url_for("reports.show", name=name, **{**asked.active, **narrower}) if narrower else ""


def _cell(value: Value) -> Cell:
    """Empty where there is nothing to take it of."""
    return "" if value.value is None else round(value.value, 4)


def _figure_lines(seen: SeenReport) -> Iterator[Sequence[Cell]]:
    for name, value in seen.values.items():
        figure, before = FIGURES[name], seen.before[name]
        yield said(figure.title), _cell(value), said(UNITS[figure.unit]), value.of, _cell(before), before.of


def _heat_lines(seen: SeenReport) -> Iterator[Sequence[Cell]]:
    for slot in range(48):
        yield [slot_text(slot), *(_cell(_at(seen, day, slot)) for day in range(1, 8))]
