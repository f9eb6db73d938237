"""Forecast and staffing: a week by half hour, with those who are missing in red."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.calendar import local_day
from hotline.domain.errors import Refused
from hotline.domain.ids import parse_place
from hotline.domain.rights.acts import Act
from hotline.domain.staffing.days import SLOTS
from hotline.domain.staffing.forecast import LEAST_WEEKS, MEASURED_WEEKS, Error
from hotline.domain.staffing.need import Slot
from hotline.domain.staffing.typed import slot_text, write_volumes
from hotline.services import xlsx_table
from hotline.services.staffing import staffing
from hotline.services.staffing.proposing import propose
from hotline.services.staffing.staffing import SeenStaffing, see_staffing
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.asked import choice
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.query import day_of
from hotline.web.kit.said import flashed, said

blueprint = Blueprint("staffing", __name__, url_prefix="/staffing")

#: Shades of the heat map.
_SHADES = 4


@blueprint.get("")
@may(Act.SEE_STAFFING)
def index() -> str:
    return _page(_seen(_line(), _day()))


@blueprint.get("/staffing.xlsx")
@may(Act.SEE_STAFFING)
def sheet() -> Response:
    seen = _seen(_line(), _day())
    days = [each.day.isoformat() for each in seen.days]
    rows: list[list[str | int]] = [
        [slot_text(slot), *(cell for day in seen.days for cell in _cells(day.slots[slot]))] for slot in range(SLOTS)
    ]
    parts = (gettext("calls"), gettext("needed"), gettext("planned"), gettext("missing"))
    header = [gettext("Half hour"), *(f"{day} {part}" for day in days for part in parts)]
    sheets = [(gettext("Staffing"), header, rows)]
    if seen.measured:
        measured: list[list[str | int]] = [
            [slot_text(slot), each.calls, f"{each.forecast:.1f}", percent(each.wape), percent(each.bias)]
            for slot, each in enumerate(seen.measured.by_slot)
        ]
        head = [gettext("Half hour"), gettext("Came"), gettext("Forecast"), gettext("Error"), gettext("Bias")]
        sheets.append((gettext("Accuracy"), head, measured))
    return xlsx_file(xlsx_table.write(*sheets), "staffing.xlsx")


def _cells(slot: Slot) -> list[str | int]:
    return [f"{slot.calls:.1f}", slot.needed, slot.planned, slot.missing]


@blueprint.post("/volumes")
@may(Act.PLAN_STAFFING)
def volumes() -> AnyResponse | tuple[str, int]:
    context, line = web(), _line()
    written = request.form.get("volumes", "")[:20_000]
    try:
        staffing.type_volumes(context.storage, context.settings, line, written, actor(), context.now())
    except Refused as error:
        return _page(_seen(line, _day()), said(error), written), 422
    flash(gettext("The volumes are kept; they count while the ledger has fewer than 8 weeks."), "ok")
    return _back()


@blueprint.post("/left-out")
@may(Act.PLAN_STAFFING)
def leave_out() -> AnyResponse:
    context = web()
    with flashed():
        day = day_of(request.form.get("left_out", "")) or local_day(context.now())
        why = request.form.get("why", "")
        staffing.leave_day_out(context.storage, context.settings, _line(), day, why, actor(), context.now())
        flash(gettext("The day is left out."), "ok")
    return _back()


@blueprint.post("/left-out/<int:row_id>/count")
@may(Act.PLAN_STAFFING)
def count_again(row_id: int) -> AnyResponse:
    context = web()
    with flashed():
        staffing.count_day_again(context.storage, row_id, actor(), context.now())
        flash(gettext("The day counts again."), "ok")
    return _back()


@blueprint.post("/proposal")
@may(Act.PLAN_STAFFING)
def proposal() -> AnyResponse:
    """A plan for this week as drafts, or why none keeps all rules."""
    context, replaced = web(), parse_place(request.form.get("replaced", "")) or 0
    with flashed():
        count = propose(context.storage, context.settings, _line(), _day(), actor(), context.now(), replaced)
        words = ngettext("%(num)s draft shift is proposed.", "%(num)s draft shifts are proposed.", count)
        flash(words, "ok")
    return _back()


def percent(share: float | None) -> str:
    """In words for tables."""
    return "" if share is None else f"{100 * share:.1f} %"


def _line() -> str:
    return choice(request.args, "line", list(web().settings.lines))


def _day() -> date:
    """In the week that is looked at; next week where nothing is asked for."""
    return day_of(request.args.get("day", "")) or local_day(web().now()) + timedelta(days=7)


def _seen(line: str, day: date) -> SeenStaffing:
    context = web()
    return see_staffing(context.storage, context.settings, line, day, actor(), context.now())


def _back() -> AnyResponse:
    return redirect(url_for("staffing.index", line=_line() or None, day=_day().isoformat()))


def _page(seen: SeenStaffing, problem: str = "", written: str = "") -> str:
    most = max((slot.calls for day in seen.days for slot in day.slots if slot.open), default=0.0)
    shown = [slot for slot in range(SLOTS) if slot in seen.open_slots or any(d.slots[slot].planned for d in seen.days)]
    worst = _worst(seen)
    return render_template(
        "staffing/staffing.html",
        seen=seen,
        slots=shown,
        slot_text=slot_text,
        shade=lambda calls: min(int(calls / most * _SHADES) + 1, _SHADES) if most and calls else 0,
        percent=percent,
        worst=worst,
        least_weeks=LEAST_WEEKS,
        measured_weeks=MEASURED_WEEKS,
        problem=problem,
        in_the_way=seen.in_the_way if allowed(Act.PLAN_STAFFING) else 0,
        written=written or write_volumes(seen.typed, seen.open_slots),
        before=(seen.first - timedelta(days=7)).isoformat(),
        after=(seen.first + timedelta(days=7)).isoformat(),
        asked_line=seen.line or None,
        lines=list(web().settings.lines),
    )


def _worst(seen: SeenStaffing) -> list[tuple[str, Error]]:
    """By half hour, those in which calls came."""
    found = seen.measured.by_slot if seen.measured else ()
    return [(slot_text(slot), each) for slot, each in enumerate(found) if each.calls]
