"""A table of cases for people: what its columns are called, and its cells in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import lazy_gettext as _

from hotline.domain.cases.case import CaseState, Channel, Complexity, Priority
from hotline.domain.cases.severity import Severity
from hotline.services.cases.export import OWN_FIELD
from hotline.web.cases.labels import CHANNELS, COMPLEXITIES, PRIORITIES, SEVERITIES, STATES
from hotline.web.cases.steps_shown import value_words
from hotline.web.cases.words import case_kind, case_kinds, case_stage, in_reader_s

COLUMN_NAMES = {
    "number": _("Case"),
    "kind": _("Kind"),
    "title": _("Title"),
    "content": _("Content of the case"),
    "state": _("State"),
    "stage": _("Stage"),
    "severity": _("Severity"),
    "priority": _("Urgency"),
    "complexity": _("Complexity"),
    "channel": _("Channel"),
    "subject": _("Subject"),
    "region": _("Region"),
    "caller_number": _("Caller's number"),
    "owner": _("Responsible"),
    "opened_by": _("Opened by"),
    "opened_at": _("Opened"),
    "due_at": _("Due by"),
    "repeats": _("Repeats"),
    "closed_at": _("Settled"),
    "closed_by": _("Closed by"),
    "result": _("Result"),
}

_WORDS: Mapping[str, Callable[[str], object]] = {
    "kind": case_kind,
    "state": lambda code: STATES[CaseState(code)].text,
    "severity": lambda code: SEVERITIES[Severity(code)].text if code else "",
    "priority": lambda code: PRIORITIES[Priority(code)].text,
    "complexity": lambda code: COMPLEXITIES[Complexity(code)],
    "channel": lambda code: CHANNELS[Channel(code)],
}


def own_columns(code: str) -> dict[str, str]:
    """The fields of this kind, by column."""
    kind = case_kinds().get(code)
    fields = kind.fields if kind is not None else ()
    return {f"{OWN_FIELD}{each.id}": in_reader_s(each.label) for each in fields}


def cell_words(column: str, row: Mapping[str, str]) -> str:
    """`row`: the cells as codes, by column."""
    if column.startswith(OWN_FIELD):
        kind = case_kinds().get(row["kind"])
        own = column.removeprefix(OWN_FIELD)
        return value_words(kind, own, row[column]) if kind is not None and row[column] else row[column]
    if column == "stage":
        return case_stage(row["kind"], row["stage"])
    return str(_WORDS[column](row[column])) if column in _WORDS else row[column]
