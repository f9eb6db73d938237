"""What the figures are counted from: which rows, when and whose each is, and what is summed over them, as SQL that
SQLite and PostgreSQL read alike but for a few words (hotline.storage.reports.dialect).

`{satisfied}` stands for the answer from which a caller is satisfied, `{now}` for the present moment.
"""

from __future__ import annotations

from collections.abc import Iterable

from hotline.domain.cases.clock_names import ALL as CASE_CLOCKS
from hotline.domain.cases.clock_names import FIRST_ANSWERS, clock_name
from hotline.domain.reports.defining import LINE_DAYS, MENUS, PERSON_DAYS
from hotline.domain.reports.moved import MOVED
from hotline.domain.reports.scope import DAYS, TIMES, Axis
from hotline.storage.reports import case_sources
from hotline.storage.reports.dialect import Dialect, person_at, person_of
from hotline.storage.reports.measures import CALL_MEASURES, SPANS
from hotline.storage.reports.source import Source, Sum, count_of


def _calls(_dialect: Dialect) -> str:
    return "SELECT arrived_at AS at, c.* FROM report_call c"


_CALLS = Source(
    "calls",
    "call",
    TIMES | {Axis.LINE, Axis.QUEUE, Axis.PERSON, Axis.SUBJECT, Axis.REGION},
    _calls,
    CALL_MEASURES,
    SPANS,
)


def _menus(_dialect: Dialect) -> str:
    return (
        "SELECT m.call_id AS id, m.arrived_at AS at, m.day, m.slot, m.line, m.version AS menu_version, m.menu,"
        " m.choice AS menu_choice, m.ended, m.way_out, m.is_first, m.is_first_choice, m.left_after FROM report_menu m"
    )


def _first(way_out: str) -> Sum:
    return count_of(f"is_first = 1 AND way_out = '{way_out}'")


def _chosen(way_out: str) -> Sum:
    return count_of(f"is_first_choice = 1 AND way_out = '{way_out}'")


#: A call that heard several menus has several rows: its id may come twice.
_MENUS = Source(
    "menus",
    "call",
    MENUS,
    _menus,
    {
        "menu_heard": count_of("1 = 1"),
        "menu_entered": count_of("is_first = 1"),
        "menu_pressed": count_of("ended IN ('key', 'missed')"),
        "menu_missed": count_of("ended = 'missed'"),
        "menu_silent": count_of("ended IN ('silent', 'timed_out')"),
        "menu_timed_out": count_of("ended = 'timed_out'"),
        "menu_left": count_of("ended = 'left'"),
        "menu_broken": count_of("ended = 'broken'"),
        "menu_left_after": count_of("left_after = 1"),
        "menu_to_people": _first("people"),
        "menu_to_voicemail": _first("voicemail"),
        "menu_to_end": _first("served"),
        "menu_hung_up": _first("left"),
        "menu_to_other": _first("other"),
        "choice_calls": count_of("is_first_choice = 1"),
        "choice_to_people": _chosen("people"),
        "choice_to_voicemail": _chosen("voicemail"),
        "choice_to_end": _chosen("served"),
        "choice_hung_up": _chosen("left"),
        "choice_to_other": _chosen("other"),
    },
)


def _callbacks(dialect: Dialect) -> str:
    return (
        f"SELECT c.id, c.owed_from AS at, {dialect.day('c.owed_from')} AS day, c.line, c.closed_at,"
        " COALESCE(c.first_tried_at, c.closed_at) AS called_at, COALESCE(c.first_due_at, c.due_at) AS due_at,"
        f" {dialect.milliseconds('c.owed_from', 'c.closed_at')} AS age_ms, {person_of('c.taken_by')} AS person_id"
        " FROM callback c WHERE c.outcome <> 'joined' AND c.owed_from <= {now} AND NOT COALESCE("
        "c.outcome IN ('called_again', 'talked') AND c.closed_at <= c.owed_from, FALSE)"
    )


_CALLBACKS = Source(
    "callbacks",
    "callback",
    DAYS | {Axis.LINE, Axis.PERSON},
    _callbacks,
    {
        "owed": count_of("1 = 1"),
        "callbacks_closed": count_of("closed_at IS NOT NULL"),
        "callbacks_closed_in_time": count_of("closed_at < due_at"),
        "callbacks_called_in_time": count_of("called_at < due_at"),
        "callbacks_called_late": count_of("called_at >= due_at OR (called_at IS NULL AND due_at <= {now})"),
        "callbacks_open": count_of("closed_at IS NULL"),
    },
    {"callback_age": ("closed_at IS NOT NULL", "age_ms")},
)


