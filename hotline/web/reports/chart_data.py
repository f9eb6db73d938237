"""What the chart of a report is drawn of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext

from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import Text, Unit
from hotline.domain.reports.scope import TIMES
from hotline.services.reports.report_pages import SeenReport
from hotline.web.reports.shown import part_shown

#: More parts than these cannot be told apart on a screen.
_MOST = 120


def chart_data(seen: SeenReport, said: Callable[[Text], str]) -> dict[str, Any]:
    """Names along the axis, and a series a figure. Seconds of states are drawn in hours. Along an axis that none of
    those that are meant to be drawn knows, the first that does is."""
    along = [each for each in seen.values if seen.by in FIGURES[each].axes]
    drawn = [each for each in seen.report.drawn if each in along] or along[:1]
    slices = seen.slices[-_MOST:] if seen.by in TIMES else seen.slices[:_MOST]
    unit = FIGURES[drawn[0]].unit if drawn else Unit.COUNT
    hours = seen.report.name == "states"
    return {
        "names": [part_shown(seen, each.key) for each in slices],
        "series": [
            {"name": said(FIGURES[one].title), "values": [_value(each.values[one].value, hours) for each in slices]}
            for one in drawn
        ],
        "stacked": seen.report.stacked,
        "over_time": seen.by in TIMES,
        "most": 100 if unit is Unit.PERCENT else 0,
        "unit": gettext("hours") if hours else {Unit.PERCENT: "%", Unit.SECONDS: gettext("seconds")}.get(unit, ""),
        "none": gettext("Nothing in this time"),
    }


def _value(value: float | None, hours: bool) -> float | None:
    if value is None:
        return None
    return round(value / 3600, 2) if hours else round(value, 2)
