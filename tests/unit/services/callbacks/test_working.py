"""A9: callbacks are taken, tried, handed back and closed; whoever leaves one lying loses it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.accounts.user import User
from hotline.domain.callbacks.listing import CallbackFilter, Place, Tab
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackOutcome, CallbackReason
from hotline.domain.deadlines.kept import KeptDeadline
from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused, WrongFields
from hotline.domain.numbers import Number
from hotline.domain.operators.presence import OperatorPresence
from hotline.domain.people import Actor, Role
from hotline.services.callbacks import callbacks, trying
from hotline.services.callbacks.clock import keep_clocks
from hotline.services.callbacks.listing import see_callbacks, who_may_be_given
from hotline.services.callbacks.releasing import release_left
from hotline.services.dialling.settle import settle
from hotline.storage.accounts.users import UserStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at

NOW = at("2026-11-16 10:00:00")
MINUTE = timedelta(minutes=1)
ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", extension="1001")
QIAN = Actor("qian", (Role.OPERATOR,), "钱伟", extension="1002")
LI = Actor("li", (Role.SUPERVISOR,), "李主管")
ALL = CallbackFilter()


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    hotline = an_instance(tmp_path, NOW, storage=storage)
    with storage.writing() as tx:
        for each in (ZHAO, QIAN, LI):
            user = User(each.name, each.display_name, "hash", each.roles, False, True, NOW, extension=each.extension)
            UserStore(tx).add(user)
    return hotline


def owe(hotline: Hotline, number: int = 1, minutes: float = 0, line: str = "main") -> int:
    queued = NOW + minutes * MINUTE
    with hotline.storage.writing() as tx:
        owed = Callback(
            "node1",
            f"c{number}",
            line,
            Number(f"+86139{number:08}"),
            CallbackReason.MISSED,
            queued,
            queued + 30 * MINUTE,
            owed_from=queued,
        )
        callback_id = CallbackStore(tx).open(owed)
        assert callback_id is not None
        keep_clocks(tx, hotline.settings, [callback_id], NOW)
    return callback_id


def get(hotline: Hotline, callback_id: int) -> Callback:
    with hotline.storage.reading() as tx:
        found = CallbackStore(tx).by_id(callback_id)
    assert found is not None
    return found


def clock(hotline: Hotline, callback_id: int) -> KeptDeadline:
    with hotline.storage.reading() as tx:
        return DeadlineStore(tx).of(CALLBACK_CLOCK, [callback_id])[callback_id]


def take(hotline: Hotline, callback_id: int, actor: Actor) -> None:
    callbacks.take_callback(hotline.storage, callback_id, actor, NOW)


def note_try(hotline: Hotline, callback_id: int, minutes: float = 0, again_at: datetime | None = None) -> None:
    now = NOW + minutes * MINUTE
    trying.note_try(hotline.storage, hotline.settings, callback_id, DialOutcome.NO_ANSWER, again_at, "", ZHAO, now)


def shown(hotline: Hotline, actor: Actor, wanted: CallbackFilter = ALL, minutes: float = 0) -> list[int]:
    seen = see_callbacks(hotline.storage, hotline.settings, actor, wanted, NOW + minutes * MINUTE)
    return [each.callback.id or 0 for each in seen.listed]


def test_a9_of_two_who_take_one_at_once_one_gets_it(hotline: Hotline) -> None:
    """Really at once, as far as the database lets them."""
    ids = [owe(hotline, number) for number in range(1, 11)]
    got: list[tuple[str, int]] = []
    start = threading.Barrier(2)

    def taking(actor: Actor) -> None:
        start.wait()
        for callback_id in ids:
            try:
                take(hotline, callback_id, actor)
            except (Conflict, Forbidden):
                continue
            got.append((actor.name, callback_id))

    threads = [threading.Thread(target=taking, args=(actor,)) for actor in (ZHAO, QIAN)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(callback_id for _name, callback_id in got) == ids
    assert {(get(hotline, callback_id).taken_by, callback_id) for callback_id in ids} == set(got)


def test_a9_what_is_handed_back_another_takes_and_a_supervisor_gives_to_somebody(hotline: Hotline) -> None:
    one = owe(hotline)
    take(hotline, one, ZHAO)
    with pytest.raises(Forbidden):
        take(hotline, one, QIAN)
    with pytest.raises(Forbidden):
        callbacks.hand_back(hotline.storage, one, QIAN, NOW)
    callbacks.hand_back(hotline.storage, one, ZHAO, NOW)
    take(hotline, one, QIAN)
    with pytest.raises(Forbidden):
        callbacks.assign_callback(hotline.storage, one, "zhao", ZHAO, NOW)
    callbacks.assign_callback(hotline.storage, one, "zhao", LI, NOW)
    assert get(hotline, one).taken_by == "zhao"
    take(hotline, one, LI)
    assert get(hotline, one).taken_by == "li"
    with pytest.raises(Refused):
        callbacks.assign_callback(hotline.storage, one, "nobody", LI, NOW)
    with hotline.storage.reading() as tx:
        told = [entry.payload["what"] for entry in Outbox(tx).after(0, 100) if entry.topic == "callback"]
    assert told == ["opened", "taken", "handed_back", "taken", "taken", "taken"]


def test_a9_after_a_try_that_reached_nobody_the_next_one_is_due_and_the_first_term_is_remembered(
    hotline: Hotline,
) -> None:
    one = owe(hotline)
    take(hotline, one, ZHAO)
    first_due = get(hotline, one).due_at
    note_try(hotline, one, minutes=10)
    after = get(hotline, one)
    assert (after.tries, after.first_tried_at, after.first_due_at) == (1, NOW + 10 * MINUTE, first_due)
    assert after.due_at == clock(hotline, one).due_at == NOW + 70 * MINUTE
    with pytest.raises(WrongFields):
        note_try(hotline, one, minutes=41, again_at=NOW)
    note_try(hotline, one, minutes=41, again_at=at("2026-11-16 15:00:00"))
    after = get(hotline, one)
    assert (after.tries, after.due_at, after.first_due_at) == (2, at("2026-11-16 15:00:00"), first_due)
    assert after.taken_by == "zhao"
    with hotline.storage.reading() as tx:
        made = CallbackTryStore(tx).of([one])[one]
    assert [(each.by, each.outcome) for each in made] == [("zhao", "no_answer")] * 2


def test_a9_who_calls_in_vain_again_before_the_next_try_is_called_back_in_time(hotline: Hotline) -> None:
    one = owe(hotline)
    take(hotline, one, ZHAO)
    note_try(hotline, one, minutes=1, again_at=at("2026-11-16 16:00:00"))
    again = replace(get(hotline, one), linkedid="again", owed_from=NOW + 5 * MINUTE, queued_at=NOW + 5 * MINUTE)
    with hotline.storage.writing() as tx:
        assert CallbackStore(tx).open(replace(again, due_at=NOW + 35 * MINUTE)) == one
        keep_clocks(tx, hotline.settings, [one], NOW + 5 * MINUTE)
    assert get(hotline, one).due_at == clock(hotline, one).due_at == NOW + 35 * MINUTE


def test_a9_it_is_closed_with_what_came_of_it_by_whoever_has_it(hotline: Hotline) -> None:
    one = owe(hotline)
    with pytest.raises(Forbidden):
        callbacks.close_callback(hotline.storage, one, ZHAO, "x", NOW)
    take(hotline, one, ZHAO)
    with pytest.raises(Refused):
        callbacks.close_callback(hotline.storage, one, ZHAO, "x", NOW, CallbackOutcome.CALLED_AGAIN)
    callbacks.close_callback(hotline.storage, one, ZHAO, "打错了", NOW, CallbackOutcome.WRONG_NUMBER)
    closed = get(hotline, one)
    assert (closed.outcome, closed.closing_note) == (CallbackOutcome.WRONG_NUMBER, "打错了")
    with pytest.raises(NotFound):
        callbacks.hand_back(hotline.storage, one, ZHAO, NOW)


def test_a9_whoever_signs_out_or_does_nothing_loses_what_they_took(hotline: Hotline) -> None:
    signed_out, idle, agreed, fresh = (owe(hotline, number) for number in range(1, 5))
    take(hotline, signed_out, QIAN)
    for each in (idle, agreed):
        take(hotline, each, ZHAO)
    note_try(hotline, agreed, again_at=NOW + 90 * MINUTE)
    with hotline.storage.writing() as tx:
        gone = OperatorPresence("1002", updated_at=NOW + MINUTE, since=NOW + MINUTE)
        PresenceStore(tx).save([gone, OperatorPresence("1001", updated_at=NOW, since=NOW, queues=("service",))])
    assert release_left(hotline.storage, hotline.settings, NOW + 2 * MINUTE) == 1
    callbacks.take_callback(hotline.storage, fresh, ZHAO, NOW + 30 * MINUTE)
    assert release_left(hotline.storage, hotline.settings, NOW + 61 * MINUTE) == 1
    held = {name: get(hotline, each).taken_by for name, each in (("idle", idle), ("agreed", agreed), ("fresh", fresh))}
    assert held == {"idle": "", "agreed": "zhao", "fresh": "zhao"} and get(hotline, signed_out).taken_by == ""


def test_a9_what_is_being_dialled_stays_with_whoever_dials_it(hotline: Hotline) -> None:
    """Though they took it long ago, or were signed out meanwhile: they say afterwards what came of it."""
    one = owe(hotline)
    take(hotline, one, ZHAO)
    with hotline.storage.writing() as tx:
        asked = NOW + 50 * MINUTE
        dial = Dial("node1", "d-1", "zhao", "1001", get(hotline, one).number, "main", "callback", one, "missed", asked)
        begun = DialStore(tx).add(dial)
        PresenceStore(tx).save([OperatorPresence("1001", updated_at=asked, since=asked + MINUTE)])
    assert release_left(hotline.storage, hotline.settings, NOW + 65 * MINUTE) == 0, "they talk"
    with hotline.storage.writing() as tx:
        ended = NOW + 70 * MINUTE
        settle(tx, hotline.settings, replace(begun, answered_at=asked), DialOutcome.REACHED, ended, ended)
        PresenceStore(tx).save([OperatorPresence("1001", updated_at=ended, since=ended, queues=("service",))])
    assert release_left(hotline.storage, hotline.settings, NOW + 120 * MINUTE) == 0, "an hour from the talk's end"
    callbacks.close_callback(hotline.storage, one, ZHAO, "已答复", NOW + 121 * MINUTE)
    assert get(hotline, one).closed_by == "zhao"


def test_a9_the_list_has_its_tabs_and_goes_page_by_page(hotline: Hotline) -> None:
    ids = [owe(hotline, number, minutes=-number) for number in range(1, 8)]
    take(hotline, ids[0], ZHAO)
    take(hotline, ids[1], QIAN)
    callbacks.close_callback(hotline.storage, ids[1], QIAN, "ok", NOW)
    rest = [ids[place] for place in (6, 5, 4, 3, 2, 0)]
    assert shown(hotline, ZHAO) == rest
    assert shown(hotline, ZHAO, CallbackFilter(Tab.OWN)) == [ids[0]]
    assert shown(hotline, LI, CallbackFilter(Tab.DONE)) == [ids[1]]
    assert shown(hotline, ZHAO, CallbackFilter(Tab.OVERDUE), minutes=25) == rest[:3]
    assert shown(hotline, ZHAO, CallbackFilter(line="spare")) == []
    assert shown(hotline, ZHAO, CallbackFilter(reason=CallbackReason.MISSED)) == rest
    assert shown(hotline, ZHAO, CallbackFilter(reason=CallbackReason.VOICEMAIL)) == []
    found: list[int] = []
    after = ""
    while True:
        seen = see_callbacks(hotline.storage, hotline.settings, LI, CallbackFilter(), NOW, after, limit=4)
        found += [each.callback.id or 0 for each in seen.listed]
        if not (after := seen.after):
            break
    assert found == rest


def test_a9_the_next_page_begins_behind_its_place_among_those_that_are_due_at_once(hotline: Hotline) -> None:
    ids = [owe(hotline, number) for number in range(1, 6)]
    first = see_callbacks(hotline.storage, hotline.settings, LI, CallbackFilter(), NOW, limit=2)
    second = see_callbacks(hotline.storage, hotline.settings, LI, CallbackFilter(), NOW, first.after, limit=2)
    assert [each.callback.id for each in (*first.listed, *second.listed)] == ids[:4]
    assert Place.read(first.after) is not None
    assert [Place.read(text) for text in ("", "x", "é", "AAAA", "MSAyIDM")] == [None] * 5


def test_a9_whose_account_has_ended_is_given_none_and_keeps_none(hotline: Hotline) -> None:
    """Somebody who came for a time, though nobody has deactivated the account."""
    one, two = owe(hotline), owe(hotline, 2)
    with hotline.storage.writing() as tx:
        user = UserStore(tx).by_username("zhao")
        assert user is not None
        UserStore(tx).update(replace(user, expires_at=NOW + MINUTE))
    assert ("zhao", "赵敏") in who_may_be_given(hotline.storage, LI, NOW)
    callbacks.assign_callback(hotline.storage, one, "zhao", LI, NOW)
    assert "zhao" not in [name for name, _shown in who_may_be_given(hotline.storage, LI, NOW + MINUTE)]
    with pytest.raises(Refused):
        callbacks.assign_callback(hotline.storage, two, "zhao", LI, NOW + MINUTE)
    assert release_left(hotline.storage, hotline.settings, NOW) == 0
    assert release_left(hotline.storage, hotline.settings, NOW + MINUTE) == 1
    assert get(hotline, one).taken_by == ""
