"""Where what a verdict is about is seen: a call at the second of the evidence, a record, a case, a visit."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for

from hotline.domain.calendar import local_day
from hotline.domain.ids import parse_id
from hotline.domain.verdicts.verdict import Subject, Verdict
from hotline.web.compliance.labels import JUDGEMENTS, SUBJECTS, measured_shown, why_name
from hotline.web.compliance.months import month_address
from hotline.web.kit.shown import may_visit

#: Endpoint, and the argument that takes the subject's id.
_PAGES: dict[Subject, tuple[str, str]] = {
    Subject.CALL: ("call.show", "call_id"),
    Subject.RECORD: ("forms.show", "form_id"),
    Subject.PROMISE: ("forms.show", "form_id"),
    Subject.CASE: ("cases.show", "case_id"),
    Subject.VISIT: ("visits.show", "visit_id"),
    Subject.EXAMINATION: ("examinations.show", "examination_id"),
    Subject.CUSTOMER: ("customers.show", "customer_id"),
    Subject.PRIVACY: ("privacy.show", "request_id"),
}

#: Where all of them are listed.
_LISTS: dict[Subject, str] = {
    Subject.CALLBACK: "callbacks.index",
    Subject.ORDER: "improvement.rectifications",
    Subject.BLOCK: "blocklist.index",
    Subject.SHIFT: "shifts.index",
    Subject.ROSTER_DAY: "roster.index",
    Subject.RATING: "satisfaction.index",
}


def subject_address(verdict: Verdict) -> str:
    """ "" where the reader sees no page of it."""
    if verdict.subject is Subject.MONTH:
        return month_address(verdict)
    page = _PAGES.get(verdict.subject)
    number = parse_id(verdict.subject_id)
    if page is not None and number is not None and may_visit(page[0]):
        return _page(*page, number) + _second(verdict)
    call = verdict.evidence.get("call_id")
    if isinstance(call, int) and may_visit("call.show"):
        return url_for("call.show", call_id=call) + _second(verdict)
    listed = _LISTS.get(verdict.subject, "")
    return url_for(listed, **_of_day(verdict)) if listed and may_visit(listed) else ""


def _of_day(verdict: Verdict) -> dict[str, Any]:
    """What of an address leads to the week or month that it lies in."""
    day = local_day(verdict.at)
    if verdict.subject is Subject.SHIFT:
        return {"view": "week", "at": day.isoformat()}
    return {"month": f"{day:%Y-%m}"} if verdict.subject is Subject.ROSTER_DAY else {}


def _page(endpoint: str, argument: str, number: int) -> str:
    values: dict[str, Any] = {argument: number}
    return url_for(endpoint, **values)


def second_of(verdict: Verdict) -> float | None:
    """Into the recording; None where the evidence is at no second."""
    second: Any = verdict.evidence.get("from")
    return float(second) if isinstance(second, int | float) and second >= 0 else None


def _second(verdict: Verdict) -> str:
    second = second_of(verdict)
    return f"#t={second:.1f}" if second is not None else ""


def install(app: Flask) -> None:
    """For templates, those of features below too."""
    app.jinja_env.globals.update(
        subjects=SUBJECTS,
        judgements=JUDGEMENTS,
        subject_address=subject_address,
        second_of=second_of,
        measured_shown=measured_shown,
        why_name=why_name,
    )
