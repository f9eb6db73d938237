"""Reconciliation: wherever the listener or Asterisk died, the ledger ends as the CEL database has it, or says
why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

import pytest

from hotline.asterisk import reconcile as reconcile_module
from hotline.asterisk.books import Books
from hotline.asterisk.cel_database import CelDatabaseError
from hotline.asterisk.gone import END_LOST
from hotline.asterisk.reconcile import PbxState, pbx_state, reconcile
from hotline.domain.calls.call import Outcome
from hotline.domain.calls.events import Fact, FactKind
from tests.support.recorded_call import frames_of, linkedid_of, moment_of, notices
from tests.unit.asterisk.conftest import World

FRAMES = frames_of()
ANSWERED = next(n for n, frame in enumerate(FRAMES) if b"BRIDGE_EXIT" in frame)


def booted_after(frame: bytes, *running: str) -> PbxState:
    return PbxState(moment_of(frame) + timedelta(seconds=2), running)


@pytest.mark.parametrize("died", range(len(FRAMES) + 1))
def test_a_listener_killed_after_any_event_leaves_the_same_ledger_as_one_that_lived(world: World, died: int) -> None:
    first = world.writer()
    reconcile(world.books(), (), None)
    first.made_whole()
    for frame in FRAMES[:died]:
        world.asterisk_writes(frame)
        first.take(notices([frame]))
    world.asterisk_writes(*FRAMES[died:])
    reconcile(world.books(), (), None)
    assert world.call() == world.as_the_cel_database_has_it()


def test_a_call_that_nobody_saw_is_found(world: World) -> None:
    world.asterisk_writes(*FRAMES)
    reconcile(world.books(), (), None)
    assert world.call() == world.as_the_cel_database_has_it()
    assert world.checkpoint() == moment_of(FRAMES[-1])


def test_doing_it_again_changes_nothing_and_tells_nobody(world: World) -> None:
    world.asterisk_writes(*FRAMES, *frames_of(1)[:5])
    for _ in range(3):
        reconcile(world.books(), (), None)
    assert len(world.outbox()) == 2


def test_only_what_happened_since_the_checkpoint_is_read_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (0, 600):
        world.asterisk_writes(*frames_of(number))
    reconcile(world.books(), (), None)
    read: list[list[str]] = []

    def facts_of(_books: Books, linkedids: Iterable[str]) -> dict[str, list[Fact]]:
        read.append(list(linkedids))
        return {}

    monkeypatch.setattr(Books, "facts_of", facts_of)
    reconcile(world.books(), (), None)
    assert read == [[linkedid_of(600)]]


def test_a_call_open_in_the_ledger_is_mended_however_old(world: World) -> None:
    world.asterisk_writes(*FRAMES[:5], *frames_of(7200))
    reconcile(world.books(), (), None)
    world.asterisk_writes(*FRAMES[5:])  # its rows are older than the checkpoint by two hours
    reconcile(world.books(), (), None)
    assert world.call() == world.as_the_cel_database_has_it()


def test_calls_that_the_stream_knows_whole_are_left_to_it(world: World) -> None:
    world.asterisk_writes(*FRAMES)
    reconcile(world.books(), {linkedid_of(0)}, None)
    assert world.call() is None


def test_more_calls_than_one_transaction_takes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconcile_module, "CHUNK", 3)
    for number in range(10):
        world.asterisk_writes(*frames_of(number))
    reconcile(world.books(), (), None)
    assert [world.call(n) for n in range(10)] == [world.as_the_cel_database_has_it(n) for n in range(10)]
    assert world.checkpoint() == moment_of(frames_of(9)[-1])


def test_a_call_that_asterisks_restart_cut_off_ends_with_it(world: World) -> None:
    world.asterisk_writes(*FRAMES[:ANSWERED])
    pbx = booted_after(FRAMES[ANSWERED - 1])
    reconcile(world.books(), (), pbx)
    call = world.call()
    assert call is not None and call.ended_at == pbx.booted_at
    assert call.outcome is Outcome.ANSWERED and "ended_by_restart" in call.remarks
    assert world.facts() == [Fact(pbx.booted_at, FactKind.PBX_RESTARTED, linkedid_of(0))]


def test_a_second_look_a_little_later_does_not_end_it_twice(world: World) -> None:
    """The boot is known to the second only, so each look finds another fraction of one."""
    world.asterisk_writes(*FRAMES[:ANSWERED])
    reconcile(world.books(), (), booted_after(FRAMES[ANSWERED - 1]))
    ended = world.call()
    reconcile(world.books(), (), PbxState(moment_of(FRAMES[ANSWERED]) + timedelta(seconds=2.7), ()))
    assert world.call() == ended
    assert len(world.facts()) == 1
    assert len(world.outbox()) == 1


def test_a_call_whose_channels_asterisk_still_has_goes_on(world: World) -> None:
    world.asterisk_writes(*FRAMES[:ANSWERED])
    reconcile(world.books(), (), booted_after(FRAMES[ANSWERED - 1], linkedid_of(0)))
    call = world.call()
    assert call is not None and call.ended_at is None and not world.facts()


def test_without_asterisks_word_no_call_is_ended(world: World) -> None:
    world.asterisk_writes(*FRAMES[:ANSWERED])
    world.now += timedelta(days=1)
    reconcile(world.books(), (), None)
    call = world.call()
    assert call is not None and call.ended_at is None


def test_a_call_that_is_just_ending_is_given_the_time_to(world: World) -> None:
    world.asterisk_writes(*FRAMES[:ANSWERED])
    world.now = moment_of(FRAMES[ANSWERED - 1]) + timedelta(seconds=1)
    reconcile(world.books(), (), PbxState(moment_of(FRAMES[0]) - timedelta(hours=1), ()))
    call = world.call()
    assert call is not None and call.ended_at is None


def test_a_call_whose_end_the_cel_database_has_lost_ends_with_its_last_event(world: World) -> None:
    world.asterisk_writes(*FRAMES[:ANSWERED])
    world.now = moment_of(FRAMES[ANSWERED - 1]) + timedelta(minutes=2)
    reconcile(world.books(), (), PbxState(moment_of(FRAMES[0]) - timedelta(hours=1), ()))
    call = world.call()
    assert call is not None and call.ended_at == moment_of(FRAMES[ANSWERED - 1])
    assert call.outcome is Outcome.ANSWERED and call.remarks == (END_LOST,)


def test_an_end_that_only_the_stream_told_is_not_taken_back(world: World) -> None:
    writer = world.writer()
    world.asterisk_writes(*FRAMES[:-1])
    writer.take(notices(FRAMES))
    ended = world.call()
    reconcile(world.books(), (), booted_after(FRAMES[-1]))
    assert world.call() == ended


def test_an_open_call_of_which_the_cel_database_knows_nothing_is_closed(world: World) -> None:
    writer = world.writer()
    writer.take(notices(FRAMES[:5]))
    reconcile(world.books(), (), None)
    still = world.call()
    assert still is not None and still.ended_at is None
    reconcile(world.books(), (), booted_after(FRAMES[-1]))
    call = world.call()
    assert call is not None and call.ended_at == world.now
    assert call.outcome is Outcome.FAILED and END_LOST in call.remarks


def test_a_cel_database_that_cannot_be_read_says_so_and_moves_nothing(world: World) -> None:
    world.asterisk_writes(*FRAMES)
    reconcile(world.books(), (), None)
    world.cel_file.unlink()
    with pytest.raises(CelDatabaseError):
        reconcile(world.books(), (), None)
    assert world.checkpoint() == moment_of(FRAMES[-1])


def test_the_calls_that_asterisk_has_are_known_by_their_channels(world: World) -> None:
    channels: list[Mapping[str, str]] = [
        {"Channel": "PJSIP/trunk-1", "Linkedid": "a"},
        {"Channel": "PJSIP/1001-2", "Linkedid": "a"},
        {},
    ]
    assert pbx_state(world.now, lambda: channels).running == {"a"}
