"""The ledger in the database: written once or often, found by what people look for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.domain.calls.call import Caller, Direction, Outcome, Party, PartyKind
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING, a_call, a_recording

MINUTE = timedelta(minutes=1)


def _save(storage: Storage, *calls) -> None:  # type: ignore[no-untyped-def]
    with storage.writing() as tx:
        CallStore(tx).save(calls, MORNING)


def _found(storage: Storage, limit: int = 50, offset: int = 0, **wanted) -> list[str]:  # type: ignore[no-untyped-def]
    with storage.reading() as tx:
        page = CallStore(tx).search(CallFilter(**wanted), limit, offset)
    return [stored.call.linkedid for stored in page.calls]


def test_saving_again_rewrites_the_row_and_keeps_its_id(storage: Storage) -> None:
    begun = a_call("1", ended_at=None, outcome=None, hang_up=None)
    _save(storage, begun)
    with storage.reading() as tx:
        first = CallStore(tx).id_of("node1", "1")
    _save(storage, a_call("1"))
    _save(storage, a_call("1"))
    with storage.reading() as tx:
        assert CallStore(tx).id_of("node1", "1") == first
        assert CallStore(tx).get("node1", "1") == a_call("1")
        assert CallStore(tx).search(CallFilter(), 10).total == 1
        assert CallStore(tx).open_linkedids("node1") == []


def test_the_columns_follow_the_call(storage: Storage) -> None:
    _save(storage, a_call("1", answered_by=None, outcome=Outcome.ABANDONED_QUEUE))
    assert _found(storage, outcomes=(Outcome.ABANDONED_QUEUE,)) == ["1"]
    _save(storage, a_call("1"))
    assert _found(storage, outcomes=(Outcome.ABANDONED_QUEUE,)) == []
    assert _found(storage, outcomes=(Outcome.ANSWERED,), answered_by="1001") == ["1"]


def test_of_two_states_of_a_call_in_one_batch_the_later_stays(storage: Storage) -> None:
    _save(storage, a_call("1", ended_at=None), a_call("1"))
    with storage.reading() as tx:
        assert CallStore(tx).get("node1", "1") == a_call("1")


def test_a_batch_of_hundreds(storage: Storage) -> None:
    _save(storage, *(a_call(str(number)) for number in range(700)))
    with storage.reading() as tx:
        ids = CallStore(tx).ids_of("node1", [str(number) for number in range(2100)])
        assert len(set(ids.values())) == len(ids) == 700


def test_the_same_linkedid_on_two_nodes_is_two_calls(storage: Storage) -> None:
    _save(storage, a_call("1"), a_call("1", node="node2"))
    with storage.reading() as tx:
        assert CallStore(tx).search(CallFilter(), 10).total == 2
        assert CallStore(tx).get("node3", "1") is None
        assert CallStore(tx).id_of("node1", "1") != CallStore(tx).id_of("node2", "1")


def test_pages_are_newest_first_and_do_not_overlap(storage: Storage) -> None:
    # Three begin at the same moment: their order must still be the same on every page.
    _save(storage, *(a_call(str(n), MORNING + MINUTE * (n // 3)) for n in range(7)))
    assert _found(storage) == ["6", "5", "4", "3", "2", "1", "0"]
    assert _found(storage, limit=3) + _found(storage, limit=3, offset=3) + _found(storage, limit=3, offset=6) == [
        "6",
        "5",
        "4",
        "3",
        "2",
        "1",
        "0",
    ]
    with storage.reading() as tx:
        assert CallStore(tx).search(CallFilter(), 3, 100).total == 7


def test_since_is_included_and_until_is_not(storage: Storage) -> None:
    _save(storage, *(a_call(str(n), MORNING + MINUTE * n) for n in range(3)))
    assert _found(storage, since=MORNING + MINUTE) == ["2", "1"]
    assert _found(storage, until=MORNING + MINUTE) == ["0"]


def test_in_progress_is_what_has_no_end_oldest_first_for_the_listener(storage: Storage) -> None:
    _save(
        storage,
        a_call("later", MORNING + MINUTE, ended_at=None),
        a_call("ended"),
        a_call("earlier", ended_at=None),
        a_call("elsewhere", node="node2", ended_at=None),
    )
    assert set(_found(storage, in_progress=True)) == {"later", "earlier", "elsewhere"}
    assert _found(storage, in_progress=False) == ["ended"]
    with storage.reading() as tx:
        assert CallStore(tx).open_linkedids("node1") == ["earlier", "later"]


def test_internal_calls_and_line_tests_are_found_only_when_asked_for(storage: Storage) -> None:
    _save(storage, *(a_call(direction.value, direction=direction) for direction in Direction))
    assert set(_found(storage)) == {"inbound", "outbound", "dialled"}
    assert _found(storage, directions=(Direction.LINE_TEST,)) == ["line_test"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("13800138000", True),
        ("+86138", True),
        ("8000", True),
        ("anonymous", True),  # as sent, in any case
        ("138_0138000", False),  # "_" is a letter like any other, not "any letter"
        ("%", False),
        ("1380013\\", False),
        ("' OR 1=1", False),
        ("\x00", False),
    ],
)
def test_a_caller_is_found_by_part_of_the_number_to_the_letter(storage: Storage, typed: str, found: bool) -> None:
    _save(storage, a_call("1", caller=Caller(Number("+8613800138000"), "Anonymous 013800138000")))
    if typed == "\x00":  # nothing is left of it, and nothing filters nothing
        found = True
    assert _found(storage, caller=typed) == (["1"] if found else [])


def test_a_caller_with_wildcards_in_the_number_is_found_by_them(storage: Storage) -> None:
    _save(storage, a_call("1", caller=Caller(NO_NUMBER, "100%_\\sure")))
    for typed in ("0%", "%_", "_\\s"):
        assert _found(storage, caller=typed) == ["1"]


def test_recordings_come_with_the_call(storage: Storage) -> None:
    _save(storage, a_call("1"), a_call("2"))
    with storage.writing() as tx:
        RecordingStore(tx).announce([a_recording("1", MORNING + MINUTE, "voicemail"), a_recording("1")])
    with storage.reading() as tx:
        second, first = CallStore(tx).search(CallFilter(), 10).calls
        assert [r.kind for r in first.recordings] == ["talk", "voicemail"]
        assert second.recordings == ()
        assert CallStore(tx).by_id(first.id) == first
        assert CallStore(tx).by_id(first.id + 1000) is None


def test_b7_the_last_talk_is_the_latest_that_an_operator_answered(storage: Storage) -> None:
    mobile = Party(PartyKind.MOBILE, "13900000000", "李四")
    _save(
        storage,
        a_call("old", MORNING),
        a_call("talk", MORNING + MINUTE),
        a_call("mobile", MORNING + 2 * MINUTE, answered_by=mobile),
        a_call("missed", MORNING + 3 * MINUTE, answered_by=None, outcome=Outcome.ABANDONED_QUEUE),
        a_call("other", MORNING + 4 * MINUTE, caller=Caller(Number("+8613900139000"), "13900139000")),
        a_call("inside", MORNING + 5 * MINUTE, direction=Direction.INTERNAL),
    )
    with storage.reading() as tx:
        found = CallStore(tx).last_talk("+8613800138000", MORNING)
        assert found is not None and found.linkedid == "talk"
        assert CallStore(tx).last_talk("+8613800138000", MORNING + 2 * MINUTE) is None


def test_b7_callers_who_withhold_their_number_are_not_taken_for_one_another(storage: Storage) -> None:
    _save(storage, a_call("1", caller=Caller(NO_NUMBER, "anonymous", withheld=True)))
    with storage.reading() as tx:
        assert CallStore(tx).last_talk("", MORNING) is None


def test_a4_the_last_arrival_of_a_line_counts_calls_and_line_tests(storage: Storage) -> None:
    _save(
        storage,
        a_call("1"),
        a_call("test", MORNING + MINUTE, direction=Direction.LINE_TEST),
        a_call("out", MORNING + 2 * MINUTE, direction=Direction.OUTBOUND),
        a_call("other", MORNING + 3 * MINUTE, line="second"),
    )
    with storage.reading() as tx:
        assert CallStore(tx).last_arrival("main") == MORNING + MINUTE
        assert CallStore(tx).last_arrival("none") is None


def test_a_naive_time_is_refused(storage: Storage) -> None:
    with pytest.raises(Exception, match="naive time"), storage.writing() as tx:
        CallStore(tx).save([replace(a_call("1"), started_at=MORNING.replace(tzinfo=None))], MORNING)
