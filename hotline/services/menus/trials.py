"""A draft is tried by real calls: every way through it is called, one after the other, by Asterisk itself. A page asks
for it, and a job does it (decision 48)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.errors import Conflict, PbxError
from hotline.domain.menus.trial import SILENCE, TrialCall, TrialState, Walked
from hotline.domain.people import Actor
from hotline.domain.reasons import because
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.line.names import require_line
from hotline.services.menus.content import with_content
from hotline.services.menus.drafts import draft_of
from hotline.services.menus.walking import Decide, Walk, decider, ways_at
from hotline.services.pbx import Pbx
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.menus.store import MenuTrialStore
from hotline.storage.one_at_a_time import one_at_a_time
from hotline.storage.transaction import Storage

#: Calls at once: callers outside need the machine too.
AT_ONCE = 4

#: A call that has not come to its end so long after it should have has failed; so has one that nobody began.
LATE_AFTER = timedelta(seconds=30)
LONGEST = timedelta(minutes=10)

TRIAL_CONTEXT, CALLER_CONTEXT = "hl-menu-trial", "hl-menu-caller"

#: Asterisk's SendDTMF waits so long at each of these.
_PAUSE, _PAUSE_SECONDS = "w", 0.5

#: What the half that plays the caller stays on longer than the dialogue should take.
_STAYS_SECONDS = 10


def ask_for_calls(
    in_force: SettingsInForce, walk: Walk, actor: Actor, draft_id: int, line: str, at: datetime, now: datetime
) -> int:
    """How many calls will be made, one for each way. The line is taken to be open. Raises Forbidden, NotFound,
    Conflict while the draft is being tried."""
    require_right(Act.CHANGE_SETTINGS, actor)
    current = in_force()
    require_line(current, line)
    line = line or next(iter(current.lines))
    with in_force.storage.writing() as tx:
        draft = draft_of(tx, draft_id)
        store = MenuTrialStore(tx)
        one_at_a_time(tx, f"menu trial {draft_id}")
        if any(not each.is_over for each in store.of_draft(draft_id)):
            raise Conflict("menus.trial_running")
        settings = with_content(current, draft.content)
        decide, _is_open = decider(in_force.storage, settings, line, at, as_open=True)
        calls = []
        for way in ways_at(settings, settings.lines[line].menu, at):
            *pressed, ends = walk.pressed_at(settings, line, way, decide, at)
            sent, took = keys_sent(way.keys, pressed)
            stays = max(0, round(ends - took)) + _STAYS_SECONDS
            token = secrets.token_hex(16)
            given = (draft_id, draft.version, line, way, token, draft.content, at, sent, stays, actor.name, now)
            calls.append(TrialCall(*given))
        store.begin(draft_id, calls)
        AuditLog(tx).add(
            now, actor.name, "menu_draft.try", f"menu_draft:{draft_id}", f"line {line}: {len(calls)} calls"
        )
    return len(calls)


def calls_of(storage: Storage, actor: Actor, draft_id: int) -> list[TrialCall]:
    """What came of the calls of the last trial. Raises Forbidden."""
    require_right(Act.CHANGE_SETTINGS, actor)
    with storage.reading() as tx:
        return MenuTrialStore(tx).of_draft(draft_id)


def make_calls(storage: Storage, pbx: Pbx, now: datetime) -> int:
    """Begin what waits, a few at once, and conclude what came to no end; how many were begun. Raises StorageError."""
    with storage.reading() as tx:
        unfinished = MenuTrialStore(tx).unfinished()
    late = [each for each in unfinished if _is_late(each, now)]
    for call in late:
        _put(storage, replace(call, state=TrialState.FAILED, ended_at=now, fault=because("menus.trial_late")))
    running = sum(each.state is TrialState.CALLS for each in unfinished if each not in late)
    waiting = [each for each in unfinished if each.state is TrialState.WAITS and each not in late]
    begun = waiting[: max(0, AT_ONCE - running)]
    for call in begun:
        _begin(storage, pbx, call, now)
    return len(begun)


def begin_call(in_force: SettingsInForce, token: str) -> tuple[TrialCall, Settings, Decide] | None:
    """For the IVR, to which the call has come: what it goes by. None for a token that is none of a call under way."""
    with in_force.storage.reading() as tx:
        call = MenuTrialStore(tx).by_token(token) if token else None
    if call is None or call.state is not TrialState.CALLS or call.steps:
        return None
    settings = with_content(in_force(), call.content)
    decide, _is_open = decider(in_force.storage, settings, call.line, call.at, as_open=True)
    return call, settings, decide


def note_call(storage: Storage, call: TrialCall, walked: Walked, now: datetime) -> None:
    """What was said and pressed, and where it ended; a call that was broken off has failed."""
    ended = {"kind": walked.kind, "target": walked.target, "reason": walked.reason, "seconds": walked.seconds}
    fault = next(iter(walked.faults), None) or (None if walked.kind else because("menus.trial_late"))
    state = TrialState.FAILED if fault else TrialState.DONE
    _put(storage, replace(call, state=state, ended_at=now, steps=walked.steps, ended=ended, fault=fault))


def keys_sent(keys: Sequence[str], pressed_at: Sequence[float]) -> tuple[str, float]:
    """As SendDTMF is told to press these keys at these seconds, and the seconds until the last."""
    sent, now = "", 0.0
    for key, at in zip([key for key in keys if key != SILENCE], pressed_at, strict=False):
        pauses = max(0, round((at - now) / _PAUSE_SECONDS))
        sent += _PAUSE * pauses + key
        now += pauses * _PAUSE_SECONDS
    return sent, now


def _begin(storage: Storage, pbx: Pbx, call: TrialCall, now: datetime) -> None:
    variables = {"HL_TRIAL": call.token, "HL_TRIAL_KEYS": call.sent, "HL_TRIAL_WAIT": str(call.stays)}
    # Noted first: the IVR may ask for it at once.
    _put(storage, replace(call, state=TrialState.CALLS, begun_at=now))
    try:
        pbx.originate(f"Local/s@{TRIAL_CONTEXT}/n", CALLER_CONTEXT, "s", "menu-trial", variables, 10)
    except PbxError as error:
        fault = because("menus.trial_asterisk", why=error.reason)
        _put(storage, replace(call, state=TrialState.FAILED, begun_at=now, ended_at=now, fault=fault))


def _is_late(call: TrialCall, now: datetime) -> bool:
    if call.state is TrialState.WAITS:
        return now - call.asked_at > LONGEST
    takes = timedelta(seconds=call.stays + len(call.sent) * _PAUSE_SECONDS)
    return call.begun_at is not None and now - call.begun_at > takes + LATE_AFTER


def _put(storage: Storage, call: TrialCall) -> None:
    with storage.writing() as tx:
        MenuTrialStore(tx).update(call)
