"""What is kept beside the calls, each kind on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hotline.domain.events import Fact, FactKind
from hotline.domain.numbers import Number
from hotline.domain.records import (
    BlockedNumber,
    Callback,
    CallbackReason,
    Handover,
    LineTest,
    OutboxEntry,
    Override,
    Role,
    User,
)
from hotline.domain.roster import DutyNumber, Shift
from hotline.services.errors import Conflict
from hotline.storage.unit_of_work import SqlStorage
from tests.support.rows import MORNING

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def test_the_same_fact_twice_is_one(storage: SqlStorage) -> None:
    hold = Fact(MORNING + MINUTE, FactKind.HOLD, "1", "PJSIP/1001-00000001")
    earlier = Fact(MORNING, FactKind.RECORDING_PAUSED, "1")
    other = Fact(MORNING, FactKind.HOLD, "2")
    for _ in range(2):
        with storage.writing() as work:
            work.facts.add("node1", [hold, earlier, other, hold])
    with storage.reading() as work:
        assert work.facts.of("node1", ["1", "2", "3"]) == {"1": [earlier, hold], "2": [other]}
        assert work.facts.of("node2", ["1"]) == {}
        assert work.facts.of("node1", []) == {}


def test_facts_of_more_calls_than_a_statement_takes(storage: SqlStorage) -> None:
    facts = [Fact(MORNING, FactKind.HOLD, str(n)) for n in range(2500)]
    with storage.writing() as work:
        work.facts.add("node1", facts)
    with storage.reading() as work:
        assert len(work.facts.of("node1", [str(n) for n in range(70_000)])) == 2500


def _shift(start: float, end: float, person: str = "李四") -> Shift:
    backups = (DutyNumber("王五", "13800000002"),)
    return Shift(
        person, ("13800000001", "13800000003"), backups, MORNING + start * HOUR, MORNING + end * HOUR, note="x"
    )


def test_a2_shifts_are_found_where_they_overlap(storage: SqlStorage) -> None:
    with storage.writing() as work:
        late, early = work.roster.add(_shift(2, 4)), work.roster.add(_shift(0, 2))
    with storage.reading() as work:
        assert work.roster.shifts(MORNING, MORNING + 9 * HOUR) == [early, late]
        # Until its end, which is not part of it, and from its start, which is.
        assert work.roster.shifts(MORNING + 2 * HOUR, MORNING + 3 * HOUR) == [late]
        assert work.roster.shifts(MORNING - HOUR, MORNING) == []
        assert replace(early, id=None) == _shift(0, 2)


def test_a2_a_shift_is_removed_once(storage: SqlStorage) -> None:
    with storage.writing() as work:
        shift = work.roster.add(_shift(0, 1))
        assert work.roster.remove(shift.id or 0)
        assert not work.roster.remove(shift.id or 0)


def test_a2_handovers_are_kept_newest_first(storage: SqlStorage) -> None:
    given = [Handover(MORNING + n * HOUR, "李四", "王五", "zhao", f"note {n}") for n in range(3)]
    with storage.writing() as work:
        for handover in given:
            work.roster.record_handover(handover)
    with storage.reading() as work:
        assert work.roster.handovers(2) == [given[2], given[1]]


def test_the_latest_override_that_covers_a_moment_counts(storage: SqlStorage) -> None:
    with storage.writing() as work:
        first = work.overrides.declare(Override("closed", MORNING, MORNING + 2 * HOUR, "zhao", "drill"))
        second = work.overrides.declare(Override("open", MORNING + HOUR, MORNING + 3 * HOUR, "zhao", "busy"))
    with storage.reading() as work:
        assert work.overrides.covering(MORNING - MINUTE) is None
        assert work.overrides.covering(MORNING) == first
        assert work.overrides.covering(MORNING + HOUR) == second
        assert work.overrides.covering(MORNING + 3 * HOUR) is None


def test_cancelled_overrides_cover_nothing(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.overrides.declare(Override("open", MORNING - 2 * HOUR, MORNING - HOUR, "zhao", "over already"))
        work.overrides.declare(Override("closed", MORNING, MORNING + HOUR, "zhao", "drill"))
        assert work.overrides.cancel_all(MORNING + MINUTE) == 1
        assert work.overrides.cancel_all(MORNING + MINUTE) == 0
        assert work.overrides.covering(MORNING + 2 * MINUTE) is None


def test_a15_a_block_holds_until_it_expires_or_is_lifted(storage: SqlStorage) -> None:
    number = "+8613800138000"
    with storage.writing() as work:
        short = work.blocklist.add(BlockedNumber(Number(number), "rude", "zhao", MORNING, MORNING + HOUR))
        for_ever = work.blocklist.add(BlockedNumber(Number("+8613900139000"), "spam", "zhao", MORNING))
    with storage.reading() as work:
        assert work.blocklist.active(number, MORNING) == short
        assert work.blocklist.active(number, MORNING + HOUR) is None
        assert work.blocklist.active("", MORNING) is None
        assert work.blocklist.list(MORNING) == [for_ever, short]
        assert work.blocklist.list(MORNING + HOUR) == [for_ever]
    with storage.writing() as work:
        assert not work.blocklist.lift(number, MORNING + HOUR)
        assert work.blocklist.lift(for_ever.number, MORNING + HOUR)
        assert work.blocklist.list(MORNING + HOUR) == []


def _owed(linkedid: str, queued_at: datetime = MORNING) -> Callback:
    return Callback(
        "node1",
        linkedid,
        "main",
        Number("+8613800138000"),
        CallbackReason.ABANDONED,
        queued_at,
        queued_at + 30 * MINUTE,
    )


def test_a9_callbacks_stand_by_their_place_in_the_line(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.callbacks.open(_owed("late", MORNING + MINUTE))
        work.callbacks.open(_owed("early"))
    with storage.reading() as work:
        assert [c.linkedid for c in work.callbacks.list()] == ["early", "late"]
        assert [c.linkedid for c in work.callbacks.list(limit=1)] == ["early"]
        assert replace(work.callbacks.list()[0], id=None) == _owed("early")


def test_a9_a_newer_fold_rewrites_an_open_callback_and_leaves_a_closed_one(storage: SqlStorage) -> None:
    asked = replace(_owed("1"), reason=CallbackReason.REQUESTED, number=Number("+8613900139000"))
    with storage.writing() as work:
        work.callbacks.open(_owed("1"))
        work.callbacks.open(asked)
    with storage.reading() as work:
        (found,) = work.callbacks.list()
        assert replace(found, id=None) == asked
    with storage.writing() as work:
        assert work.callbacks.close(found.id or 0, "zhao", "reached", MORNING + MINUTE)
        assert not work.callbacks.close(found.id or 0, "qian", "again", MORNING + HOUR)
        work.callbacks.open(_owed("1"))
        work.callbacks.drop("node1", "1")
        assert work.callbacks.list() == []
        (closed,) = work.callbacks.list(include_closed=True)
    assert (closed.reason, closed.closed_by, closed.closing_note, closed.closed_at) == (
        CallbackReason.REQUESTED,
        "zhao",
        "reached",
        MORNING + MINUTE,
    )


def test_a9_a_callback_that_is_not_owed_after_all_is_taken_back(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.callbacks.open(_owed("1"))
        work.callbacks.drop("node1", "1")
        work.callbacks.drop("node1", "never there")
        assert work.callbacks.list(include_closed=True) == []


def _user(username: str) -> User:
    return User(username, "赵敏", "hash", (Role.OPERATOR, Role.EXAMINER), True, True, MORNING)


def test_users_are_found_and_rewritten(storage: SqlStorage) -> None:
    with storage.writing() as work:
        assert work.users.count() == 0
        zhao = work.users.add(_user("zhao"))
        work.users.update(replace(zhao, active=False, roles=(Role.SUPERVISOR,)))
        work.users.add(_user("an"))
    with storage.reading() as work:
        assert work.users.by_id(zhao.id or 0) == work.users.by_username("zhao")
        assert work.users.by_username("zhao") == replace(zhao, active=False, roles=(Role.SUPERVISOR,))
        assert [user.username for user in work.users.all()] == ["an", "zhao"]
        assert work.users.by_username("zh\x00ao'") is None
        assert work.users.by_id(12345) is None


def test_two_users_cannot_have_one_name(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.users.add(_user("zhao"))
    with pytest.raises(Conflict), storage.writing() as work:
        work.users.add(_user("qian"))
        work.users.add(_user("zhao"))
    with storage.reading() as work:
        assert work.users.by_username("qian") is None, "the whole transaction must be undone"


def test_a_revoked_token_opens_nothing_and_its_name_is_free(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.tokens.add("api", "a" * 64, MORNING, [Role.EXAMINER])
        used = work.tokens.use("a" * 64, MORNING + MINUTE)
        assert used is not None and (used.name, used.roles) == ("api", (Role.EXAMINER,))
        assert work.tokens.use("b" * 64, MORNING) is None
        assert work.tokens.find("a" * 64).last_used_at == MORNING + MINUTE  # type: ignore[union-attr]
        assert work.tokens.revoke("api", MORNING + HOUR)
        assert not work.tokens.revoke("api", MORNING + HOUR)
        assert work.tokens.use("a" * 64, MORNING + HOUR) is None
        assert work.tokens.find("a" * 64) is None
        work.tokens.add("api", "c" * 64, MORNING + HOUR, [Role.EXAMINER])
        assert work.tokens.names() == ["api"]
        assert [token.revoked_at for token in work.tokens.all()] == [MORNING + HOUR, None]


def test_two_valid_tokens_cannot_have_one_name(storage: SqlStorage) -> None:
    with pytest.raises(Conflict), storage.writing() as work:
        work.tokens.add("api", "a" * 64, MORNING, [Role.EXAMINER])
        work.tokens.add("api", "b" * 64, MORNING, [Role.EXAMINER])


def test_f8_the_audit_log_shows_the_newest_first(storage: SqlStorage) -> None:
    with storage.writing() as work:
        for number in range(3):
            work.audit.add(MORNING, "zhao", "call.view", f"call:{number}", "x" * 5000)
    with storage.reading() as work:
        newest, next_newest = work.audit.latest(2)
    assert (newest["object"], next_newest["object"]) == ("call:2", "call:1")
    assert (newest["at"], newest["who"], newest["action"]) == (MORNING, "zhao", "call.view")


def test_one_alert_stands_open_for_a_kind_and_object(storage: SqlStorage) -> None:
    with storage.writing() as work:
        assert work.alerts.raise_("line_fault", "main", "no answer", MORNING)
        assert not work.alerts.raise_("line_fault", "main", "busy", MORNING + MINUTE)
        assert work.alerts.raise_("line_fault", "second", "busy", MORNING + MINUTE)
        first, second = work.alerts.open()
        assert (first.object, first.detail, first.raised_at) == ("main", "busy", MORNING)
        assert work.alerts.clear("line_fault", "main", MORNING + HOUR)
        assert not work.alerts.clear("line_fault", "main", MORNING + HOUR)
        assert work.alerts.open() == [second]
        assert work.alerts.raise_("line_fault", "main", "again", MORNING + HOUR)
        assert len(work.alerts.open()) == 2


def test_a4_line_tests_run_and_end(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.line_tests.add(LineTest("t1", "main", MORNING))
        work.line_tests.add(LineTest("t2", "main", MORNING + HOUR))
        work.line_tests.add(LineTest("t3", "second", MORNING + 2 * HOUR))
        done = LineTest("t1", "main", MORNING, "passed", MORNING + MINUTE, "heard in 2 s")
        work.line_tests.update(done)
    with storage.reading() as work:
        assert work.line_tests.by_id("t1") == done
        assert work.line_tests.by_id("none") is None
        assert [test.id for test in work.line_tests.running()] == ["t2", "t3"]
        assert work.line_tests.latest("main") == LineTest("t2", "main", MORNING + HOUR)
        assert work.line_tests.latest("none") is None


def _entries(*numbers: int) -> list[OutboxEntry]:
    return [OutboxEntry("call", {"n": n, "who": "赵\x00敏"}, MORNING + n * MINUTE) for n in numbers]


def test_the_outbox_is_read_on_from_where_one_was(storage: SqlStorage) -> None:
    with storage.writing() as work:
        assert work.outbox.last_id() == 0
        work.outbox.add(_entries(1, 2))
        work.outbox.add(_entries(3))
    with storage.reading() as work:
        all_ = work.outbox.after(0, 10)
        assert [entry.payload for entry in all_] == [{"n": n, "who": "赵敏"} for n in (1, 2, 3)]
        assert work.outbox.after(all_[0].id or 0, 1) == [all_[1]]
        assert work.outbox.after(all_[2].id or 0, 10) == []
        assert work.outbox.last_id() == all_[2].id


def test_a_trimmed_outbox_does_not_give_its_ids_again(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.outbox.add(_entries(1, 2))
    with storage.writing() as work:
        last = work.outbox.last_id()
        assert work.outbox.trim(MORNING + HOUR) == 2
        work.outbox.add(_entries(3))
    with storage.reading() as work:
        assert [entry.id for entry in work.outbox.after(last, 10)] == [last + 1]


def test_what_failed_pushes_nothing(storage: SqlStorage) -> None:
    with pytest.raises(ZeroDivisionError), storage.writing() as work:
        work.outbox.add(_entries(1))
        raise ZeroDivisionError
    with storage.reading() as work:
        assert work.outbox.after(0, 10) == []


def test_a_checkpoint_of_each_node(storage: SqlStorage) -> None:
    with storage.writing() as work:
        assert work.checkpoints.get("node1") is None
        work.checkpoints.set("node1", MORNING)
        work.checkpoints.set("node2", MORNING)
        work.checkpoints.set("node1", MORNING + MINUTE)
        assert work.checkpoints.get("node1") == MORNING + MINUTE
        assert work.checkpoints.get("node2") == MORNING
