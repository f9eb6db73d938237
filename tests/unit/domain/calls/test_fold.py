"""The fold, on CEL rows captured from real calls (tests/fixtures/cel; HOTLINE_CAPTURE=1 takes them anew).

Each fixture is the CEL database of the end-to-end case of the same name, whose expected.toml says what the record is;
of a call that we dialled the file of that name in tests/e2e/dialled does.
"""

from __future__ import annotations

import functools
import json
import random
import sqlite3
import tempfile
import tomllib
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.asterisk.cel_database import CelDatabase, prepare
from hotline.domain.calls.call import Call, Direction, Outcome, PartyKind
from hotline.domain.calls.events import CelType, ChannelEvent, Fact, FactKind
from hotline.domain.calls.fold import Directory, fold
from hotline.domain.calls.fold.rings import cycles
from hotline.domain.calls.fold.talks import union_seconds
from tests.support.expect import differences

TESTS = Path(__file__).parents[3]
FIXTURES = sorted((TESTS / "fixtures" / "cel").glob("*.json"))
DIRECTORY = Directory(
    lines={"4001234567": "main"},
    operators={"1001": "赵敏", "1002": "钱伟"},
    mobiles={"13800000012": "周工", "13800000001": "值班1", "13800000002": "值班2", "13800000003": "值班3"},
)


@functools.cache
def load(file: Path) -> tuple[str, list[ChannelEvent], list[Fact]]:
    """Read the way the listener reads: the rows stand in a CEL database again."""
    document = json.loads(file.read_text("utf-8"))
    linkedid = document["linkedid"]
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "cel.db"
        prepare(database)
        with closing(sqlite3.connect(database)) as connection, connection:
            for row in document["cel"]:
                marks = ",".join(f":{column}" for column in row)
                connection.execute(f"INSERT INTO cel ({','.join(row)}) VALUES ({marks})", row)
        events = CelDatabase(database).rows_of(linkedid)
    facts = [
        Fact(datetime.fromisoformat(f["at"]), FactKind(f["kind"]), linkedid, f["channel"]) for f in document["facts"]
    ]
    return linkedid, events, facts


def folded(linkedid: str, events: list[ChannelEvent], facts: list[Fact]) -> Call:
    call = fold("node", linkedid, events, facts, DIRECTORY)
    assert call is not None
    return call


def test_there_are_fixtures() -> None:
    assert len(FIXTURES) >= 25


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_record_of_a_captured_call(file: Path) -> None:
    """B1: the same expectations that the live ledger meets."""
    call = folded(*load(file))
    case, dialled = TESTS / "e2e" / "calls" / file.stem, TESTS / "e2e" / "dialled" / f"{file.stem}.toml"
    said = (dialled if dialled.exists() else case / "expected.toml").read_text("utf-8")
    expected = tomllib.loads(said.replace("{caller}", call.caller.original))
    assert differences(call, expected["call"]) == []


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_order_and_repetition_change_nothing(file: Path) -> None:
    linkedid, events, facts = load(file)
    whole = folded(linkedid, events, facts)
    for seed in range(20):
        shuffled = events + events[:: 1 + seed % 3]
        random.Random(seed).shuffle(shuffled)
        assert folded(linkedid, shuffled, list(reversed(facts)) + facts) == whole


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_any_beginning_of_a_call_can_be_folded(file: Path) -> None:
    linkedid, events, facts = load(file)
    for length in range(len(events)):
        call = fold("node", linkedid, events[:length], facts, DIRECTORY)
        if call is not None and call.ended_at is None:
            assert call.outcome is None and call.hang_up is None


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_a_restart_ends_what_was_left_open(file: Path) -> None:
    """Asterisk gone after any event: the call has an end and an outcome, and every span of it ends by then."""
    linkedid, events, facts = load(file)
    for length in range(1, len(events)):
        kept = events[:length]
        at = kept[-1].at + timedelta(seconds=2)
        call = fold("node", linkedid, kept, [*facts, Fact(at, FactKind.PBX_RESTARTED, linkedid)], DIRECTORY)
        if call is None:
            continue
        assert call.ended_at is not None and call.ended_at <= at and isinstance(call.outcome, Outcome)
        assert all(talk.ended_at is not None and talk.ended_at <= call.ended_at for talk in call.talks)
        assert all(stay.result for stay in call.queues)


def test_nothing_before_the_first_channel() -> None:
    linkedid, events, facts = load(FIXTURES[0])
    assert fold("node", linkedid, [], [], DIRECTORY) is None
    assert fold("node", linkedid, events[1:], facts, DIRECTORY) is None


@pytest.mark.parametrize(("seconds", "rings"), [(0.0, 1), (4.999, 1), (5.0, 2), (14.999, 3), (15.0, 4)])
def test_ring_cycles(seconds: float, rings: int) -> None:
    """A8: a cycle is 5 s, and a phone rings at once."""
    assert cycles(seconds, 5) == rings


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 100)), max_size=20))
def test_union_of_spans(spans: list[tuple[int, int]]) -> None:
    zero = datetime(2026, 1, 1, tzinfo=UTC)
    covered = {second for start, length in spans for second in range(start, start + length)}
    moments = [(zero + timedelta(seconds=s), zero + timedelta(seconds=s + length)) for s, length in spans]
    assert union_seconds(moments, zero) == len(covered)


