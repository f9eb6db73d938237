"""Where what a month's verdict was made of is seen: the report of that month and line, the register, the scores."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import url_for

from hotline.domain.months import next_month
from hotline.domain.verdicts.verdict import Verdict
from hotline.web.kit.query import day_of
from hotline.web.kit.shown import may_visit

#: A standard report by the rule that is judged by the same calls, cases or opinions.
_REPORTS = {
    "A11": "answered",
    "G4": "answered",
    "G5": "service_level",
    "C8": "handling",
    "D12": "opinions",
    "F10": "opinions",
}
#: Pages that are asked for a month, by the rule: `period` as the kit reads it, or `month`.
_OF_PERIOD = {"E9": "satisfaction.index", "F4": "breaches.index"}
_OF_MONTH = {"F3": "appraisal.index", "F7": "appraisal.index"}
#: Reports of these kinds, the newest first.
_MADE = {"B4": "daily", "F1": "weekly", "F2": "call_details", "F12": "call_details"}
_OTHERS = {"E2": "reconciliation.index", "E4": "reconciliation.index", "F8": "audit.index"}


def month_address(verdict: Verdict) -> str:
    """ "" where the reader sees no page of it."""
    first = day_of(f"{verdict.subject_id}-01")
    endpoint, values = _page(verdict, first) if first is not None else ("", {})
    return url_for(endpoint, **values) if endpoint and may_visit(endpoint) else ""


def _page(verdict: Verdict, first: date) -> tuple[str, dict[str, Any]]:
    rule = verdict.rule
    if name := _REPORTS.get(rule):
        last = next_month(first) - timedelta(days=1)
        whose = {"line": verdict.line or None, "person": verdict.person_id}
        return "reports.show", {"name": name, "period": "days", "since": first, "until": last, **whose}
    if endpoint := _OF_PERIOD.get(rule):
        return endpoint, {"period": "month", "day": first}
    if endpoint := _OF_MONTH.get(rule):
        return endpoint, {"month": f"{first:%Y-%m}"}
    report = verdict.evidence.get("report")
    if isinstance(report, int):
        return "scheduled_reports.show", {"report_id": report}
    if rule in _MADE:
        return "scheduled_reports.index", {"kind": _MADE[rule]}
    return _OTHERS.get(rule, ""), {}
