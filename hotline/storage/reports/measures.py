"""What is summed over calls, as SQL over a row of `report_call` that SQLite and PostgreSQL read alike.

`{service_level}`, `{short}`, `{answer}`, `{quick}` (seconds) and `{rings}` stand for the settings in force.
"""

from __future__ import annotations

#: Shorter talks are no talks yet (figure 23).
SHORT_TALK_MS = 10_000
#: Service levels that are asked for whatever the settings say.
LEVELS = (15, 20, 30)

_IN = "counts_as <> ''"
_ANSWERED = "counts_as = 'answered'"
_LOST = "counts_as IN ('left_queue', 'left_ringing', 'unanswered')"
_SHORT = "counts_as IN ('left_queue', 'left_ringing') AND wait_ms < {short} * 1000"
_LONG_LOST = f"{_LOST} AND NOT ({_SHORT})"
_PUT = "counts_as IN ('answered', 'left_queue', 'left_ringing', 'unanswered', 'callback', 'voicemail')"
_DIALLED = "direction = 'dialled'"
_HANDLE = "talk_ms + COALESCE(wrap_up_ms, 0)"


def _count(condition: str) -> tuple[str, str]:
    return condition, "1"


#: By name: which rows, and what of each.
CALL_MEASURES: dict[str, tuple[str, str]] = {
    "incoming": _count(_IN),
    "number_known": _count(f"{_IN} AND caller IS NOT NULL"),
    "self_served": _count("counts_as = 'self_served'"),
    "put_through": _count(_PUT),
    "answered": _count(_ANSWERED),
    "by_operator": _count(f"{_ANSWERED} AND by_mobile = 0"),
    "by_mobile": _count(f"{_ANSWERED} AND by_mobile = 1"),
    "lost": _count(_LOST),
    "lost_long": _count(_LONG_LOST),
    "left_menu": _count("counts_as = 'left_ivr'"),
    "left_queue": _count("counts_as = 'left_queue'"),
    "left_ringing": _count("counts_as = 'left_ringing'"),
    "unanswered": _count("counts_as = 'unanswered'"),
    "left_on_hold": _count("stage = 'hold'"),
    "callback": _count("counts_as = 'callback'"),
    "voicemail": _count("counts_as = 'voicemail'"),
    "failed": _count("counts_as = 'failed'"),
    "closed": _count("not_admitted = 'closed'"),
    "queue_full": _count("not_admitted = 'full'"),
    "queue_empty": _count("not_admitted = 'empty'"),
    "queue_timeout": _count("not_admitted = 'timeout'"),
    "nobody_on_duty": _count("not_admitted = 'nobody_on_duty'"),
    "safe_routed": _count(f"{_IN} AND safe_routed = 1"),
    "overflowed": _count(f"{_IN} AND overflowed = 1"),
    "short": _count(_SHORT),
    "in_level": _count(f"{_ANSWERED} AND wait_ms <= {{service_level}} * 1000"),
    "lost_in_level": _count(f"{_LONG_LOST} AND wait_ms <= {{service_level}} * 1000"),
    "answered_long": _count(f"{_ANSWERED} AND talk_ms >= {SHORT_TALK_MS}"),
    "in_level_long": _count(f"{_ANSWERED} AND talk_ms >= {SHORT_TALK_MS} AND wait_ms <= {{service_level}} * 1000"),
    "in_answer": _count(f"{_ANSWERED} AND wait_ms <= {{answer}} * 1000"),
    "in_quick": _count(f"{_ANSWERED} AND wait_ms <= {{quick}} * 1000"),
    **{f"in_{level}": _count(f"{_ANSWERED} AND wait_ms <= {level * 1000}") for level in LEVELS},
    "wait_answered_ms": (_ANSWERED, "wait_ms"),
    "ring_answered_ms": (_ANSWERED, "CASE WHEN ring_ms < wait_ms THEN ring_ms ELSE wait_ms END"),
    "wait_lost_ms": (_LOST, "wait_ms"),
    "wait_queue_ms": ("counts_as = 'left_queue'", "wait_ms"),
    "wait_ringing_ms": ("counts_as = 'left_ringing'", "wait_ms"),
    "wait_all_ms": (_PUT, "wait_ms"),
    "before_menu_ms": ("counts_as = 'left_ivr'", "before_ms"),
    "before_people_ms": (_PUT, "before_ms"),
    "repeats": _count(f"{_ANSWERED} AND repeat = 1"),
    "talk_ms": (_ANSWERED, "talk_ms"),
    "hold_ms": (_ANSWERED, "hold_ms"),
    "wrap_up_ms": (_ANSWERED, "COALESCE(wrap_up_ms, 0)"),
    "handle_ms": (_ANSWERED, _HANDLE),
    "held": _count(f"{_ANSWERED} AND hold_ms > 0"),
    "blind": (_ANSWERED, "blind"),
    "attended": (_ANSWERED, "attended"),
    "short_talks": _count(f"{_ANSWERED} AND talk_ms < {SHORT_TALK_MS}"),
    "hung_up_by_us": _count(f"{_ANSWERED} AND hung_up_by = 'ours'"),
    "rung": _count(f"{_ANSWERED} AND rings IS NOT NULL"),
    "in_rings": _count(f"{_ANSWERED} AND rings <= {{rings}}"),
    "dialled": _count(_DIALLED),
    "reached": _count(f"{_DIALLED} AND talk_ms > 0"),
    "dialled_talk_ms": (f"{_DIALLED} AND talk_ms > 0", "talk_ms"),
    "talks": _count("talk_ms > 0"),
    "recorded": _count("talk_ms > 0 AND recorded = 1"),
}

#: What percentiles and the longest are taken of: which rows, and milliseconds of each.
SPANS: dict[str, tuple[str, str]] = {
    "wait_answered": (_ANSWERED, "wait_ms"),
    "wait_lost": (_LOST, "wait_ms"),
    "wait_all": (_PUT, "wait_ms"),
    "talk": (_ANSWERED, "talk_ms"),
    "hold": (f"{_ANSWERED} AND hold_ms > 0", "hold_ms"),
    "wrap_up": (f"{_ANSWERED} AND by_mobile = 0", "COALESCE(wrap_up_ms, 0)"),
    "handle": (_ANSWERED, _HANDLE),
}


def in_whole_seconds(amount: str) -> str:
    """SQL: milliseconds rounded up."""
    return f"({amount} + 999) / 1000"
