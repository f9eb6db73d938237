"""The writer: a lasting call from the stream, a finished one from the CEL database, never from both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from hotline.asterisk import books as books_module
from hotline.asterisk.gone import has_end
from hotline.asterisk.translate import CelNotice
from hotline.asterisk.writer import END_WAIT, FIRST_LOOK_AGAIN, LedgerWriter
from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import Call, Outcome
from hotline.domain.calls.events import Fact, FactKind
from hotline.domain.calls.fold import fold
from hotline.domain.errors import StorageError
from hotline.domain.numbers import Number
from hotline.services.calls.ledger import record
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.checkpoints import CheckpointStore
from hotline.storage.calls.facts import FactStore
from hotline.storage.calls.store import CallStore
from tests.support.recorded_call import AMI_LATER, DIRECTORY, frames_of, linkedid_of, moment_of, notices
from tests.unit.asterisk.conftest import NODE, World

FRAMES = frames_of()
LATER = timedelta(seconds=AMI_LATER)


def started_by_stream(call: Call | None) -> bool:
    """Whether the call was folded from AMI's times; the CEL database's are a little earlier."""
    assert call is not None
    return call.started_at == moment_of(FRAMES[0]) + LATER


def from_stream(frames: list[bytes]) -> Call | None:
    return fold(NODE, linkedid_of(0), [notice.read() for notice in notices(frames)], [], DIRECTORY)


def test_a_call_is_in_the_ledger_from_its_first_event_and_ends_as_the_cel_database_has_it(world: World) -> None:
    writer = world.writer()
    for place, frame in enumerate(FRAMES, 1):
        world.asterisk_writes(frame)
        writer.take(notices([frame]))
        if place < len(FRAMES):
            assert world.call() == from_stream(FRAMES[:place])
    ended = world.call()
    assert ended is not None
    assert ended == world.as_the_cel_database_has_it()
    assert ended.outcome is Outcome.ANSWERED
    assert not started_by_stream(ended)
    assert writer.seconds_until_due() is None and not len(writer.live)


def test_each_commit_announces_its_calls_once(world: World) -> None:
    world.asterisk_writes(*FRAMES)
    world.writer().take(notices(FRAMES))
    (entry,) = world.outbox()
    assert entry.topic == "call"
    assert entry.payload == {"id": 1, "node": NODE, "linkedid": linkedid_of(0), "state": "ended"}


def test_calls_that_come_mixed_in_one_batch_are_told_apart(world: World) -> None:
    mixed: list[CelNotice] = []
    for frames in zip(*(frames_of(number) for number in range(5)), strict=True):
        world.asterisk_writes(*frames)
        mixed += notices(frames)
    world.writer().take(mixed)
    assert [world.call(number) for number in range(5)] == [world.as_the_cel_database_has_it(n) for n in range(5)]


def test_while_the_cel_database_is_late_the_streams_end_stands_and_is_mended_when_it_comes(world: World) -> None:
    writer = world.writer()
    world.asterisk_writes(*FRAMES[:-1])
    writer.take(notices(FRAMES))
    early = world.call()
    assert started_by_stream(early) and early is not None and early.outcome is Outcome.ANSWERED
    assert writer.seconds_until_due() == pytest.approx(FIRST_LOOK_AGAIN)
    world.asterisk_writes(FRAMES[-1])
    writer.take([])
    assert world.call() == early  # not due yet
    world.elapsed += FIRST_LOOK_AGAIN
    writer.take([])
    assert world.call() == world.as_the_cel_database_has_it()


def test_an_end_that_the_cel_database_never_shows_holds_the_checkpoint_back(world: World) -> None:
    writer = world.writer()
    writer.made_whole()
    world.asterisk_writes(*FRAMES[:-1])
    writer.take(notices(FRAMES))
    while (due := writer.seconds_until_due()) is not None:
        world.elapsed += due
        writer.take([])
    assert world.elapsed >= END_WAIT
    assert started_by_stream(world.call())
    later = frames_of(100)
    world.asterisk_writes(*later)
    writer.take(notices(later))
    assert world.checkpoint() == moment_of(FRAMES[-1]) + LATER


def test_the_checkpoint_moves_only_once_the_ledger_is_whole(world: World) -> None:
    writer = world.writer()
    world.asterisk_writes(*FRAMES)
    writer.take(notices(FRAMES))
    assert world.checkpoint() is None
    writer.made_whole()
    second = frames_of(1)
    world.asterisk_writes(*second)
    writer.take(notices(second))
    assert world.checkpoint() == moment_of(second[-1]) + LATER
    writer.begin_again()
    third = frames_of(2)
    world.asterisk_writes(*third)
    writer.take(notices(third))
    assert world.checkpoint() == moment_of(second[-1]) + LATER


@pytest.mark.parametrize("seen", range(1, len(FRAMES)))
def test_a_call_that_the_stream_did_not_tell_whole_is_folded_from_the_cel_database_alone(
    world: World, seen: int
) -> None:
    """A listener that begins in mid-call, at every event."""
    writer = world.writer()
    world.asterisk_writes(*FRAMES[:seen])
    for frame in FRAMES[seen:]:
        world.asterisk_writes(frame)
        writer.take(notices([frame]))
        assert world.call() == world.as_the_cel_database_has_it()
    assert not len(writer.live)


@pytest.mark.parametrize("cut", range(1, len(FRAMES)))
def test_after_a_gap_nothing_of_what_the_stream_told_before_is_used(world: World, cut: int) -> None:
    writer = world.writer()
    world.asterisk_writes(*FRAMES)
    writer.take(notices(FRAMES[:cut]))
    assert started_by_stream(world.call())
    writer.begin_again()
    writer.take(notices(FRAMES[-1:]))
    assert world.call() == world.as_the_cel_database_has_it()


def test_holds_count_live_and_in_the_end_and_may_come_after_it(world: World) -> None:
    writer = world.writer()
    talking = next(n for n, frame in enumerate(FRAMES) if b"BRIDGE_EXIT" in frame)
    at = moment_of(FRAMES[talking - 1])
    hold = Fact(at + timedelta(seconds=1), FactKind.HOLD, linkedid_of(0), "PJSIP/1001-00000007")
    unhold = Fact(at + timedelta(seconds=3), FactKind.UNHOLD, linkedid_of(0), "PJSIP/1001-00000007")
    world.asterisk_writes(*FRAMES)
    writer.take([*notices(FRAMES[:talking]), hold])
    live = world.call()
    assert live is not None and len(live.holds) == 1 and live.holds[0].ended_at is None
    writer.take(notices(FRAMES[talking:]))
    writer.take([unhold])  # another of Asterisk's threads was slower
    ended = world.call()
    assert ended == world.as_the_cel_database_has_it(0, hold, unhold)
    assert ended is not None and ended.hold_seconds == pytest.approx(2)
    assert world.facts() == [hold, unhold]


def test_g2_a_pause_that_another_process_wrote_down_counts_as_soon_as_the_caller_has_hung_up(world: World) -> None:
    """The hang-up may be the last of its batch, and what a call's end brings about goes by that fold."""
    hung_up = next(n for n, frame in enumerate(FRAMES, 1) if from_stream(FRAMES[:n]).ended_at)  # type: ignore[union-attr]
    assert hung_up < len(FRAMES)
    talking = next(n for n, frame in enumerate(FRAMES) if b"BRIDGE_EXIT" in frame)
    at = moment_of(FRAMES[talking - 1])
    marks = [
        Fact(at + timedelta(seconds=second), kind, linkedid_of(0), "PJSIP/carrier-00000001")
        for second, kind in ((1, FactKind.RECORDING_PAUSED), (3, FactKind.RECORDING_RESUMED))
    ]
    writer = world.writer()
    world.asterisk_writes(*FRAMES[:hung_up])
    writer.take(notices(FRAMES[:talking]))
    with world.storage.writing() as tx:
        FactStore(tx).add(NODE, marks)
    writer.take(notices(FRAMES[talking:hung_up]))
    ended = world.call()
    assert ended is not None and ended.ended_at is not None
    assert [pause.started_at for pause in ended.pauses] == [marks[0].at]