def _clock(
    source: str,
    condition: str,
    object_kind: str,
    measure: str,
    in_order: bool = False,
    axes: frozenset[Axis] = LINE_DAYS,
) -> Source:
    """Deadlines, by when they are due: those that were kept, and those that are due by now or were ended late."""

    def rows(dialect: Dialect) -> str:
        return (
            f"SELECT d.object_id AS id, d.due_at AS at, {dialect.day('d.due_at')} AS day, d.line,"
            f" d.clock, d.stopped_at, d.due_at FROM deadline d WHERE {condition}"
        )

    return Source(
        source,
        object_kind,
        axes,
        rows,
        {
            f"{measure}_due": count_of("stopped_at IS NOT NULL OR due_at <= {now}"),
            f"{measure}_kept": count_of("stopped_at < due_at"),
        },
        in_order=in_order,
    )


def _ratings(dialect: Dialect) -> str:
    return (
        f"SELECT r.id, r.offered_at AS at, {dialect.day('r.offered_at')} AS day, r.line, r.answer,"
        f" {person_at('r.extension', 'r.offered_at')} AS person_id FROM rating r"
    )


_RATINGS = Source(
    "ratings",
    "rating",
    DAYS | {Axis.LINE, Axis.PERSON},
    _ratings,
    {
        "ratings_offered": count_of("1 = 1"),
        "ratings_answered": count_of("answer IS NOT NULL"),
        "ratings_satisfied": count_of("answer >= {satisfied}"),
        "ratings_points": ("answer IS NOT NULL", "answer"),
    },
)


def _visits(dialect: Dialect) -> str:
    return (
        f"SELECT v.id, v.closed_at AS at, {dialect.day('v.closed_at')} AS day, v.line, v.ending, v.result,"
        f" {person_of('v.visitor')} AS person_id FROM visit v WHERE v.closed_at IS NOT NULL"
    )


_VISITS = Source(
    "visits",
    "visit",
    DAYS | {Axis.LINE, Axis.PERSON},
    _visits,
    {
        "visits_made": count_of("ending IN ('answered', 'refused', 'not_reached', 'wrong_number')"),
        "visits_reached": count_of("ending = 'answered'"),
        "visits_satisfied": count_of("ending = 'answered' AND result = 'satisfied'"),
    },
)


def _line_tests(dialect: Dialect) -> str:
    return (
        f"SELECT t.id, t.started_at AS at, {dialect.day('t.started_at')} AS day, t.line, t.result"
        " FROM line_test t WHERE t.result IN ('passed', 'failed')"
    )


_LINE_TESTS = Source(
    "line_tests",
    "line_test",
    LINE_DAYS,
    _line_tests,
    {"line_tests": count_of("1 = 1"), "line_tests_passed": count_of("result = 'passed'")},
)


def _examinations(dialect: Dialect) -> str:
    return (
        f"SELECT e.id, e.called_at AS at, {dialect.day('e.called_at')} AS day,"
        f" {person_at('e.extension', 'e.called_at')} AS person_id, e.passed, a.id AS appeal, a.decision,"
        " CASE WHEN a.decision = 'changed' THEN a.score ELSE e.score END AS score"
        " FROM examination e LEFT JOIN appeal a ON a.examination_id = e.id"
        " WHERE e.state <> 'assigned' AND e.calibration_id IS NULL"
    )


_EXAMINATIONS = Source(
    "examinations",
    "examination",
    PERSON_DAYS,
    _examinations,
    {
        "examined": count_of("1 = 1"),
        "examined_scored": count_of("score IS NOT NULL"),
        "examined_points": ("score IS NOT NULL", "score"),
        "examined_failed": count_of("passed IS FALSE"),
        "examined_critical": count_of("score = 0"),
        "appeals_decided": count_of("decision IS NOT NULL"),
        "appeals_upheld": count_of("decision = 'changed'"),
    },
)


