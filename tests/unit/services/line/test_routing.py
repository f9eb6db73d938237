"""What the routing decision is told from settings and storage, on a real database (A1, A2, A15, B7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import Call, Caller, Party, PartyKind, Talk
from hotline.domain.errors import StorageError
from hotline.domain.line.routing import Arrival, Reason, Route, RouteKind
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.services.line import line, roster
from hotline.services.line.routing import current_line_state, decide
from hotline.storage.calls.store import CallStore
from tests.support.instance import an_instance, at
from tests.support.rows import a_call

SITE = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
[duty]
always = [{ person = "张三", number = "13800000000" }]
[[roster]]
person = "李四"
numbers = ["13800000001"]
starts_at = 2026-09-16T17:30:00
ends_at = 2026-09-17T09:00:00
"""
OPEN, NIGHT = at("2026-09-16T10:00"), at("2026-09-16T20:00")
CALLER = "+8613900000001"
CHOSEN = Arrival("main", Number(CALLER), choice="service")


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, OPEN, SITE)


def where(hotline: Hotline, arrival: Arrival, now: datetime) -> Route:
    return decide(hotline.storage, hotline.settings, arrival, now)


def talked(hotline: Hotline, ago: timedelta, extensions: Sequence[str], number: str = CALLER) -> Call:
    """A call of this caller that these operators had, one after the other."""
    start = OPEN - ago
    parties = [Party(PartyKind.OPERATOR, extension) for extension in extensions]
    begun = [start + timedelta(seconds=30 * n) for n in range(len(parties) + 1)]
    talks = tuple(Talk(party, begun[n], begun[n + 1]) for n, party in enumerate(parties))
    caller = Caller(Number(number), number)
    call = a_call(f"node1-{start.timestamp()}", start, caller=caller, answered_by=parties[0], talks=talks)
    with hotline.storage.writing() as tx:
        CallStore(tx).save([call], OPEN)
    return call


def test_a1_the_menu_and_the_queue_come_from_the_settings(hotline: Hotline) -> None:
    assert where(hotline, Arrival("main", Number(CALLER)), OPEN).menu == "main"
    assert where(hotline, CHOSEN, OPEN).queue == "service"


def test_a2_shifts_of_the_settings_and_kept_ones_are_called_before_the_standing_numbers(hotline: Hotline) -> None:
    shift = roster.NewShift("王五", ("13800000002",), at("2026-09-16T18:00"), at("2026-09-16T22:00"))
    roster.add_shift(hotline.storage, shift, "test", OPEN)
    assert [d.person for d in where(hotline, CHOSEN, NIGHT).duty] == ["王五", "李四", "张三"]
    assert [d.person for d in where(hotline, CHOSEN, at("2026-09-16T22:00")).duty] == ["李四", "张三"]
    assert [d.person for d in where(hotline, CHOSEN, at("2026-09-17T12:30")).duty] == ["张三"]


def test_a2_a_shift_counts_from_its_first_second(hotline: Hotline) -> None:
    assert [d.person for d in where(hotline, CHOSEN, at("2026-09-16T17:30")).duty] == ["李四", "张三"]
    assert [d.person for d in where(hotline, CHOSEN, at("2026-09-17T08:59:59")).duty] == ["李四", "张三"]


def test_a1_what_the_supervisor_declared_counts_and_is_told_to_asterisk(hotline: Hotline) -> None:
    line.declare(hotline.storage, "closed", OPEN + timedelta(hours=1), "王主管", "停电", OPEN)
    assert where(hotline, CHOSEN, OPEN).reason is Reason.DECLARED_CLOSED
    state = current_line_state(hotline.storage, hotline.settings, OPEN)
    assert (state.open, state.until, state.then_open) == (False, OPEN + timedelta(hours=1), True)
    assert [d.number for d in state.duty] == ["13800000000"]


def test_a15_the_blocklist_is_asked_for_the_number_and_not_for_withheld_ones(hotline: Hotline) -> None:
    line.block(hotline.storage, hotline.settings, CALLER, "骚扰", "王主管", OPEN)
    assert where(hotline, CHOSEN, OPEN).kind is RouteKind.BLOCKED
    assert where(hotline, Arrival("main", Number("+8613900000002")), OPEN).kind is RouteKind.MENU
    assert where(hotline, Arrival("main", NO_NUMBER, withheld=True), OPEN).kind is RouteKind.MENU


def test_b7_a_caller_of_the_last_days_is_offered_to_the_operator_who_had_them(hotline: Hotline) -> None:
    talked(hotline, timedelta(days=6), ["1001"])
    assert where(hotline, CHOSEN, OPEN).preferred == "1001"
    assert where(hotline, Arrival("main", Number("+8613900000002"), choice="service"), OPEN).preferred == ""


def test_b7_the_latest_talk_counts(hotline: Hotline) -> None:
    talked(hotline, timedelta(days=6), ["1001"])
    talked(hotline, timedelta(days=1), ["1002"])
    assert where(hotline, CHOSEN, OPEN).preferred == "1002"


def test_b7_after_a_transfer_it_is_who_took_the_caller_over(hotline: Hotline) -> None:
    talked(hotline, timedelta(days=1), ["1001", "1002"])
    assert where(hotline, CHOSEN, OPEN).preferred == "1002"


def test_b7_more_than_seven_days_are_too_long_ago(hotline: Hotline) -> None:
    talked(hotline, timedelta(days=7, seconds=1), ["1001"])
    assert where(hotline, CHOSEN, OPEN).preferred == ""


def test_b7_an_operator_who_has_left_is_not_rung(hotline: Hotline) -> None:
    talked(hotline, timedelta(days=1), ["1009"])
    assert where(hotline, CHOSEN, OPEN).preferred == ""


def test_b7_withheld_numbers_have_no_history(hotline: Hotline) -> None:
    talked(hotline, timedelta(days=1), ["1001"], number="")
    assert where(hotline, Arrival("main", NO_NUMBER, withheld=True, choice="service"), OPEN).preferred == ""


def test_b7_can_be_switched_off(tmp_path: Path) -> None:
    off = an_instance(tmp_path, OPEN, f"{SITE}\n[returning_caller]\nenabled = false")
    talked(off, timedelta(days=1), ["1001"])
    assert where(off, CHOSEN, OPEN).preferred == ""


def test_a_decision_takes_one_transaction_and_at_most_eight_queries(hotline: Hotline) -> None:
    statements: list[str] = []
    begun: list[object] = []
    settings = hotline.settings  # what is in force is looked up every few seconds, whoever calls
    event.listen(hotline.storage.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    event.listen(hotline.storage.engine, "begin", begun.append)
    decide(hotline.storage, settings, CHOSEN, OPEN)
    assert len(begun) == 1
    assert len([text for text in statements if text.startswith("SELECT")]) == 8


def test_a_database_that_is_away_is_an_error_that_the_caller_of_the_service_can_meet(hotline: Hotline) -> None:
    with hotline.storage.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE line_override")
    with pytest.raises(StorageError):
        where(hotline, CHOSEN, OPEN)
