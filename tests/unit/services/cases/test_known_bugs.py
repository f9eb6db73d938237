"""What other ticket systems were reported for, and does not happen here. The number says which of the groups it is:

1 priority changes while it waits; 2 over while it stands; 3 time spent closed counts; 4 expires when it goes back;
5 opened outside hours; 6 a week with other days; 7 the mark of being over stays; 8 a pause added to the wrong end;
9 no lunch; 10 grows on after the end; 11 one clock overrules another; 12 the old department's clock stays; 13 reminders
at night; 14 nobody sees how it was counted; 15 a word by another way starts nothing; 16 answers to a merged one;
17 merging loses; 18 a merged one is in lists; 19 one approval approves all; 20 closed ones still wait; 21 another page
starts no clock; 22 nobody is there.
"""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

import pytest

from hotline.domain.calendar import WorkCalendar
from hotline.domain.cases.case import Channel, ServiceCase
from hotline.domain.deadlines.deadline import Standing
from hotline.domain.deadlines.term import Count, Within
from hotline.domain.errors import Conflict, Refused
from hotline.services.alerts import open_alerts
from hotline.services.calendar import work_calendar
from hotline.services.calls.ledger import record
from hotline.services.cases.escalating import escalate_cases
from hotline.services.cases.listing import AskedCases, Which, list_cases
from hotline.services.cases.merging import survivor_of
from hotline.services.deadlines.sweep import sweep
from hotline.storage.accounts.users import UserStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.forms.store import FormStore
from tests.support.cases import BOSS, CHIEF, OTHER_BOSS, TECH, Desk, shanghai
from tests.support.sample_calls import answered_call
from tests.support.sample_forms import open_form

#: A Monday, ten in the morning; the days after are ordinary.
NOW = shanghai(2026, 11, 16, 10)
HOUR = timedelta(hours=1)


def listed(desk: Desk, which: Which, at: datetime) -> list[str]:
    found = list_cases(desk.storage, AskedCases(which), 50, 0, BOSS, at)
    return [each.number for each in found.cases]


def test_1_another_priority_while_it_waits_forgets_no_pause(desk: Desk) -> None:
    case = desk.open(NOW, "enquiry")
    case = desk.act(case, "wait", NOW + HOUR / 2)
    case = desk.act(case, "weigh", NOW + HOUR, demand="1", loss="1", spread="1", complexity="complex")
    assert set(desk.standing(case, NOW + 5 * HOUR).values()) == {Standing.PAUSED}
    case = desk.act(case, "go_on", NOW + HOUR * 3 / 2)
    # Two working hours from 10:00, one of which stood: lunch is between.
    assert desk.clocks(case, NOW + 2 * HOUR)["reply"].due_at == shanghai(2026, 11, 16, 14)


def test_2_what_stands_is_neither_warned_of_nor_over(desk: Desk) -> None:
    case = desk.act(desk.open(NOW, "enquiry"), "wait", NOW + HOUR)
    much_later = NOW + timedelta(days=30)
    sweep(desk.storage, desk.settings, much_later)
    assert set(desk.standing(case, much_later).values()) == {Standing.PAUSED}
    assert desk.told() == [] and listed(desk, Which.OVERDUE, much_later) == []
    assert escalate_cases(desk.storage, desk.settings, much_later) == 0


def test_3_the_time_that_it_was_closed_does_not_count(desk: Desk) -> None:
    case = desk.open(NOW)
    case = desk.acts(case, NOW + HOUR, "judge", "assign", "check", "propose", "approve", "accept", "carry_out", "tell")
    before = desk.clocks(case, NOW + HOUR)["formal_answer"].left
    case = desk.acts(case, NOW + HOUR, "visit", "sum_up", "archive")
    again = NOW + timedelta(days=5)
    case = desk.act(case, "reopen", again, reason="又漏了")
    assert desk.clocks(case, again)["formal_answer"].left == before
    assert desk.standing(case, again)["formal_answer"] is Standing.RUNNING


