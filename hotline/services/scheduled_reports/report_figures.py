"""The figures of a report, taken once when it is made: what people read later is what was so then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import Unit
from hotline.domain.reports.scope import Axis, Scope
from hotline.domain.scheduled_reports.report import NOBODY, MadeReport
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.services.reports.figures import values
from hotline.services.xlsx_table import Cell
from hotline.settings import Settings
from hotline.storage.transaction import Transaction

#: F1, B4: what all of them tell.
_CALLS = (
    "incoming",
    "put_through",
    "answered",
    "lost",
    "voicemails",
    "connection_rate",
    "abandonment",
    "service_level",
    "average_answer",
    "talk_time",
    "dialled",
)
#: F7: and those of weeks and months.
_SERVICE = (
    "callbacks_owed",
    "callback_closure_in_time",
    "first_contact_resolution",
    "repeats",
    "rating_response",
    "rating_mean",
    "satisfied",
    "cases_opened",
    "cases_still_open",
    "cases_open_at_end",
    "answered_in_due_time",
    "cases_solved",
    "cases_satisfied",
    "complaints",
    "promises_kept",
    "records_in_time",
    "visits_in_time",
    "visits_reached",
    "recordings_complete",
)
#: F1: of a person.
_PERSON = (
    "answered",
    "talk_time",
    "handle_time",
    "in_three_rings",
    "operator_misses",
    "calls_per_hour",
    "signed_in",
    "occupancy",
    "adherence",
    "first_contact_resolution",
    "automatic_score",
    "examination_score",
    "rating_mean",
)

NAMES: Mapping[ReportKind, Sequence[str]] = {
    ReportKind.DAILY: _CALLS,
    ReportKind.WEEKLY: (*_CALLS, *_SERVICE),
    ReportKind.MONTHLY: (*_CALLS, *_SERVICE),
    ReportKind.PERSON_WEEK: _PERSON,
    ReportKind.CALL_DETAILS: ("answered", "talk_time"),
    ReportKind.PROBLEMS: ("incoming", "cases_opened", "complaints", "cases_satisfied"),
}


def figures_in(tx: Transaction, settings: Settings, report: MadeReport) -> Mapping[str, list[float | None]]:
    """By name the value (None: there is nothing to take it of) and of how many it was taken."""
    if not report.starts_at < report.ends_at:
        return {}
    people = (report.person_id,) if report.person_id != NOBODY else ()
    names = [each for each in NAMES[report.kind] if not people or Axis.PERSON in FIGURES[each].axes]
    found = values(tx, Scope(report.starts_at, report.ends_at, people=people), names, settings)
    return {name: [each.value, each.of] for name, each in found.items()}


def figure_rows(report: MadeReport, language: str) -> Iterator[Sequence[Cell]]:
    """Title, value and sample. A figure that this version does not know any more is called by its name."""
    kept: Mapping[str, Sequence[float | None]] = report.content["figures"]
    for name in (*(each for each in FIGURES if each in kept), *sorted(kept.keys() - FIGURES.keys())):
        value, of = kept[name]
        known = FIGURES.get(name)
        title = (known.title.zh if language == "zh" else known.title.en) if known else name
        yield title, figure_text(value, known.unit if known else Unit.COUNT), of if of is not None else ""


def figure_text(value: float | None, unit: Unit) -> str:
    """As a report has it: "–" where there is nothing to take it of."""
    if value is None:
        return "–"
    text = f"{round(value, 1 if unit is not Unit.POINTS else 2):g}" if abs(value) < 1e6 else f"{value:.0f}"
    return f"{text} %" if unit is Unit.PERCENT else f"{text} s" if unit is Unit.SECONDS else text