def _pairs(dialect: Dialect) -> str:
    """Talks that two examiners scored: the first result, and the first of somebody else after it."""
    other = (
        "c.node = a.node AND c.linkedid = a.linkedid AND c.extension = a.extension"
        " AND c.passed IS NOT NULL AND c.state <> 'assigned'"
    )
    return (
        f"SELECT b.id, b.called_at AS at, {dialect.day('b.called_at')} AS day,"
        f" {person_at('b.extension', 'b.called_at')} AS person_id, a.passed AS first_passed, b.passed AS second_passed"
        " FROM examination a JOIN examination b ON b.node = a.node AND b.linkedid = a.linkedid"
        " AND b.extension = a.extension AND b.id > a.id AND b.examiner <> a.examiner"
        " WHERE a.passed IS NOT NULL AND a.state <> 'assigned' AND b.passed IS NOT NULL AND b.state <> 'assigned'"
        f" AND NOT EXISTS (SELECT 1 FROM examination c WHERE {other} AND c.id < a.id)"
        f" AND NOT EXISTS (SELECT 1 FROM examination c WHERE {other} AND c.id > a.id AND c.id < b.id"
        " AND c.examiner <> a.examiner)"
    )


_PAIRS = Source(
    "pairs",
    "examination",
    PERSON_DAYS,
    _pairs,
    {
        "twice_scored": count_of("1 = 1"),
        "twice_agreed": count_of("first_passed = second_passed"),
        "twice_passed_first": count_of("first_passed IS TRUE"),
        "twice_passed_second": count_of("second_passed IS TRUE"),
    },
)


def _findings(dialect: Dialect) -> str:
    """C7 and Q1. `is_longest`: no silence of its call is longer, and of several as long it is the first."""
    return (
        f"SELECT f.id, f.called_at AS at, {dialect.day('f.called_at')} AS day,"
        f" {person_at('f.extension', 'f.called_at')} AS person_id, f.kind, f.value, f.breach,"
        " CASE WHEN f.kind = 'silence' AND f.id = (SELECT g.id FROM call_finding g WHERE g.node = f.node"
        " AND g.linkedid = f.linkedid AND g.rule = 'Q1' AND g.kind = 'silence'"
        " ORDER BY g.value DESC, g.id LIMIT 1) THEN 1 ELSE 0 END AS is_longest"
        " FROM call_finding f WHERE f.rule IN ('C7', 'Q1')"
    )


_FINDINGS = Source(
    "findings",
    "finding",
    PERSON_DAYS,
    _findings,
    {
        "interruptions": count_of("kind = 'talking_over' AND breach"),
        "interrupted_calls": count_of("kind = 'talking_over' AND value IS NOT NULL"),
        "interrupted_seconds": ("kind = 'talking_over' AND value IS NOT NULL", "value"),
        "silence_calls": count_of("is_longest = 1 AND value IS NOT NULL"),
        "silence_seconds": ("is_longest = 1 AND value IS NOT NULL", "value"),
    },
)


def _scores(dialect: Dialect) -> str:
    return (
        f"SELECT s.id, s.called_at AS at, {dialect.day('s.called_at')} AS day, s.queue,"
        f" {person_at('s.extension', 's.called_at')} AS person_id, s.score, {_measured('heard_ms')},"
        f" {_measured('ours_ms')}, {_measured('caller_ms')}, {_measured('both_ms')}, {_measured('first_words_ms')}"
        " FROM call_score s"
    )


def _measured(name: str) -> str:
    return f"CAST(s.measures ->> '{name}' AS BIGINT) AS {name}"


_SCORES = Source(
    "scores",
    "call_score",
    DAYS | {Axis.QUEUE, Axis.PERSON},
    _scores,
    {
        "measured": count_of("1 = 1"),
        "scored": count_of("score IS NOT NULL"),
        "score_points": ("score IS NOT NULL", "score"),
        "speech_heard": ("heard_ms IS NOT NULL", "heard_ms"),
        "speech_ours": ("heard_ms IS NOT NULL", "ours_ms"),
        "speech_caller": ("heard_ms IS NOT NULL", "caller_ms"),
        "speech_both": ("heard_ms IS NOT NULL", "both_ms"),
        "first_words": count_of("first_words_ms IS NOT NULL"),
        "first_words_ms": ("first_words_ms IS NOT NULL", "first_words_ms"),
    },
)