def test_4_whatever_step_back_is_taken_nothing_expires_by_it(desk: Desk) -> None:
    """Each step back of a complaint, after a pause."""
    ways = {
        "return": ("judge", "assign"),
        "reassign": ("judge", "assign", "check"),
        "refuse_approval": ("judge", "assign", "check", "propose"),
        "refuse_solution": ("judge", "assign", "check", "propose", "approve"),
    }
    for act, before in ways.items():
        case = desk.acts(desk.open(NOW), NOW, *before)
        case = desk.act(desk.act(case, "wait", NOW + HOUR), "go_on", NOW + 20 * HOUR)
        at = NOW + 21 * HOUR
        by = BOSS if act == "refuse_approval" else None
        given = {"reason": "不合适", **({"department": desk.sales} if act == "reassign" else {})}
        case = desk.act(case, act, at, by or BOSS, **given)
        standing = desk.standing(case, at)
        assert Standing.BREACHED not in standing.values(), (act, standing)
        assert standing["solution"] in (Standing.RUNNING, Standing.WARNED)


def test_5_opened_at_any_minute_of_a_week_it_has_its_working_hours(desk: Desk) -> None:
    calendar, term = work_calendar(desk.settings, ""), Within(2 * HOUR, Count.WORKING)
    for minute in range(0, 7 * 24 * 60, 7):
        start = NOW + timedelta(minutes=minute)
        due = term.due(start, calendar)
        assert calendar.working_time_between(start, due) == 2 * HOUR
        assert calendar.is_open(due - timedelta(seconds=1))


def test_6_any_set_of_weekdays_counts_right(desk: Desk) -> None:
    week = work_calendar(desk.settings, "").week
    term = Within(9 * HOUR, Count.WORKING)
    for days in range(1, 2**7):
        chosen = tuple(week[0] if days & (1 << place) else () for place in range(7))
        calendar = WorkCalendar(chosen, week[0])
        due = term.due(NOW, calendar)
        assert calendar.working_time_between(NOW, due) == 9 * HOUR
        assert calendar.is_open(due - timedelta(seconds=1))


def test_7_the_mark_of_being_over_goes_with_what_was_over(desk: Desk) -> None:
    case = desk.open(NOW)
    late = NOW + timedelta(days=10)
    assert listed(desk, Which.OVERDUE, late) == [case.number]
    assert escalate_cases(desk.storage, desk.settings, late) == 1
    case = desk.acts(case, late, "judge", "assign", "check", "propose", "approve", "accept", "carry_out", "tell")
    assert listed(desk, Which.OVERDUE, late) == []
    with desk.storage.reading() as tx:
        assert (kept := CaseStore(tx).by_id(case.id or 0)) is not None and kept.escalated == 0


@pytest.mark.parametrize("hours", [1, 5, 30, 100])
def test_8_a_pause_moves_the_end_by_the_working_time_that_it_took(desk: Desk, hours: int) -> None:
    case = desk.open(NOW, "enquiry", channel=Channel.LETTER)
    before = desk.clocks(case, NOW)["reply"]
    since, until = NOW + HOUR / 2, NOW + HOUR / 2 + hours * HOUR
    case = desk.act(desk.act(case, "wait", since), "go_on", until)
    after = desk.clocks(case, until)["reply"]
    calendar = work_calendar(desk.settings, "")
    assert after.started_at == before.started_at and before.due_at is not None and after.due_at is not None
    assert calendar.working_time_between(before.due_at, after.due_at) == calendar.working_time_between(since, until)


def test_9_lunch_does_not_count(desk: Desk) -> None:
    case = desk.open(shanghai(2026, 11, 16, 11, 30), "enquiry")
    assert desk.clocks(case, NOW)["reply"].due_at == shanghai(2026, 11, 16, 14, 30)


def test_10_what_is_done_is_frozen(desk: Desk) -> None:
    late = NOW + timedelta(days=3)
    case = desk.acts(desk.open(NOW), late, "judge", "assign", "check", "propose")
    at_once, later = (desk.clocks(case, late + timedelta(days=days))["solution"] for days in (0, 50))
    assert at_once.standing is later.standing is Standing.LATE
    assert at_once.left == later.left == late - NOW - 48 * HOUR


def test_11_clocks_know_nothing_of_each_other(desk: Desk) -> None:
    case = desk.act(desk.open(NOW), "contact", NOW + 23 * HOUR)
    standing = desk.standing(case, NOW + 47 * HOUR)
    assert (standing["first_answer"], standing["solution"]) == (Standing.KEPT, Standing.WARNED)
    assert desk.standing(case, NOW + 49 * HOUR)["first_answer"] is Standing.KEPT
    assert desk.standing(case, NOW + 49 * HOUR)["solution"] is Standing.BREACHED


