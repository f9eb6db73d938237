"""What the figures of cases are counted from (hotline.storage.reports.sources)."""

from __future__ import annotations

from itertools import pairwise

from hotline.domain.cases.severity import Severity
from hotline.domain.reports.defining import CASES, PERSON_DAYS
from hotline.domain.reports.scope import CASE_AGES, Axis
from hotline.storage.reports.dialect import Dialect, person_of
from hotline.storage.reports.source import Source, count_of


def _was(act: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM workflow_step w WHERE w.subject = 'case' AND w.subject_id = s.id AND w.act = '{act}')"
    )


#: A case that was merged into another one is no case of its own.
_NOT_MERGED = "c.state <> 'merged'"


def _cases(dialect: Dialect) -> str:
    return (
        f"SELECT c.id, c.opened_at AS at, {dialect.day('c.opened_at')} AS day, c.kind, c.state, c.severity,"
        " c.department_id, c.closed_at, c.solved_in_ms, c.result, c.subject, c.region,"
        " c.\"values\" ->> 'visit_result' AS visit_result,"
        f" {dialect.milliseconds('c.opened_at', 'c.closed_at')} AS solving_ms, {person_of('c.owner')} AS person_id"
        f" FROM service_case c WHERE {_NOT_MERGED}"
    )


#: What customers think of us (hotline.services.satisfaction.handled).
_OPINION = "kind IN ('complaint', 'suggestion')"
_ASKED = "visit_result IN ('satisfied', 'accepts', 'so_so', 'not_satisfied')"

_CASES = Source(
    "cases",
    "case",
    CASES,
    _cases,
    {
        "cases_opened": count_of("1 = 1"),
        "cases_closed": count_of("state = 'closed'"),
        "complaints": count_of("kind = 'complaint'"),
        **{
            f"complaints_{severity}": count_of(f"kind = 'complaint' AND severity = '{severity}'")
            for severity in Severity
        },
        "opinions": count_of(_OPINION),
        "opinions_handled": count_of(f"{_OPINION} AND state = 'closed' AND result <> ''"),
        "cases_reopened": count_of(_was("reopen")),
        "cases_dispatched": count_of("department_id IS NOT NULL"),
        "cases_returned": count_of(f"department_id IS NOT NULL AND {_was('return')}"),
        "cases_extended": count_of(_was("grant_extension")),
        "cases_urged": count_of(_was("urge")),
        "cases_one_contact": count_of(
            "state = 'closed' AND (SELECT COUNT(*) FROM workflow_step w WHERE w.subject = 'case'"
            " AND w.subject_id = s.id AND w.act = 'contact') <= 1"
        ),
        "cases_asked": count_of(_ASKED),
        "cases_satisfied": count_of("visit_result IN ('satisfied', 'accepts')"),
    },
    {
        "case_solving": ("state = 'closed' AND closed_at IS NOT NULL", "solving_ms"),
        "case_solving_worked": ("state = 'closed' AND solved_in_ms IS NOT NULL", "solved_in_ms"),
    },
)


def _open_cases(dialect: Dialect) -> str:
    """With the class of age by their whole days."""
    days = f"{dialect.milliseconds('c.opened_at', '{now}')} / 86400000"
    classes = " ".join(f"WHEN {days} < {int(after)} THEN '{key}'" for key, after in pairwise(CASE_AGES))
    return (
        f"SELECT c.id, c.opened_at AS at, {dialect.day('c.opened_at')} AS day, c.kind, c.severity, c.department_id,"
        f" c.subject, c.region, {person_of('c.owner')} AS person_id, CASE {classes} ELSE '{CASE_AGES[-1]}' END AS age"
        " FROM service_case c WHERE c.state = 'open'"
    )


_OPEN_CASES = Source("open_cases", "case", CASES | {Axis.CASE_AGE}, _open_cases, {"cases_open": count_of("1 = 1")})


def _moved_cases(dialect: Dialect) -> str:
    """Each case when it was opened, and when it was closed."""

    def moved(moment: str, amount: int, condition: str) -> str:
        return (
            f"SELECT c.id, {moment} AS at, {dialect.day(moment)} AS day, c.kind, c.severity, c.department_id,"
            f" c.subject, c.region, {person_of('c.owner')} AS person_id, {amount} AS amount"
            f" FROM service_case c WHERE {condition}"
        )

    closed = moved("c.closed_at", -1, "c.state = 'closed' AND c.closed_at IS NOT NULL")
    return f"{moved('c.opened_at', 1, _NOT_MERGED)} UNION ALL {closed}"


_MOVED_CASES = Source("moved_cases", "case", CASES - {Axis.WEEKDAY}, _moved_cases, {"cases_moved": ("1 = 1", "amount")})


def _complaints_about(dialect: Dialect) -> str:
    return (
        f"SELECT c.id, c.opened_at AS at, {dialect.day('c.opened_at')} AS day, {person_of('c.about')} AS person_id,"
        " CASE WHEN c.repeats > 0 THEN 2 ELSE 1 END AS weight FROM service_case c"
        " WHERE c.about <> '' AND c.state <> 'merged'"
    )


_COMPLAINTS_ABOUT = Source(
    "complaints_about", "case", PERSON_DAYS, _complaints_about, {"complaints_about": ("1 = 1", "weight")}
)


ALL = (_CASES, _OPEN_CASES, _MOVED_CASES, _COMPLAINTS_ABOUT)