def _dials(dialect: Dialect) -> str:
    return (
        f"SELECT d.id, d.asked_at AS at, {dialect.day('d.asked_at')} AS day, d.line, d.outcome,"
        f" {person_at('d.extension', 'd.asked_at')} AS person_id FROM dial d"
        " WHERE d.ended_at IS NOT NULL AND d.outcome <> 'operator_gone'"
    )


_DIALS = Source(
    "dials",
    "dial",
    DAYS | {Axis.LINE, Axis.PERSON},
    _dials,
    {"dial_attempts": count_of("1 = 1"), "dial_congested": count_of("outcome = 'congested'")},
)


def _amounts(_dialect: Dialect) -> str:
    return "SELECT a.id, a.day, a.line, a.person_id, a.what, a.reason, a.amount FROM report_amount a"


#: States of a signed-in operator, in the order in which they are shown.
STATES = ("ready", "ringing", "talking", "holding", "wrap_up", "paused", "busy", "calling")


def _amount(*what: str) -> Sum:
    words = ", ".join(f"'{each}'" for each in what)
    return f"what IN ({words})", "amount"


_AMOUNTS = Source(
    "amounts",
    "day",
    PERSON_DAYS,
    _amounts,
    {
        **{f"state_{state}": _amount(state) for state in STATES if state != "paused"},
        "signed_in": _amount(*STATES),
        "planned": _amount("planned"),
        "planned_worked": _amount("planned_worked"),
        "planned_paused": _amount("planned_paused"),
        "rung_offered": _amount("rung"),
        "rung_taken": _amount("rung_taken"),
        "rung_missed": _amount("rung_missed"),
        **{moved: _amount(moved) for moved in MOVED},
    },
    by_day=True,
)


def _pauses(_dialect: Dialect) -> str:
    return "SELECT a.id, a.day, a.line, a.person_id, a.reason, a.amount FROM report_amount a WHERE a.what = 'paused'"


#: By themselves: along their reasons all else would stand below "none".
_PAUSES = Source(
    "pauses", "day", PERSON_DAYS | {Axis.PAUSE_REASON}, _pauses, {"state_paused": ("1 = 1", "amount")}, by_day=True
)


def _of_days(name: str, *what: str) -> Source:
    """Amounts of the whole centre, one a day."""
    return Source(name, "day", DAYS, _amounts, {each: _amount(each) for each in what}, by_day=True)


#: The most at once of a day; along any axis the highest counts.
_PEAKS = _of_days("peaks", "peak_calls", "peak_signed_in", "peak_channels")
_CHANNELS = _of_days("channels", "channels_full", "channels_known", "channels_days")

_FORECAST = Source(
    "forecast",
    "day",
    LINE_DAYS,
    _amounts,
    {
        "forecast": _amount("forecast"),
        "forecast_off": _amount("forecast_off"),
        "forecast_came": _amount("forecast_came"),
    },
    by_day=True,
)


def _of_clocks(clocks: Iterable[str]) -> str:
    names = ", ".join(f"'{clock}'" for clock in clocks)
    return f"d.clock IN ({names})"


_CASE_CLOCKS = _of_clocks(CASE_CLOCKS)
_ANSWER_CLOCKS = _of_clocks(map(clock_name, FIRST_ANSWERS))

SOURCES: dict[str, Source] = {
    each.name: each
    for each in (
        _CALLS,
        _MENUS,
        _CALLBACKS,
        _RATINGS,
        *case_sources.ALL,
        _VISITS,
        _LINE_TESTS,
        _EXAMINATIONS,
        _PAIRS,
        _FINDINGS,
        _SCORES,
        _DIALS,
        _AMOUNTS,
        _PAUSES,
        _PEAKS,
        _CHANNELS,
        _FORECAST,
        # One a call: day for day they are read in a fifth of the time.
        _clock("record_clocks", "d.clock = 'record'", "form", "records", in_order=True),
        _clock("promise_clocks", "d.clock = 'promise'", "form", "promises"),
        _clock("answer_clocks", _ANSWER_CLOCKS, "case", "answers"),
        _clock("case_clocks", _CASE_CLOCKS, "case", "case_clocks", axes=LINE_DAYS | {Axis.CLOCK}),
        _clock("visit_clocks", "d.clock = 'visit'", "visit", "visits"),
    )
}

#: By the name of a measure or a span.
SOURCE_OF: dict[str, Source] = {
    name: source for source in SOURCES.values() for name in (*source.measures, *source.spans)
}