def test_12_the_old_departments_clock_goes_with_it(desk: Desk) -> None:
    case = desk.acts(desk.open(NOW), NOW, "judge", "assign")
    moved = NOW + 26 * HOUR
    assert desk.standing(case, moved)["department"] is Standing.BREACHED
    case = desk.act(case, "reassign", moved, department=desk.sales, reason="不属于技术部")
    clock = desk.clocks(case, moved)["department"]
    assert (clock.started_at, clock.standing, clock.due_at) == (moved, Standing.RUNNING, shanghai(2026, 11, 18, 13, 30))


def test_13_nobody_is_reminded_at_night(desk: Desk) -> None:
    desk.acts(desk.open(NOW), NOW, "judge", "assign")
    desk.act(desk.open(shanghai(2026, 11, 16, 15), "internal", values={"sort": "support"}), "track", NOW + 5 * HOUR)
    for hour in (2, 5, 8):
        sweep(desk.storage, desk.settings, shanghai(2026, 11, 17, hour))
    assert [each for each in desk.told() if "near" in each] == []
    sweep(desk.storage, desk.settings, shanghai(2026, 11, 17, 9, 45))
    assert [each for each in desk.told() if "near" in each] != []


def test_14_the_count_is_shown_day_by_day(desk: Desk) -> None:
    start = shanghai(2025, 12, 31, 16)
    days = desk.clocks(desk.open(start), start)["formal_answer"].days
    counted = {f"{each.day.date:%m-%d}": (each.day.kind.value, bool(each.spans)) for each in days}
    assert counted["01-02"] == ("holiday", False)
    assert counted["01-04"] == ("makeup", True)
    assert counted["01-05"] == ("ordinary", True)


def test_15_a_customers_word_by_any_way_ends_the_waiting_and_is_answered_anew(desk: Desk) -> None:
    case = desk.act(desk.open(NOW, channel=Channel.MAIL), "wait", NOW + HOUR)
    at = NOW + timedelta(days=1)
    case = desk.act(case, "customer_asks", at, note="来信")
    assert (case.waiting, case.asked_first) == ("", 0)
    assert desk.clocks(case, at)["next_word"].started_at == at
    # Nobody was waited for: they asked first, which is a breach.
    assert desk.act(case, "customer_asks", at + HOUR).asked_first == 1


def merged(desk: Desk) -> tuple[ServiceCase, ServiceCase]:
    """The one that goes on within the other, and that one."""
    older, newer = desk.open(NOW), desk.open(NOW + HOUR)
    newer = desk.act(newer, "attach_call", NOW + HOUR, call=desk.call)
    survivor = desk.act(newer, "merge", NOW + 2 * HOUR, case=str(older.id), reason="同一件事")
    assert survivor.id == older.id
    return newer, survivor


def test_16_answers_to_a_merged_one_go_to_the_survivor(desk: Desk) -> None:
    going, survivor = merged(desk)
    with pytest.raises(Conflict, match=r"^cases.merged case="):
        desk.act(going, "contact", NOW + 3 * HOUR)
    with desk.storage.reading() as tx:
        kept = CaseStore(tx).by_id(going.id or 0)
        assert kept is not None and survivor_of(tx, kept).id == survivor.id
    again = desk.act(survivor, "customer_asks", NOW + 3 * HOUR)
    assert again.asked_first == 1
    third = desk.open(NOW + 4 * HOUR)
    assert desk.act(third, "merge", NOW + 4 * HOUR, case=str(survivor.id), reason="又一件").id == survivor.id


def test_17_merging_loses_nothing_leaves_its_trace_and_is_undone(desk: Desk) -> None:
    going, survivor = merged(desk)
    third = desk.open(NOW, parent_id=survivor.id)
    assert desk.open(NOW, parent_id=survivor.id).parent_id == third.parent_id
    seen = desk.see(survivor, NOW + 3 * HOUR)
    assert [each.call.case_id for each in seen.calls] == [going.id]
    assert [each.number for each in seen.merged] == [going.number]
    assert {(each.case, each.step.act) for each in seen.steps[-2:]} == {
        (survivor.number, "merged_in"),
        (going.number, "merge"),
    }
    alone = desk.act(going, "unmerge", NOW + 4 * HOUR, reason="不是同一件")
    assert (alone.state.value, alone.stage, alone.merged_into) == ("open", "registered", None)
    assert [each.call.case_id for each in desk.see(alone, NOW + 5 * HOUR).calls] == [going.id]
    assert desk.see(survivor, NOW + 5 * HOUR).calls == []
    assert desk.standing(alone, NOW + 5 * HOUR)["first_answer"] is Standing.RUNNING
    # The two hours within the other one do not count.
    assert desk.clocks(alone, NOW + 5 * HOUR)["first_answer"].due_at == NOW + HOUR + 26 * HOUR


