"""Swaps and their limits (F6); plans that two make at once; an operator who leaves; what goes by the plan."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from hotline.domain.errors import Conflict, Forbidden, HotlineError, Outdated, Refused
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.domain.shifts.leave import LeaveWish
from hotline.domain.shifts.skill import SkillLevel
from hotline.domain.shifts.swap import Swap, SwapProblem, SwapState
from hotline.domain.staff.records import Absence, Person
from hotline.services.line.duty import known_shifts
from hotline.services.line.roster import find_gaps
from hotline.services.open_matter import Holder, hand_all_over, open_matters
from hotline.services.shifts import leave, plan, swaps
from hotline.services.shifts.open_shifts import give_shift, list_open
from hotline.services.shifts.plan import ShiftEntry
from hotline.services.shifts.swap_rules import SwapRefused
from hotline.services.shifts.working import desk_gaps, is_planned, next_at_desk, working, working_spans
from hotline.settings.load import default_settings
from hotline.storage.line.roster import RosterStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.shifts.requests import SwapStore
from hotline.storage.shifts.skills import SkillStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING
from tests.support.shift_team import Team

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BOSS = Actor("boss", (Role.SUPERVISOR,), "周主管", 98)


@pytest.fixture
def team(storage: Storage) -> Team:
    return Team(storage, default_settings())


def test_f6_a_shift_is_given_away_once_both_and_a_supervisor_want_it(team: Team) -> None:
    given, got = team.put(team.wang_id, MORNING + 2 * DAY), team.put(team.li_id, MORNING + 4 * DAY)
    swap = team.ask(given, got)
    with pytest.raises(Forbidden):
        swaps.answer_swap(team.storage, team.settings, swap.id or 0, True, "", team.wang, MORNING)
    swaps.answer_swap(team.storage, team.settings, swap.id or 0, True, "好", team.li, MORNING)
    assert team.owner(given) == team.wang_id
    done = swaps.decide_swap(team.storage, team.settings, swap.id or 0, True, "", BOSS, MORNING)
    assert done.state is SwapState.DONE and (team.owner(given), team.owner(got)) == (team.li_id, team.wang_id)
    with pytest.raises(Conflict):
        swaps.decide_swap(team.storage, team.settings, swap.id or 0, True, "", BOSS, MORNING)


def test_f6_each_rule_refuses_by_its_name(team: Team) -> None:
    tomorrow = MORNING + DAY
    given = team.put(team.wang_id, tomorrow)
    with pytest.raises(SwapRefused) as oneself:
        swaps.ask_swap(team.storage, team.settings, given.id or 0, team.wang_id, None, "", team.wang, MORNING)
    assert oneself.value.code == "shifts.swap_oneself"
    assert team.refused(given, now=tomorrow) is SwapProblem.PAST
    assert team.refused(team.put(team.wang_id, tomorrow + DAY, published_at=None)) is SwapProblem.UNPUBLISHED
    beside = team.put(team.li_id, tomorrow + 4 * HOUR)
    assert team.refused(given) is SwapProblem.OVERLAP
    assert team.ask(given, beside).state is SwapState.ASKED  # they change places
    assert team.refused(given) is SwapProblem.PENDING
    late = team.put(team.wang_id, tomorrow + 5 * DAY)
    team.put(team.li_id, late.starts_at - 12 * HOUR, 4)
    assert team.refused(late) is SwapProblem.REST
    unknown = team.put(team.wang_id, tomorrow + 9 * DAY, queues=("service",))
    with team.storage.writing() as tx:
        SkillStore(tx).put(team.li_id, "service", SkillLevel.LEARNS)
    assert team.refused(unknown) is SwapProblem.QUEUE
    away = team.put(team.wang_id, tomorrow + 11 * DAY)
    with team.storage.writing() as tx:
        AbsenceStore(tx).add(Absence(team.li_id, away.starts_at, away.ends_at))
    assert team.refused(away) is SwapProblem.LEAVE


def test_f6_at_most_two_a_month_for_each_of_the_two(team: Team) -> None:
    """Done and asked for alike; what was withdrawn or refused does not count, and a new month begins anew."""
    first = datetime.fromisoformat("2026-12-01T09:00:00+08:00")
    asked = [team.ask(team.put(team.wang_id, first + place * 7 * DAY)) for place in range(2)]
    for swap in asked:
        swaps.answer_swap(team.storage, team.settings, swap.id or 0, True, "", team.li, MORNING)
    third = team.put(team.wang_id, first + 20 * DAY)
    assert team.refused(third) is SwapProblem.MONTH
    of_tao = team.put(team.tao_id, first + 24 * DAY)
    with pytest.raises(SwapRefused) as taker:  # the other one has had two too
        swaps.ask_swap(team.storage, team.settings, of_tao.id or 0, team.li_id, None, "", team.tao, MORNING)
    assert taker.value.problem is SwapProblem.MONTH
    january = team.put(team.wang_id, first + 32 * DAY)
    assert team.ask(january).state is SwapState.ASKED
    swaps.withdraw_swap(team.storage, asked[1].id or 0, team.wang, MORNING)
    assert team.ask(third).state is SwapState.ASKED


def test_a_swap_lapses_with_its_shift(team: Team) -> None:
    given, other = team.put(team.wang_id, MORNING + DAY), team.put(team.wang_id, MORNING + 5 * DAY)
    team.ask(given), team.ask(other)
    assert swaps.lapse_swaps(team.storage, MORNING) == 0
    plan.move_shift(team.storage, other.id or 0, 1, team.wang_id, (MORNING + 6 * DAY).date(), BOSS, MORNING)
    assert swaps.lapse_swaps(team.storage, MORNING) == 1
    assert swaps.lapse_swaps(team.storage, MORNING + DAY) == 1
    with team.storage.reading() as tx:
        assert {each.state for each in SwapStore(tx).search()} == {SwapState.LAPSED}


def test_f6_both_are_told_when_a_swap_lapses_and_the_other_when_it_is_withdrawn(team: Team) -> None:
    """Whoever counted on it would else stay away from their shift."""
    lapsing, withdrawn = (
        team.ask(team.put(team.wang_id, MORNING + DAY)),
        team.ask(team.put(team.wang_id, MORNING + 5 * DAY)),
    )
    swaps.withdraw_swap(team.storage, withdrawn.id or 0, team.wang, MORNING)
    assert swaps.lapse_swaps(team.storage, MORNING + DAY) == 1
    assert swaps.lapse_swaps(team.storage, MORNING + DAY) == 0
    with team.storage.reading() as tx:
        wang, li = (
            {each.kind: each.object for each in NotificationStore(tx).of_person(one)}
            for one in (team.wang_id, team.li_id)
        )
    assert wang == {"swap_lapsed": f"swap:{lapsing.id}"}
    assert li["swap_lapsed"] == f"swap:{lapsing.id}" and li["swap_withdrawn"] == f"swap:{withdrawn.id}"


def test_f6_a_swap_that_is_decided_while_it_lapses_tells_nobody_that_it_lapsed(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap = team.ask(team.put(team.wang_id, MORNING + DAY))
    seen = SwapStore.open_ones

    def decided_meanwhile(store: SwapStore) -> list[Swap]:
        found = seen(store)
        with monkeypatch.context() as once:
            once.setattr(SwapStore, "open_ones", seen)
            swaps.answer_swap(team.storage, team.settings, swap.id or 0, False, "", team.li, MORNING)
        return found

    monkeypatch.setattr(SwapStore, "open_ones", decided_meanwhile)
    assert swaps.lapse_swaps(team.storage, MORNING + DAY) == 0
    with team.storage.reading() as tx:
        assert [each.kind for each in NotificationStore(tx).of_person(team.wang_id)] == ["swap_refused"]


def test_f6_a_swap_lapses_with_the_first_of_its_two_shifts(team: Team) -> None:
    swap = team.ask(team.put(team.wang_id, MORNING + 5 * DAY), team.put(team.li_id, MORNING + DAY))
    assert swaps.lapse_swaps(team.storage, MORNING + DAY - HOUR) == 0
    assert swaps.lapse_swaps(team.storage, MORNING + DAY) == 1
    with pytest.raises(Conflict):
        swaps.answer_swap(team.storage, team.settings, swap.id or 0, True, "", team.li, MORNING)


def test_f6_of_two_swaps_that_are_accepted_at_once_no_two_desks_come(team: Team) -> None:
    """Both begin when each alone is well; the taker accepts them in two tabs."""
    settings = team.settings.model_copy(
        update={"shifts": team.settings.shifts.model_copy(update={"swap_needs_approval": False})}
    )
    first, second = team.put(team.wang_id, MORNING + DAY), team.put(team.tao_id, MORNING + DAY + HOUR)
    asked = [team.ask(first)]
    asked.append(swaps.ask_swap(team.storage, settings, second.id or 0, team.li_id, None, "", team.tao, MORNING))
    begin = Barrier(2)

    def accept(swap_id: int) -> bool:
        begin.wait()
        try:
            swaps.answer_swap(team.storage, settings, swap_id, True, "", team.li, MORNING)
        except SwapRefused as error:
            assert error.problem is SwapProblem.OVERLAP
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(accept, [each.id or 0 for each in asked]))
    assert sorted(done) == [False, True]
    assert [team.owner(first), team.owner(second)].count(team.li_id) == 1


def test_f6_the_same_leave_asked_for_twice_in_one_moment_is_asked_for_once(team: Team) -> None:
    """As by a form that is sent twice."""
    wishes = [LeaveWish(MORNING + (10 + day) * DAY, MORNING + (11 + day) * DAY, "探亲") for day in range(0, 20, 2)]
    begin = Barrier(2)

    def ask(_again: int) -> int:
        begin.wait()
        asked = 0
        for wish in wishes:
            with suppress(Refused):
                asked += bool(leave.ask_leave(team.storage, team.settings, wish, team.li, MORNING))
        return asked

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(ask, range(2))) == len(wishes)


def test_who_has_a_swap_does_not_approve_it(team: Team) -> None:
    with team.storage.writing() as tx:
        StaffStore(tx).add_person(Person("周主管", user_id=98))
    swap = team.ask(team.put(team.wang_id, MORNING + DAY))
    swaps.answer_swap(team.storage, team.settings, swap.id or 0, True, "", team.li, MORNING)
    taker = replace(team.li, roles=(Role.OPERATOR, Role.SUPERVISOR))
    with pytest.raises(Forbidden):
        swaps.decide_swap(team.storage, team.settings, swap.id or 0, True, "", taker, MORNING)


def test_two_who_plan_at_once_lose_nothing(team: Team) -> None:
    entry = ShiftEntry(team.wang_id, (MORNING + DAY).date(), "day")
    made = plan.put_shift(team.storage, team.settings, entry, BOSS, MORNING)
    again = replace(entry, note="甲")
    changed = plan.change_shift(team.storage, team.settings, made.id or 0, 1, again, BOSS, MORNING)
    for late in (
        lambda: plan.change_shift(team.storage, team.settings, made.id or 0, 1, entry, BOSS, MORNING),
        lambda: plan.remove_shift(team.storage, made.id or 0, 1, BOSS, MORNING),
    ):
        with pytest.raises(Outdated):
            late()
    with team.storage.reading() as tx:
        assert ShiftStore(tx).get(made.id or 0) == changed
    with pytest.raises(Refused) as overlap:
        plan.put_shift(team.storage, team.settings, entry, BOSS, MORNING)
    assert overlap.value.code == "shifts.overlap"


# What goes by the plan.


def test_a2_the_duty_mobile_comes_from_the_plan_and_rings_the_person_s_own_number(team: Team) -> None:
    night = ShiftEntry(team.wang_id, MORNING.date(), "duty")
    made = plan.put_shift(team.storage, team.settings, night, BOSS, MORNING)
    moment = made.starts_at + HOUR
    with team.storage.reading() as tx:
        assert known_shifts(tx, team.settings, moment, moment + HOUR) == []  # a draft rings nobody
    plan.publish(team.storage, team.settings, MORNING.date(), MORNING.date(), BOSS, MORNING)
    with team.storage.reading() as tx:
        [duty] = known_shifts(tx, team.settings, moment, moment + HOUR)
        assert (duty.person, duty.numbers) == ("王五", ("13900000001",))
        assert [each.person_id for each in working(tx, team.settings, moment)] == [team.wang_id]
    gap = find_gaps(team.storage, team.settings, made.starts_at, made.ends_at)
    assert gap == []
    with team.storage.writing() as tx:  # A16: who has no number is nobody
        person = StaffStore(tx).person(team.wang_id)
        assert person is not None
        bare = replace(person, mobile=normalise(""), version=person.version + 1)
        StaffStore(tx).update_person(bare, person.version)
    assert find_gaps(team.storage, team.settings, made.starts_at, made.ends_at) != []


def test_a2_nobody_without_a_number_is_published_with_the_duty_mobile(team: Team) -> None:
    with team.storage.writing() as tx:
        bare = StaffStore(tx).add_person(Person("无号"))
    entry = ShiftEntry(bare.id or 0, MORNING.date(), "duty")
    plan.put_shift(team.storage, team.settings, entry, BOSS, MORNING)
    with pytest.raises(Refused) as error:
        plan.publish(team.storage, team.settings, MORNING.date(), MORNING.date(), BOSS, MORNING)
    assert error.value.code == "shifts.no_mobile"


def test_f6_who_works_is_who_is_planned_and_not_away(team: Team) -> None:
    start = MORNING + DAY
    team.put(team.wang_id, start), team.put(team.li_id, start + 4 * HOUR, lines=("main",))
    with team.storage.writing() as tx:
        AbsenceStore(tx).add(Absence(team.wang_id, start + 2 * HOUR, start + 3 * HOUR))
    with team.storage.reading() as tx:
        assert [each.person for each in working(tx, team.settings, start + HOUR)] == ["王五"]
        assert working(tx, team.settings, start + 2 * HOUR) == []
        assert len(working(tx, team.settings, start + 5 * HOUR, "main")) == 2
        assert [each.person for each in working(tx, team.settings, start + 5 * HOUR, "other")] == ["王五"]
        spans = working_spans(tx, team.settings, [team.wang_id], start - DAY, start + DAY)
        assert [(each.starts_at, each.ends_at) for each in spans[team.wang_id]] == [
            (start, start + 2 * HOUR),
            (start + 3 * HOUR, start + 8 * HOUR),
        ]
        assert is_planned(tx, start, start + HOUR) and not is_planned(tx, start + 3 * DAY, start + 4 * DAY)
        first = ShiftStore(tx).between(start, start + HOUR)[0]
        assert [each.person for each in next_at_desk(tx, first)] == ["李四"]
        assert desk_gaps(tx, team.settings, start + 3 * DAY, start + 4 * DAY) == []  # nothing is planned at all
        assert desk_gaps(tx, team.settings, start, start + DAY) != []


def test_f12_whoever_leaves_hands_their_shifts_over(team: Team) -> None:
    ahead, past = team.put(team.wang_id, MORNING + 3 * DAY), team.put(team.wang_id, MORNING - 3 * DAY)
    leaver = Holder("wang", "", "王五", MORNING)
    successor = Holder("li", "", "李四")
    with team.storage.writing() as tx:
        assert [each.id for each in open_matters(tx, leaver) if each.kind == "shift"] == [ahead.id]
        assert not [each for each in open_matters(tx, replace(leaver, leaves_at=None)) if each.kind == "shift"]
        hand_all_over(tx, leaver, successor, MORNING, "boss")
    assert (team.owner(ahead), team.owner(past)) == (team.li_id, team.wang_id)


def test_f12_a_shift_for_which_the_successor_cannot_be_there_is_open(team: Team) -> None:
    """At another desk then, or away: nobody is put at two desks by leaving; who plans gives it to somebody."""
    beside = team.put(team.wang_id, MORNING + 3 * DAY)
    team.put(team.li_id, MORNING + 3 * DAY + HOUR)
    free, absent = team.put(team.wang_id, MORNING + 5 * DAY), team.put(team.wang_id, MORNING + 7 * DAY)
    with team.storage.writing() as tx:
        AbsenceStore(tx).add(Absence(team.li_id, MORNING + 7 * DAY, MORNING + 8 * DAY))
        leaver, successor = Holder("wang", "", "王五", MORNING), Holder("li", "", "李四")
        hand_all_over(tx, leaver, successor, MORNING, "boss")
    assert [team.owner(each) for each in (beside, free, absent)] == [None, team.li_id, None]
    waiting = list_open(team.storage, BOSS, MORNING)
    assert [(each.id, each.is_published) for each in waiting] == [(beside.id, False), (absent.id, False)]
    given = give_shift(team.storage, beside.id or 0, waiting[0].version, team.tao_id, BOSS, MORNING)
    assert given.person_id == team.tao_id and given.is_published


def test_what_is_over_stays_as_it_was(team: Team) -> None:
    over = team.put(team.wang_id, MORNING - DAY)
    for act in (
        lambda: plan.remove_shift(team.storage, over.id or 0, 1, BOSS, MORNING),
        lambda: plan.move_shift(team.storage, over.id or 0, 1, team.wang_id, MORNING.date(), BOSS, MORNING),
    ):
        with pytest.raises(HotlineError) as error:
            act()
        assert error.value.code == "shifts.over"
    with team.storage.reading() as tx:
        assert RosterStore(tx).shifts(MORNING - 9 * DAY, MORNING) == []  # a desk is no duty
