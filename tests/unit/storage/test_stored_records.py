"""What is kept beside the calls, each kind on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hotline.domain.accounts.token import ApiToken
from hotline.domain.accounts.user import User
from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.events import Fact, FactKind
from hotline.domain.errors import Conflict
from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.line.handover import Handover
from hotline.domain.line.line_test import LineTest
from hotline.domain.line.override import Override
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.numbers import Number
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Role
from hotline.domain.reasons import because
from hotline.storage.accounts.tokens import TokenStore
from hotline.storage.accounts.users import UserStore
from hotline.storage.alerts import AlertStore
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.checkpoints import CheckpointStore
from hotline.storage.calls.facts import FactStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.line.line_tests import LineTestStore
from hotline.storage.line.overrides import OverrideStore
from hotline.storage.line.roster import RosterStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def test_the_same_fact_twice_is_one(storage: Storage) -> None:
    hold = Fact(MORNING + MINUTE, FactKind.HOLD, "1", "PJSIP/1001-00000001")
    earlier = Fact(MORNING, FactKind.RECORDING_PAUSED, "1")
    other = Fact(MORNING, FactKind.HOLD, "2")
    for _ in range(2):
        with storage.writing() as tx:
            FactStore(tx).add("node1", [hold, earlier, other, hold])
    with storage.reading() as tx:
        assert FactStore(tx).of("node1", ["1", "2", "3"]) == {"1": [earlier, hold], "2": [other]}
        assert FactStore(tx).of("node2", ["1"]) == {}
        assert FactStore(tx).of("node1", []) == {}


def test_facts_of_more_calls_than_a_statement_takes(storage: Storage) -> None:
    facts = [Fact(MORNING, FactKind.HOLD, str(n)) for n in range(2500)]
    with storage.writing() as tx:
        FactStore(tx).add("node1", facts)
    with storage.reading() as tx:
        assert len(FactStore(tx).of("node1", [str(n) for n in range(70_000)])) == 2500


def _shift(start: float, end: float, person: str = "李四") -> Shift:
    backups = (DutyNumber("王五", "13800000002"),)
    return Shift(
        person, ("13800000001", "13800000003"), backups, MORNING + start * HOUR, MORNING + end * HOUR, note="x"
    )


def test_a2_shifts_are_found_where_they_overlap(storage: Storage) -> None:
    with storage.writing() as tx:
        late, early = RosterStore(tx).add(_shift(2, 4)), RosterStore(tx).add(_shift(0, 2))
    with storage.reading() as tx:
        assert RosterStore(tx).shifts(MORNING, MORNING + 9 * HOUR) == [early, late]
        # Until its end, which is not part of it, and from its start, which is.
        assert RosterStore(tx).shifts(MORNING + 2 * HOUR, MORNING + 3 * HOUR) == [late]
        assert RosterStore(tx).shifts(MORNING - HOUR, MORNING) == []
        assert replace(early, id=None) == _shift(0, 2)


def test_a2_a_shift_is_removed_once(storage: Storage) -> None:
    with storage.writing() as tx:
        shift = RosterStore(tx).add(_shift(0, 1))
        assert RosterStore(tx).remove(shift.id or 0)
        assert not RosterStore(tx).remove(shift.id or 0)


def test_a2_handovers_are_kept_newest_first(storage: Storage) -> None:
    given = [Handover(MORNING + n * HOUR, "李四", "王五", "zhao", f"note {n}") for n in range(3)]
    with storage.writing() as tx:
        for handover in given:
            RosterStore(tx).record_handover(handover)
    with storage.reading() as tx:
        assert RosterStore(tx).handovers(2) == [given[2], given[1]]


def test_the_latest_override_that_covers_a_moment_counts(storage: Storage) -> None:
    with storage.writing() as tx:
        first = OverrideStore(tx).declare(Override("closed", MORNING, MORNING + 2 * HOUR, "zhao", "drill"))
        second = OverrideStore(tx).declare(Override("open", MORNING + HOUR, MORNING + 3 * HOUR, "zhao", "busy"))
    with storage.reading() as tx:
        assert OverrideStore(tx).covering(MORNING - MINUTE) is None
        assert OverrideStore(tx).covering(MORNING) == first
        assert OverrideStore(tx).covering(MORNING + HOUR) == second
        assert OverrideStore(tx).covering(MORNING + 3 * HOUR) is None


def test_cancelled_overrides_cover_nothing(storage: Storage) -> None:
    with storage.writing() as tx:
        OverrideStore(tx).declare(Override("open", MORNING - 2 * HOUR, MORNING - HOUR, "zhao", "over already"))
        OverrideStore(tx).declare(Override("closed", MORNING, MORNING + HOUR, "zhao", "drill"))
        assert OverrideStore(tx).cancel_all(MORNING + MINUTE) == 1
        assert OverrideStore(tx).cancel_all(MORNING + MINUTE) == 0
        assert OverrideStore(tx).covering(MORNING + 2 * MINUTE) is None


def test_a15_a_block_holds_until_it_expires_or_is_lifted(storage: Storage) -> None:
    number = "+8613800138000"
    with storage.writing() as tx:
        short = BlocklistStore(tx).add(BlockedNumber(Number(number), "rude", "zhao", MORNING, MORNING + HOUR))
        for_ever = BlocklistStore(tx).add(BlockedNumber(Number("+8613900139000"), "spam", "zhao", MORNING))
    with storage.reading() as tx:
        assert BlocklistStore(tx).active(number, MORNING) == short
        assert BlocklistStore(tx).active(number, MORNING + HOUR) is None
        assert BlocklistStore(tx).active("", MORNING) is None
        assert BlocklistStore(tx).list(MORNING) == [for_ever, short]
        assert BlocklistStore(tx).list(MORNING + HOUR) == [for_ever]
    with storage.writing() as tx:
        assert not BlocklistStore(tx).lift(number, MORNING + HOUR)
        assert BlocklistStore(tx).lift(for_ever.number, MORNING + HOUR)
        assert BlocklistStore(tx).list(MORNING + HOUR) == []


def _owed(linkedid: str, queued_at: datetime = MORNING, number: str = "+8613800138000") -> Callback:
    return Callback(
        "node1",
        linkedid,
        "main",
        Number(number),
        CallbackReason.ABANDONED,
        queued_at,
        queued_at + 30 * MINUTE,
        owed_from=queued_at,
    )


def test_a9_callbacks_stand_by_their_place_in_the_line(storage: Storage) -> None:
    with storage.writing() as tx:
        CallbackStore(tx).open(_owed("late", MORNING + MINUTE, "+8613900139000"))
        CallbackStore(tx).open(_owed("early"))
    with storage.reading() as tx:
        assert [c.linkedid for c in CallbackStore(tx).list()] == ["early", "late"]
        assert [c.linkedid for c in CallbackStore(tx).list(limit=1)] == ["early"]
        assert replace(CallbackStore(tx).list()[0], id=None) == _owed("early")


def test_a9_a_newer_fold_rewrites_an_open_callback_and_leaves_a_closed_one(storage: Storage) -> None:
    asked = replace(_owed("1"), reason=CallbackReason.REQUESTED, number=Number("+8613900139000"))
    with storage.writing() as tx:
        CallbackStore(tx).open(_owed("1"))
        CallbackStore(tx).open(asked)
    with storage.reading() as tx:
        (found,) = CallbackStore(tx).list()
        assert replace(found, id=None) == asked
    with storage.writing() as tx:
        assert CallbackStore(tx).close(found.id or 0, "zhao", "reached", MORNING + MINUTE)
        assert not CallbackStore(tx).close(found.id or 0, "qian", "again", MORNING + HOUR)
        CallbackStore(tx).open(_owed("1"))
        CallbackStore(tx).drop("node1", "1")
        assert CallbackStore(tx).list() == []
        (closed,) = CallbackStore(tx).list(include_closed=True)
    assert (closed.reason, closed.closed_by, closed.closing_note, closed.closed_at) == (
        CallbackReason.REQUESTED,
        "zhao",
        "reached",
        MORNING + MINUTE,
    )


def test_a9_a_callback_that_is_not_owed_after_all_is_taken_back(storage: Storage) -> None:
    with storage.writing() as tx:
        CallbackStore(tx).open(_owed("1"))
        CallbackStore(tx).drop("node1", "1")
        CallbackStore(tx).drop("node1", "never there")
        assert CallbackStore(tx).list(include_closed=True) == []


def _user(username: str) -> User:
    return User(username, "赵敏", "hash", (Role.OPERATOR, Role.EXAMINER), True, True, MORNING)


def test_users_are_found_and_rewritten(storage: Storage) -> None:
    with storage.writing() as tx:
        assert UserStore(tx).count() == 0
        zhao = UserStore(tx).add(_user("zhao"))
        UserStore(tx).update(replace(zhao, active=False, roles=(Role.SUPERVISOR,)))
        UserStore(tx).add(_user("an"))
    with storage.reading() as tx:
        assert UserStore(tx).by_id(zhao.id or 0) == UserStore(tx).by_username("zhao")
        assert UserStore(tx).by_username("zhao") == replace(zhao, active=False, roles=(Role.SUPERVISOR,))
        assert [user.username for user in UserStore(tx).all()] == ["an", "zhao"]
        assert UserStore(tx).by_username("zh\x00ao'") is None
        assert UserStore(tx).by_id(12345) is None


def test_two_users_cannot_have_one_name(storage: Storage) -> None:
    with storage.writing() as tx:
        UserStore(tx).add(_user("zhao"))
    with pytest.raises(Conflict), storage.writing() as tx:
        UserStore(tx).add(_user("qian"))
        UserStore(tx).add(_user("zhao"))
    with storage.reading() as tx:
        assert UserStore(tx).by_username("qian") is None, "the whole transaction must be undone"


def test_a_revoked_token_opens_nothing_and_its_name_is_free(storage: Storage) -> None:
    with storage.writing() as tx:
        TokenStore(tx).add("a" * 64, ApiToken("api", (Role.EXAMINER,), MORNING))
        used = TokenStore(tx).use("a" * 64, MORNING + MINUTE)
        assert used is not None and (used.name, used.roles) == ("api", (Role.EXAMINER,))
        assert TokenStore(tx).use("b" * 64, MORNING) is None
        assert TokenStore(tx).find("a" * 64).last_used_at == MORNING + MINUTE  # type: ignore[union-attr]
        assert TokenStore(tx).revoke("api", MORNING + HOUR)
        assert not TokenStore(tx).revoke("api", MORNING + HOUR)
        assert TokenStore(tx).use("a" * 64, MORNING + HOUR) is None
        assert TokenStore(tx).find("a" * 64) is None
        TokenStore(tx).add("c" * 64, ApiToken("api", (Role.EXAMINER,), MORNING + HOUR))
        assert TokenStore(tx).names() == ["api"]
        assert [token.revoked_at for token in TokenStore(tx).all()] == [MORNING + HOUR, None]


def test_two_valid_tokens_cannot_have_one_name(storage: Storage) -> None:
    with pytest.raises(Conflict), storage.writing() as tx:
        TokenStore(tx).add("a" * 64, ApiToken("api", (Role.EXAMINER,), MORNING))
        TokenStore(tx).add("b" * 64, ApiToken("api", (Role.EXAMINER,), MORNING))


def test_f8_the_audit_log_shows_the_newest_first(storage: Storage) -> None:
    with storage.writing() as tx:
        for number in range(3):
            AuditLog(tx).add(MORNING, "zhao", "call.view", f"call:{number}", "x" * 5000)
    with storage.reading() as tx:
        newest, next_newest = AuditLog(tx).latest(2)
    assert (newest["object"], next_newest["object"]) == ("call:2", "call:1")
    assert (newest["at"], newest["who"], newest["action"]) == (MORNING, "zhao", "call.view")


def test_one_alert_stands_open_for_a_kind_and_object(storage: Storage) -> None:
    with storage.writing() as tx:
        assert AlertStore(tx).raise_("line_fault", "main", "no answer", MORNING)
        assert not AlertStore(tx).raise_("line_fault", "main", "busy", MORNING + MINUTE)
        assert AlertStore(tx).raise_("line_fault", "second", "busy", MORNING + MINUTE)
        first, second = AlertStore(tx).open()
        assert (first.object, first.detail, first.raised_at) == ("main", "busy", MORNING)
        assert AlertStore(tx).clear("line_fault", "main", MORNING + HOUR)
        assert not AlertStore(tx).clear("line_fault", "main", MORNING + HOUR)
        assert AlertStore(tx).open() == [second]
        assert AlertStore(tx).raise_("line_fault", "main", "again", MORNING + HOUR)
        assert len(AlertStore(tx).open()) == 2


def test_a4_line_tests_run_and_end(storage: Storage) -> None:
    with storage.writing() as tx:
        LineTestStore(tx).add(LineTest("t1", "main", MORNING))
        LineTestStore(tx).add(LineTest("t2", "main", MORNING + HOUR))
        LineTestStore(tx).add(LineTest("t3", "second", MORNING + 2 * HOUR))
        done = LineTest(
            "t1", "main", MORNING, "passed", MORNING + MINUTE, because("line.test_did_not_arrive", seconds=2)
        )
        LineTestStore(tx).update(done)
    with storage.reading() as tx:
        assert LineTestStore(tx).by_id("t1") == done
        assert LineTestStore(tx).by_id("none") is None
        assert [test.id for test in LineTestStore(tx).running()] == ["t2", "t3"]
        assert LineTestStore(tx).latest("main") == LineTest("t2", "main", MORNING + HOUR)
        assert LineTestStore(tx).latest("none") is None


def _entries(*numbers: int) -> list[OutboxEntry]:
    return [OutboxEntry("call", {"n": n, "who": "赵\x00敏"}, MORNING + n * MINUTE) for n in numbers]


def test_the_outbox_is_read_on_from_where_one_was(storage: Storage) -> None:
    with storage.writing() as tx:
        assert Outbox(tx).last_id() == 0
        Outbox(tx).add(_entries(1, 2))
        Outbox(tx).add(_entries(3))
    with storage.reading() as tx:
        all_ = Outbox(tx).after(0, 10)
        assert [entry.payload for entry in all_] == [{"n": n, "who": "赵敏"} for n in (1, 2, 3)]
        assert Outbox(tx).after(all_[0].id or 0, 1) == [all_[1]]
        assert Outbox(tx).after(all_[2].id or 0, 10) == []
        assert Outbox(tx).last_id() == all_[2].id


def test_a_trimmed_outbox_does_not_give_its_ids_again(storage: Storage) -> None:
    with storage.writing() as tx:
        Outbox(tx).add(_entries(1, 2))
    with storage.writing() as tx:
        last = Outbox(tx).last_id()
        assert Outbox(tx).trim(MORNING + HOUR) == 2
        Outbox(tx).add(_entries(3))
    with storage.reading() as tx:
        assert [entry.id for entry in Outbox(tx).after(last, 10)] == [last + 1]


def test_what_failed_pushes_nothing(storage: Storage) -> None:
    with pytest.raises(ZeroDivisionError), storage.writing() as tx:
        Outbox(tx).add(_entries(1))
        raise ZeroDivisionError
    with storage.reading() as tx:
        assert Outbox(tx).after(0, 10) == []


def test_a_checkpoint_of_each_node(storage: Storage) -> None:
    with storage.writing() as tx:
        assert CheckpointStore(tx).get("node1") is None
        CheckpointStore(tx).set("node1", MORNING)
        CheckpointStore(tx).set("node2", MORNING)
        CheckpointStore(tx).set("node1", MORNING + MINUTE)
        assert CheckpointStore(tx).get("node1") == MORNING + MINUTE
        assert CheckpointStore(tx).get("node2") == MORNING
