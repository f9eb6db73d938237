"""A hand-made day, Monday 2026-11-16, and what its figures are, counted by hand.

| what (letter) | calls | waits | talk each |
|---|---|---|---|
| A answered by 1001, from 9:00 every 10 minutes, 1 ring; 3 hung up by us, one passed on blind | 10 | 2, 4 … 20 | 60 |
| B answered by 1002, from 11:00, 4 rings, held for 10 s; one passed on after asking | 5 | 21, 25, 30, 31, 45 | 100 |
| C answered by 1002 on parts, 2 rings | 4 | 5 | 9 |
| D taken on the duty mobile at lunch | 2 | 0 | 75 |
| E left in the queue, one caller four times | 4 | 3, 20, 40, 60 | |
| F left while ringing | 2 | 10, 12 | |
| G not answered; one of them after the queue's time was over | 2 | 90 | |
| H left in the menu after 8 s | 3 | | |
| I asked to be called back | 2 | 30 | |
| J one voicemail after waiting, one message by choice, one announcement heard out | 3 | 50 | |
| K broken off by us, number withheld | 1 | | |
| L turned away, a line test, between our phones: in nothing | 3 | | |
| M answered by 1001, caller hung up on hold of 20 s | 1 | 7 | 50 |
| N came at 23:59:30, answered by 1001, over the next day; and one of the day before | 1 (+1) | 10 | 300 |
| O dialled: two reached (60 and 40 s), one not | 3 | | |
| Q came at 20:00, closed, the duty mobile did not answer | 1 | 0 | |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import insert

from hotline.domain.calls.call import (
    Call,
    Direction,
    HangUp,
    MenuStep,
    Outcome,
    Party,
    QueueStay,
    Ring,
    RouteStep,
    Span,
    Talk,
    Transfer,
)
from hotline.domain.numbers import NO_NUMBER
from hotline.domain.operators.presence import OperatorPresence, ShownState, StateChange
from hotline.services.calls.ledger import record
from hotline.storage.forms.tables import call_form
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage
from tests.support.instance import at
from tests.support.sample_calls import CALLER, DUTY, QIAN, ZHAO, bare_call, dialled_call, unanswered_dial

#: When all of it is over.
EVENING = at("2026-11-17 12:00")

# answered: A 10 + B 5 + C 4 + D 2 + M 1 + N 1 = 23; lost: E 4 + F 2 + G 2 + Q 1 = 9
# put through: 23 + 9 + I 2 + one voicemail = 35; incoming: 35 + served 2 + menu 3 + broken off 1 = 41
# within 20 s: A 10 + C 4 + D 2 + M 1 + N 1 = 18; 15 s: A 7 + C 4 + D 2 + M 1 + N 1 = 15; 30 s: 18 + B 3 = 21
# lost within 20 s: E 2 + F 2 + Q 1 = 5
# waits of those answered: A 110 + B 152 + C 20 + M 7 + N 10 = 299; sorted 0 0 2 4 5 5 5 5 6 7 8 10 10 12 14 16 18 20
#   21 25 30 31 45: the 12th (50 %) is 10, the 21st (90 %) 30, the 22nd (95 %) 31
# waits of those lost: 123 + 22 + 180 + 0 = 325; of all: 299 + 325 + 60 + 50 = 734
# talk: 600 + 500 + 36 + 150 + 50 + 300 = 1636; hold: B 50 + M 20 = 70 on 6 calls; wrap-up: 30 s after the first call
# rings of operators' calls: 21, within 3: A 10 + C 4 + M 1 + N 1 = 16
# numbers: 41 calls, E is one caller (- 3), K withheld (- 1), B's first is A's first (- 1) = 36
FIGURES = {
    "incoming": 41.0,
    "served_in_menu": 2.0,
    "served_in_menu_rate": 100 * 2 / 41,
    "put_through": 35.0,
    "answered": 23.0,
    "answered_by_operator": 21.0,
    "answered_by_mobile": 2.0,
    "lost": 9.0,
    "lost_in_menu": 3.0,
    "lost_in_queue": 4.0,
    "lost_ringing": 2.0,
    "lost_unanswered": 3.0,
    "lost_on_hold": 1.0,
    "callbacks_wanted": 2.0,
    "voicemails": 1.0,
    "broken_off": 1.0,
    "met_closed": 1.0,
    "met_timeout": 1.0,
    "met_full": 0.0,
    "overflowed": 0.0,
    "safe_routed": 0.0,
    "short_abandons": 0.0,
    "connection_rate": 100 * 23 / 35,
    "answered_rate_open": 100 * 23 / 40,
    "abandonment": 100 * 9 / 32,
    "service_level": 100 * 18 / 32,
    "service_level_of_put_through": 100 * 18 / 35,
    "service_level_of_answered": 100 * 18 / 23,
    "service_level_with_lost": 100 * 23 / 32,
    # without C, whose talks lasted 9 s: 14 of 19 answered within 20 s
    "service_level_without_short_talks": 100 * 14 / 28,
    "service_level_15": 100 * 15 / 32,
    "service_level_20": 100 * 18 / 32,
    "service_level_30": 100 * 21 / 32,
    "average_answer": 299 / 23,
    "wait_answered_p50": 10.0,
    "wait_answered_p90": 30.0,
    "wait_answered_p95": 31.0,
    "wait_answered_longest": 45.0,
    "wait_lost_longest": 90.0,
    "wait_all_longest": 90.0,
    "time_to_abandon": 325 / 9,
    "time_to_abandon_in_queue": 123 / 4,
    "time_to_abandon_ringing": 11.0,
    "time_to_abandon_in_menu": 8.0,
    "patience": 734 / 9,
    "repeats": 1.0,
    "repeat_rate": 100 / 23,
    "first_contact_resolution": 100 * 22 / 23,
    "talk_time": 1636 / 23,
    "talk_time_without_hold": (1636 - 70) / 23,
    "talk_longest": 300.0,
    "hold_time": 70 / 6,
    "wrap_up_time": 30 / 21,
    "handle_time": 1666 / 23,
    "hold_share": 100 * 70 / 1666,
    "hold_rate": 100 * 6 / 23,
    "transfers_blind": 100 / 23,
    "transfers_attended": 100 / 23,
    "transfers_blind_out": 1.0,
    "transfers_blind_in": 1.0,
    "transfers_attended_out": 1.0,
    "transfers_attended_in": 1.0,
    "short_talk_rate": 100 * 4 / 23,
    "hung_up_by_us": 100 * 3 / 23,
    "in_three_rings": 100 * 16 / 21,
    "callers": 36.0,
    "calls_per_caller": 40 / 36,
    "load": 1666 / 3600,
    "dialled": 3.0,
    "reached": 2.0,
    "reached_rate": 100 * 2 / 3,
    "attempts_a_success": 1.5,
    "dialled_talk_time": 50.0,
    # 1001 from 8:00 to 17:30 = 34200 s, of which paused 3600, ringing 2, talking 60, wrap-up 30; 1002 to 0:30 = 1800 s
    "signed_in": 36000.0,
    "state_ready": 34200.0 - 3692 + 1800,
    "state_paused": 3600.0,
    "state_ringing": 2.0,
    "state_talking": 60.0,
    "state_wrap_up": 30.0,
    "state_holding": 0.0,
    "occupancy": 100 * 90 / (90 + 32308),
    "calls_per_hour": 2.1,
    "peak_signed_in": 1.0,
    # Menus. Of A one pressed nothing first, one the key 9, which means nothing; then all 2. Of H one pressed 1, into
    # another menu, one 9, one nothing; J 3 and 4; G nothing, and were put through; K nothing, and was broken off.
    # Heard: A 12 + G 2 + H 5 + J 2 + K 2 = 23; calls by menu: A 10 + G 2 + H 4 + J 2 + K 1 = 19; keys: A 11 + H 2 + J 2
    "menu_entered": 19.0,
    "menu_heard": 23.0,
    "menu_pressed": 15.0,
    "menu_missed": 2.0,
    "menu_missed_rate": 100 * 2 / 15,
    "menu_silent": 4.0,
    "menu_timed_out": 2.0,
    "menu_left": 3.0,
    "menu_left_rate": 100 * 3 / 19,
    "menu_left_after": 2.0,
    "menu_broken": 1.0,
    "menu_to_people": 100 * 12 / 19,
    "menu_to_voicemail": 100 / 19,
    "menu_to_end": 100 / 19,
    "menu_to_hang_up": 100 * 4 / 19,
    "menu_choices": 15.0,
    "choice_to_people": 100 * 11 / 15,
    "choice_to_voicemail": 100 / 15,
    "choice_to_end": 100 / 15,
    "choice_to_hang_up": 100 * 2 / 15,
}


def calls() -> list[Call]:
    return list(_calls())


def _calls() -> Iterator[Call]:
    number = count(13900000100)

    def came(clock: str, day: str = "2026-11-16") -> Call:
        start = at(f"{day} {clock}")
        return bare_call(f"h-{next(number)}", start, f"+86{next(number)}")

    for n in range(10):
        call = _taken(came(f"{9 + n // 6:02}:{n % 6}0"), ZHAO, 2.0 * (n + 1), 60, 1)
        wrong = {0: [("", "")], 1: [("9", "")]}.get(n, [])
        call = _heard(call, *wrong, ("2", "queue:service"))
        if n < 3:
            call = replace(call, hang_up=HangUp(ZHAO, call.ended_at or EVENING, 16))
        yield replace(call, transfers=(Transfer(call.started_at, "blind", ZHAO, QIAN),)) if n == 0 else call
    for n, wait in enumerate((21.0, 25.0, 30.0, 31.0, 45.0)):
        call = _taken(came(f"11:{n}0"), QIAN, wait, 100, 4)
        begun = call.started_at + timedelta(seconds=60)
        call = replace(call, hold_seconds=10.0, holds=(Span(begun, begun + timedelta(seconds=10), "1002"),))
        if n == 0:
            first = bare_call("", at("2026-11-16 09:00"), "+8613900000101").caller
            call = replace(call, caller=first, transfers=(Transfer(begun, "attended", QIAN, ZHAO),))
        yield call
    for n in range(4):
        yield replace(_taken(came(f"11:5{n}"), QIAN, 5.0, 9, 2), line="parts")
    for n in range(2):
        yield _on_mobile(came(f"12:3{n}"))
    yield from _lost(came)
    for pressed in ([("1", "menu:sub")], [("9", "")], []):
        yield _heard(_over(came("15:00"), Outcome.ABANDONED_IVR, 8), *pressed)
    for _ in range(2):
        yield replace(_over(_queued(came("15:10"), 30, "callback"), Outcome.CALLBACK_REQUESTED, 40), wait_seconds=30.0)
    yield replace(
        _over(_queued(came("15:20"), 50, "timeout"), Outcome.VOICEMAIL, 80),
        wait_seconds=50.0,
        queues=(QueueStay("service", at("2026-11-16 15:20"), at("2026-11-16 15:21"), "ended"),),
    )
    yield _heard(_over(came("15:30"), Outcome.VOICEMAIL, 60), ("3", "voicemail"))
    yield _heard(_over(came("15:40"), Outcome.ANSWERED, 60), ("4", "announcement:opening-hours"))
    broken = _heard(_over(came("15:50"), Outcome.FAILED, 60), ("", ""))
    yield replace(broken, caller=replace(broken.caller, number=NO_NUMBER, original="anonymous", withheld=True))
    yield _over(came("15:51"), Outcome.BLOCKED, 2)
    yield replace(_over(came("15:52"), Outcome.ANSWERED, 9), direction=Direction.LINE_TEST)
    yield replace(_taken(came("15:53"), ZHAO, 0, 9, 1), direction=Direction.INTERNAL)
    on_hold = _taken(came("16:00"), ZHAO, 7, 50, 1)
    over = on_hold.ended_at or EVENING
    yield replace(on_hold, hold_seconds=20.0, holds=(Span(over - timedelta(seconds=20), None, "1001"),))
    late = came("23:59")
    late = replace(late, started_at=late.started_at + timedelta(seconds=30))
    yield _taken(late, ZHAO, 10, 300, 1)
    yield _taken(came("23:59", "2026-11-15"), QIAN, 10, 300, 1)
    start = at("2026-11-16 17:00")
    yield replace(dialled_call("d-1", start), ended_at=start + timedelta(seconds=80))
    yield replace(dialled_call("d-2", start), talk_seconds=40.0)
    yield unanswered_dial("d-3", start)


def _lost(came: object) -> Iterator[Call]:
    assert callable(came)
    caller = None
    for wait in (3, 20, 40, 60):
        call: Call = came("13:00")
        caller = caller or call.caller
        yield replace(
            _over(_queued(call, wait, "abandoned"), Outcome.ABANDONED_QUEUE, wait),
            wait_seconds=float(wait),
            caller=caller,
        )
    for wait in (10, 12):
        call = _over(_queued(came("14:00"), wait, "abandoned"), Outcome.ABANDONED_QUEUE, wait)
        ring = Ring(ZHAO, call.started_at, call.ended_at, float(wait), 1, "cancelled")
        yield replace(call, wait_seconds=float(wait), rings=(ring,))
    for result in ("timeout", "ended"):
        waited = _heard(_over(_queued(came("14:30"), 90, result), Outcome.NO_ANSWER, 90), ("", "operator"))
        yield replace(waited, wait_seconds=90.0)
    closed = _over(came("20:00"), Outcome.FORWARDED_UNANSWERED, 40)
    yield replace(closed, routes=(RouteStep(closed.started_at, "duty", "139", "after_hours"),))


def _heard(call: Call, *steps: tuple[str, str]) -> Call:
    """The menu main, with each key and where it led."""
    return replace(call, menu=tuple(MenuStep(call.started_at, "main", key, target) for key, target in steps))


def _over(call: Call, outcome: Outcome, seconds: float) -> Call:
    end = call.started_at + timedelta(seconds=seconds)
    return replace(call, ended_at=end, outcome=outcome, hang_up=HangUp(CALLER, end, 16))


def _queued(call: Call, seconds: float, result: str) -> Call:
    return replace(
        call, queues=(QueueStay("service", call.started_at, call.started_at + timedelta(seconds=seconds), result),)
    )


def _taken(call: Call, who: Party, wait: float, talk: float, rings: int) -> Call:
    begun = call.started_at + timedelta(seconds=wait)
    over = begun + timedelta(seconds=talk)
    return replace(
        _over(_queued(call, wait, "answered"), Outcome.ANSWERED, wait + talk),
        answered_by=who,
        talk_started_at=begun,
        wait_seconds=float(wait),
        ring_seconds=float(min(wait, 5)),
        talk_seconds=float(talk),
        rings=(Ring(who, call.started_at, begun, float(wait), rings, "answered"),),
        talks=(Talk(who, begun, over),),
    )


def _on_mobile(call: Call) -> Call:
    call = _taken(call, DUTY, 0, 75, 3)
    route = RouteStep(call.started_at, "duty", "139", "break")
    return replace(call, outcome=Outcome.FORWARDED_ANSWERED, queues=(), routes=(route,))


def changes() -> list[StateChange]:
    """1001 the working day; 1002 since the evening before until half past midnight."""
    day = "2026-11-16"

    def change(extension: str, moment: datetime, state: ShownState, reason: str = "") -> StateChange:
        return StateChange(extension, moment, state, reason)

    nine = at(f"{day} 09:00")
    return [
        change("1002", at("2026-11-15 23:00"), ShownState.READY),
        change("1002", at(f"{day} 00:30"), ShownState.OFFLINE),
        change("1001", at(f"{day} 08:00"), ShownState.READY),
        change("1001", nine, ShownState.RINGING),
        change("1001", nine + timedelta(seconds=2), ShownState.TALKING),
        change("1001", nine + timedelta(seconds=62), ShownState.WRAP_UP),
        change("1001", nine + timedelta(seconds=92), ShownState.READY),
        change("1001", at(f"{day} 12:00"), ShownState.PAUSED, "meal"),
        change("1001", at(f"{day} 13:00"), ShownState.READY),
        change("1001", at(f"{day} 17:30"), ShownState.OFFLINE),
    ]


def put(storage: Storage) -> None:
    """The day, and records of the first call of A and the first of B on the same subject."""
    made = calls()
    record(storage, "node1", made, [], lambda call: None, EVENING)
    with storage.writing() as tx:
        store = PresenceStore(tx)
        store.save([OperatorPresence(extension, EVENING, EVENING) for extension in ("1001", "1002")])
        store.note(changes())
        for call in (made[0], made[10]):
            tx.connection.execute(insert(call_form).values(_record(call)))


def _record(call: Call) -> dict[str, object]:
    return {
        "node": call.node,
        "linkedid": call.linkedid,
        "line": call.line,
        "number": call.caller.number,
        "called_at": call.started_at,
        "origin": "call",
        "owner": "1001",
        "owner_name": "",
        "state": "done",
        "version": 1,
        "region": "广东",
        "category": "repair",
        "fields": {},
        "created_at": call.started_at,
        "updated_at": call.started_at,
        "updated_by": "zhao",
    }