def test_18_a_merged_one_is_in_no_list_and_goes_up_nowhere(desk: Desk) -> None:
    going, survivor = merged(desk)
    late = NOW + timedelta(days=20)
    for which in (Which.ALL, Which.OVERDUE, Which.DUE_TODAY):
        assert listed(desk, which, late) == [survivor.number]
    sweep(desk.storage, desk.settings, late)
    assert escalate_cases(desk.storage, desk.settings, late) == 1
    assert all(each.stopped_at is not None for each in desk.see(going, late).clocks)


def test_19_each_solution_is_approved_by_itself(desk: Desk) -> None:
    case = desk.acts(desk.open(NOW), NOW, "judge", "assign", "check", "propose", "approve")
    case = desk.act(case, "refuse_solution", NOW + HOUR, reason="要换新机")
    assert case.stage == "proposed"
    with pytest.raises(Conflict, match=r"^cases.not_now"):
        desk.act(case, "accept", NOW + HOUR)
    case = desk.act(case, "propose", NOW + HOUR, TECH, solution="换新机")
    with pytest.raises(Refused) as refused:
        desk.act(case, "approve", NOW + 2 * HOUR, BOSS, chosen="1")
    assert refused.value.code == "cases.solution_refused", "D1: refused is the next solution"
    assert desk.act(case, "approve", NOW + 2 * HOUR, BOSS, chosen="2").stage == "approved"


def test_20_nothing_of_a_closed_one_waits_for_a_decision(desk: Desk) -> None:
    case = desk.open(NOW, "request")
    case = desk.act(case, "ask_extension", NOW, clock="next_word", more="1", reason="等配件")
    case = desk.act(case, "close", NOW + HOUR)
    with pytest.raises(Conflict, match=r"^cases.not_now"):
        desk.act(case, "grant_extension", NOW + 2 * HOUR, BOSS)
    offered = {each.act.id for each in desk.see(case, NOW + 2 * HOUR, BOSS).acts}
    assert offered == {"reopen", "remark", "attach_call", "customer_asks", "customer_says"}


def test_21_opened_by_whichever_door_its_clocks_run(desk: Desk) -> None:
    call = dataclasses.replace(answered_call(), linkedid="d1")
    record(desk.storage, call.node, [call], [], lambda _call: None, NOW)
    with desk.storage.writing() as tx:
        form = FormStore(tx).add([open_form(call, NOW)])[0]
    by_hand = desk.open(NOW, actor=CHIEF)
    names = set(desk.standing(by_hand, NOW))
    assert names == {"first_answer", "solution", "formal_answer", "next_word"}
    from_record = desk.open(NOW, form_id=form.id, actor=BOSS)
    assert set(desk.standing(from_record, NOW)) == names | {"answer"}  # B5's three days are the case's from now on
    assert desk.clocks(from_record, NOW)["answer"].started_at == call.started_at


def test_22_where_nobody_is_there_the_next_one_up_is_told_and_an_alert_says_so(desk: Desk) -> None:
    desk.open(NOW)
    late = shanghai(2026, 11, 20, 17)  # sixteen working hours after its first clock was over, not thirty-two
    _go(desk, BOSS.name, OTHER_BOSS.name)
    assert escalate_cases(desk.storage, desk.settings, late) == 1
    assert desk.told("chief") == ["case_escalated"]
    desk.open(NOW)
    _go(desk, CHIEF.name)
    assert escalate_cases(desk.storage, desk.settings, late) == 1
    assert [each.kind for each in open_alerts(desk.storage)] == ["cases_nobody"]


def _go(desk: Desk, *usernames: str) -> None:
    with desk.storage.writing() as tx:
        for name in usernames:
            user = UserStore(tx).by_username(name)
            assert user is not None
            UserStore(tx).update(dataclasses.replace(user, active=False))