def test_channels_that_a_transfer_moves_to_another_call_refold_both(world: World) -> None:
    """The consultation's Linkedid ends; what its channel does from then on is told of the caller's call."""
    moved = b"lab-1795315480.40"
    consultation = [
        frame.replace(b"lab-1795315471.9", moved).replace(b"PJSIP/trunk-00000006", b"PJSIP/1001-00000031")
        for frame in (FRAMES[0], FRAMES[1], FRAMES[-1])
    ]
    joined = [frame.replace(b"UniqueID: lab-1795315471.9", b"UniqueID: " + moved) for frame in FRAMES[-4:-1]]
    writer = world.writer()
    world.asterisk_writes(*FRAMES[:5], *consultation, *joined, FRAMES[-1])
    writer.take(notices([*FRAMES[:5], *consultation[:2]]))
    writer.take(notices([consultation[2], *joined, FRAMES[-1]]))
    with world.storage.reading() as tx:
        other = CallStore(tx).get(NODE, moved.decode())
    assert other is not None and other.ended_at is not None
    assert world.call() == world.as_the_cel_database_has_it()


def test_a_cel_database_that_is_away_leaves_the_streams_account_standing(world: World) -> None:
    world.cel_file.unlink()
    writer = world.writer()
    writer.take(notices(FRAMES))
    assert world.call() == from_stream(FRAMES)


