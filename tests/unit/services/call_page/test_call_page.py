"""What the page of a call is given, on each kind of database, and whose look is noted (F8)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.calls.call import Call
from hotline.domain.errors import NotFound
from hotline.domain.people import Actor, Role
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.retention.retention import Terms
from hotline.services.access import read_call
from hotline.services.call_page.call_page import call_of_recording, follow_call, see_call
from hotline.services.calls.ledger import record
from hotline.services.retention.holds import set_hold
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage
from tests.support.sample_calls import MONDAY_TEN as NOW
from tests.support.sample_calls import ZHAO, abandoned_call, answered_call, talking_call

TERMS = Terms()
LI = Actor("li", (Role.OPERATOR,), "李", 1, ZHAO.id)
SUN = Actor("sun", (Role.EXAMINER,), "孙", 2)
BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss", 3)


def keep(storage: Storage, call: Call) -> int:
    record(storage, call.node, [call], [], lambda _call: None, NOW)
    with storage.reading() as tx:
        return CallStore(tx).id_of(call.node, call.linkedid) or 0


def recorded(storage: Storage) -> int:
    """An answered call whose recording is in the store."""
    call_id = keep(storage, answered_call())
    with storage.writing() as tx:
        entry = read_call(tx, call_id).recordings[0]
        ready = replace(entry, state=RecordingState.READY, path="2026/one.wav", seconds=198.0, kept_at=NOW)
        RecordingStore(tx).update(ready)
    return call_id


def noted(storage: Storage) -> list[tuple[str, str, str]]:
    with storage.reading() as tx:
        return [(each.who, each.action, each.object) for each in AuditLog(tx).search(AuditFilter(), 100)]


def test_f8_a_look_is_noted_once_and_following_the_call_is_not(storage: Storage) -> None:
    call_id = keep(storage, talking_call())
    see_call(storage, TERMS, call_id, LI, NOW)
    follow_call(storage, TERMS, call_id, LI, NOW)
    assert noted(storage) == [("li", "call.view", f"call:{call_id}")]


def test_f8_nobody_has_looked_at_what_is_not_there(storage: Storage) -> None:
    for call_id in (1, 2**40):
        with pytest.raises(NotFound):
            see_call(storage, TERMS, call_id, BOSS, NOW)
    assert noted(storage) == []


def test_each_role_is_given_what_is_theirs(storage: Storage) -> None:
    call_id = recorded(storage)
    li, sun, boss = (follow_call(storage, TERMS, call_id, who, NOW) for who in (LI, SUN, BOSS))
    assert (li.may_listen, li.heard, li.kept) == (False, None, None)
    assert sun.heard is not None and sun.heard.may_examine and sun.kept is None
    assert boss.heard is not None and boss.heard.sound is not None and boss.kept is not None
    assert boss.kept.hold is None


def test_a_hold_stands_on_the_page_of_who_sees_to_it(storage: Storage) -> None:
    call_id = recorded(storage)
    hold = set_hold(storage, call_id, "诉讼", None, BOSS, NOW)
    kept = follow_call(storage, TERMS, call_id, BOSS, NOW).kept
    assert kept is not None and kept.hold == hold


def test_what_was_found_is_told_when_the_call_is_over_and_somebody_talked(storage: Storage) -> None:
    lasting, missed = keep(storage, talking_call("1")), keep(storage, abandoned_call("2"))
    assert follow_call(storage, TERMS, lasting, BOSS, NOW).heard is None
    assert follow_call(storage, TERMS, missed, BOSS, NOW).heard is None
    keep(storage, replace(talking_call("1"), ended_at=NOW))
    assert follow_call(storage, TERMS, lasting, BOSS, NOW).heard is not None


def test_a_recording_is_named_by_its_call(storage: Storage) -> None:
    call = answered_call()
    call_id = keep(storage, call)
    recording = follow_call(storage, TERMS, call_id, BOSS, NOW).stored.recordings[0]
    assert call_of_recording(storage, recording.id or 0) == f"call {call.node}/{call.linkedid}"
    assert call_of_recording(storage, 99) == ""