def test_whom_the_caller_was_joined_with_is_known_where_asterisk_could_not_tell() -> None:
    """A12: the event has "N/A" when the Local channel has left its bridge by then."""
    linkedid, events, facts = load(TESTS / "fixtures" / "cel" / "consult_and_join.json")
    name = "transfer_target_channel_name"
    unnamed = [replace(e, extra={**e.extra, name: "N/A"}) if name in e.extra else e for e in events]
    assert unnamed != events
    assert folded(linkedid, unnamed, facts) == folded(linkedid, events, facts)


def test_of_two_phones_picked_up_at_once_one_has_the_caller() -> None:
    """A5, B1: the other is hung up a moment later, as if it had not been picked up."""
    linkedid, events, facts = load(TESTS / "fixtures" / "cel" / "two_ring_one_answers.json")
    late = next(e for e in events if e.type is CelType.CHAN_START and e.channel.startswith("PJSIP/1001-"))
    taken = next(e for e in events if e.type is CelType.ANSWER and e.channel.startswith("PJSIP/1002-"))
    both = [*events, replace(late, type=CelType.ANSWER, at=taken.at + timedelta(microseconds=400))]
    call = folded(linkedid, both, facts)
    assert {ring.party.id: ring.result for ring in call.rings} == {"1001": "cancelled", "1002": "answered"}
    assert [talk.party.id for talk in call.talks] == ["1002"]


def test_a_call_that_asterisk_ended_was_not_given_up() -> None:
    """A9, A11: it names no phone as the hang-up's source, and no cause."""
    linkedid, events, facts = load(TESTS / "fixtures" / "cel" / "caller_leaves_while_ringing.json")
    by_us = {"hangupcause": 0, "hangupsource": "", "dialstatus": ""}
    down = [replace(e, extra=by_us) if e.type is CelType.HANGUP and e.uniqueid == linkedid else e for e in events]
    call = folded(linkedid, down, facts)
    assert (call.outcome, call.remarks) == (Outcome.FAILED, ("ended_by_system",))
    assert call.hang_up is not None and call.hang_up.by.kind is PartyKind.SYSTEM
    assert [stay.result for stay in call.queues] == ["ended"]
    assert folded(linkedid, events, facts).outcome is Outcome.ABANDONED_QUEUE


def test_a_consultation_is_over_whichever_of_the_two_is_moved_to_the_other() -> None:
    """A12: Asterisk takes the Local channel out of their way from the one side or the other."""
    linkedid, events, facts = load(TESTS / "fixtures" / "cel" / "consult_and_join.json")
    passed_on = next(e.at for e in events if e.type is CelType.ATTENDEDTRANSFER)
    caller = next(e.channel for e in events if e.uniqueid == linkedid)
    moved = [e for e in events if e.type is CelType.BRIDGE_ENTER and e.at > passed_on]
    assert [e.channel for e in moved] != [caller]
    other = [replace(e, channel=caller) if e in moved else e for e in events]
    for told in (events, other):
        assert folded(linkedid, told, facts).consultations[0].ended_at == moved[0].at


def test_who_left_before_another_picked_up_did_not_end_the_call() -> None:
    """A phone was dropped, another was answered, and the caller left, all within a moment; on the caller's channel
    Asterisk names who hung up first of all."""
    linkedid, events, facts = load(TESTS / "fixtures/cel/picked_up_and_dropped.json")
    dropped = next(
        each for each in events if each.type is CelType.HANGUP and each.extra["hangupsource"] == each.channel
    )
    since = dropped.at + timedelta(seconds=0.2)
    soon = [each if each.at <= since else replace(each, at=since + (each.at - since) * 0.15) for each in events]
    named = [
        replace(each, extra={**each.extra, "hangupsource": dropped.channel})
        if each.type is CelType.HANGUP and each.channel == events[0].channel
        else each
        for each in soon
    ]
    call = folded(linkedid, named, facts)
    assert call.hang_up is not None and call.hang_up.at - dropped.at < timedelta(seconds=2)
    assert call.hang_up.by.kind is PartyKind.CALLER


def test_a_call_of_asterisk_to_itself_rings_nobody() -> None:
    """A1: a draft of the menus is tried over a Local channel, whose halves both begin at extension s."""
    at, pair = datetime(2026, 11, 30, 3, 0, tzinfo=UTC), "Local/s@hl-menu-trial-00000000"
    told = [
        (CelType.CHAN_START, "n-1.0", f"{pair};1", ""),
        (CelType.CHAN_START, "n-1.1", f"{pair};2", ""),
        (CelType.USER_DEFINED, "n-1.1", f"{pair};2", "HL_LINE_TEST"),
        (CelType.ANSWER, "n-1.1", f"{pair};2", ""),
        (CelType.ANSWER, "n-1.0", f"{pair};1", ""),
    ]
    events = [
        ChannelEvent(at + timedelta(seconds=n), kind, "n-1.0", uniqueid, channel, exten="s", user_event=said)
        for n, (kind, uniqueid, channel, said) in enumerate(told)
    ]
    call = folded("n-1.0", events, [])
    assert (call.direction, call.rings, call.talks) == (Direction.LINE_TEST, (), ())