def test_a_database_that_is_busy_is_waited_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = iter([StorageError("busy"), StorageError("busy")])
    real = record

    def sometimes(*args: object) -> None:
        for failure in failures:
            raise failure
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(books_module, "record", sometimes)
    world.asterisk_writes(*FRAMES)
    world.writer().take(notices(FRAMES))
    assert world.call() == world.as_the_cel_database_has_it()


def test_a_process_that_is_to_end_does_not_wait_for_the_database(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise StorageError("busy")

    monkeypatch.setattr(books_module, "record", busy)
    world.ending = True
    with pytest.raises(StorageError):
        world.writer().take(notices(FRAMES))


def test_the_checkpoint_is_written_when_it_moves_and_an_id_is_asked_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[datetime] = []
    asked: list[list[str]] = []
    monkeypatch.setattr(CheckpointStore, "set", lambda self, node, at: moved.append(at))
    monkeypatch.setattr(CallStore, "ids_of", counted(CallStore.ids_of, asked))
    writer = world.writer()
    writer.made_whole()
    for frame in FRAMES[:10]:
        world.asterisk_writes(frame)
        writer.take(notices([frame]))
    assert [len(linkedids) for linkedids in asked] == [1, *[0] * 9]
    for frame in FRAMES[10:]:
        world.asterisk_writes(frame)
        writer.take(notices([frame]))
    assert moved == [moment_of(FRAMES[-1]) + LATER]
    writer.take(notices(frames_of(1)[:2]))
    assert len(moved) == 1


def counted(real: Callable[..., dict[str, int]], asked: list[list[str]]) -> Callable[..., dict[str, int]]:
    def ids_of(store: CallStore, node: str, linkedids: list[str]) -> dict[str, int]:
        asked.append(linkedids)
        return real(store, node, linkedids)

    return ids_of


def test_a_call_that_cannot_be_folded_raises_an_alert_and_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fragile(node: str, linkedid: str, *rest: object) -> Call | None:
        if linkedid == linkedid_of(1):
            raise ZeroDivisionError("a fault of ours")
        return fold(node, linkedid, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(books_module, "fold", fragile)
    world.asterisk_writes(*FRAMES, *frames_of(1))
    world.writer().take(notices([*FRAMES, *frames_of(1)]))
    assert world.call(0) == world.as_the_cel_database_has_it(0)
    assert world.call(1) is None
    (alert,) = world.alerts()
    assert (alert.kind, alert.object) == ("fold_failed", linkedid_of(1))
    assert "ZeroDivisionError" in alert.detail


def test_a_callback_that_a_newer_fold_does_not_owe_is_taken_back(world: World) -> None:
    """A9: the stream's account of a call may owe one that the CEL database's does not."""

    def owed(call: Call) -> Callback | None:
        if not started_by_stream(call):
            return None
        due = call.started_at + timedelta(minutes=30)
        return Callback(
            NODE, call.linkedid, "main", Number("+8613912345678"), CallbackReason.ABANDONED, call.started_at, due
        )

    world.owed = owed
    writer: LedgerWriter = world.writer()
    writer.take(notices(FRAMES))
    with world.storage.reading() as tx:
        assert len(CallbackStore(tx).list()) == 1
    world.asterisk_writes(*FRAMES)
    world.elapsed += 1
    writer.take([])
    with world.storage.reading() as tx:
        assert CallbackStore(tx).list() == []


def test_the_recorded_call_has_its_end() -> None:
    assert has_end([notice.read() for notice in notices(FRAMES)])
    assert not has_end([notice.read() for notice in notices(FRAMES[:-1])])
