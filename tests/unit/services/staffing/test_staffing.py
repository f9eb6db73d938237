"""Staffing from a ledger with a known pattern: the week ahead, who is missing, days that do not count, a new site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.calls.call import Outcome
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.line.override import Override
from hotline.domain.people import Role
from hotline.domain.shifts.skill import SkillLevel
from hotline.domain.staff.records import Absence
from hotline.domain.staffing.days import LeftOut, LikeDay
from hotline.domain.time import end_of_day, midnight
from hotline.services.calendar import work_calendar
from hotline.services.staffing import staffing
from hotline.services.staffing.proposing import propose
from hotline.services.staffing.staffing import Source, see_staffing
from hotline.storage.calls.store import CallStore
from hotline.storage.line.overrides import OverrideStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.shifts.skills import SkillStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staffing.store import VolumeStore
from hotline.storage.transaction import Storage
from tests.support.generated_calls import Pattern
from tests.support.instance import an_instance, at
from tests.support.our_people import plan, somebody
from tests.support.rows import a_call

NOW = at("2026-11-16 10:30:00")
TODAY, NEXT_MONDAY = date(2026, 11, 16), date(2026, 11, 23)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SITE = "[staffing]\nshrinkage_percent = 0\npatience_seconds = 60\ntalk_seconds = 180\n"


class Site:
    def __init__(self, storage: Storage, folder: Path) -> None:
        self.storage, self.settings = storage, an_instance(folder, NOW, SITE, storage).settings
        self.boss, _ = somebody(storage, "boss", "周主管", NOW, Role.SUPERVISOR)
        self.people = [
            somebody(storage, f"op{each}", f"客服{each}", NOW, extension=f"10{each:02}")[1] for each in range(1, 6)
        ]

    def calls(self, first: date, days: int, daily: float = 60, line: str = "main", skip: Sequence[date] = ()) -> None:
        """As the pattern has them, a few seconds apart."""
        pattern = Pattern(work_calendar(self.settings), daily)
        made = []
        for day, course in pattern.year(first, days, 3):
            for slot, count in enumerate(course if day not in skip else ()):
                began = midnight(day) + slot * 30 * MINUTE
                made += [
                    a_call(f"{line}-{day}-{slot}-{each}", began + timedelta(seconds=each), line=line)
                    for each in range(count)
                ]
        with self.storage.writing() as tx:
            CallStore(tx).save(made, NOW)

    def see(self, day: date = NEXT_MONDAY, line: str = "", now: datetime = NOW) -> staffing.SeenStaffing:
        return see_staffing(self.storage, self.settings, line, day, self.boss, now)

    def type_in(self, text: str = "09:00\t30\t20\t20\t20\t20\t0\t0\n09:30\t30\t20\t20\t20\t20\t0\t0") -> None:
        staffing.type_volumes(self.storage, self.settings, "", text, self.boss, NOW)


@pytest.fixture
def site(storage: Storage, tmp_path: Path) -> Site:
    return Site(storage, tmp_path)


def test_the_week_ahead_from_the_ledger_and_where_people_are_missing(site: Site) -> None:
    site.calls(TODAY - timedelta(days=71), 71)
    plan(site.storage, site.people[0], "客服1", midnight(NEXT_MONDAY) + 9 * HOUR, midnight(NEXT_MONDAY) + 12 * HOUR)
    seen = site.see()
    assert seen.source is Source.HISTORY and seen.weeks >= 8 and seen.measured is not None
    monday, saturday = seen.days[0], seen.days[5]
    assert monday.day == NEXT_MONDAY and monday.like is LikeDay.MON
    expected = sum(Pattern(work_calendar(site.settings), 60).expected(NEXT_MONDAY))
    assert monday.calls == pytest.approx(expected, rel=0.25)
    busy = monday.slots[20]
    assert busy.open and busy.needed >= 2 and busy.planned == 1 and busy.missing == busy.needed - 1
    assert monday.slots[26].planned == 0 and monday.slots[25].open is False, "the line is closed 12:00-13:00"
    assert saturday.missing == 0 and not any(slot.open for slot in saturday.slots)
    assert seen.missing == sum(day.missing for day in seen.days) > 0


def test_fewer_than_eight_weeks_are_said_and_typed_volumes_count(site: Site) -> None:
    site.calls(TODAY - timedelta(days=40), 40)
    seen = site.see()
    assert seen.source is Source.NOTHING and seen.weeks == 5 and seen.measured is None
    assert all(day.calls == 0 for day in seen.days)
    site.type_in()
    typed = site.see()
    assert typed.source is Source.TYPED and typed.days[0].slots[18].calls == 30
    assert typed.days[0].slots[18].needed > typed.days[1].slots[18].needed > 0
    site.calls(TODAY - timedelta(days=100), 60)
    assert site.see().source is Source.HISTORY


def test_each_line_has_its_own_and_all_are_together(site: Site, tmp_path: Path) -> None:
    lines = (("main", "4001234567"), ("spare", "4007654321"))
    more = SITE + "".join(f'[lines.{line}]\nnumber = "{number}"\nmenu = "main"\n' for line, number in lines)
    site.settings = an_instance(tmp_path / "two", NOW, more, site.storage).settings
    site.calls(TODAY - timedelta(days=71), 71)
    site.calls(TODAY - timedelta(days=71), 71, 20, "spare")
    whole, main, spare = (site.see(line=line).days[0].calls for line in ("", "main", "spare"))
    assert spare < main < whole == pytest.approx(main + spare)
    with pytest.raises(NotFound):
        site.see(line="nowhere")


def test_what_nobody_of_ours_was_wanted_for_does_not_count(site: Site) -> None:
    day = TODAY - timedelta(days=3)
    began = midnight(day) + 10 * HOUR
    outcomes = {Outcome.ANSWERED: 2, Outcome.ABANDONED_QUEUE: 1, Outcome.ABANDONED_IVR: 5, Outcome.BLOCKED: 7}
    with site.storage.writing() as tx:
        CallStore(tx).save(
            [
                a_call(f"{outcome}-{each}", began, outcome=outcome)
                for outcome, count in outcomes.items()
                for each in range(count)
            ],
            NOW,
        )
    with site.storage.reading() as tx:
        counted = VolumeStore(tx).by_half_hour("", midnight(day), end_of_day(day))
    assert counted[day][20] == 3 and sum(counted[day]) == 3


def test_the_last_half_hour_of_a_day_in_shanghai_is_that_days(site: Site) -> None:
    day = date(2026, 11, 10)
    moments = [midnight(day), end_of_day(day) - timedelta(seconds=1), end_of_day(day)]
    with site.storage.writing() as tx:
        CallStore(tx).save([a_call(f"c{place}", each) for place, each in enumerate(moments)], NOW)
    with site.storage.reading() as tx:
        counted = VolumeStore(tx).by_half_hour("main", midnight(day), end_of_day(day))
    assert list(counted) == [day] and (counted[day][0], counted[day][47], sum(counted[day])) == (1, 1, 2)


def test_days_that_do_not_count_are_said_with_the_reason(site: Site) -> None:
    begins = TODAY - timedelta(days=90)
    declared, named = date(2026, 11, 11), date(2026, 11, 12)
    site.calls(begins, 90, daily=300)
    with site.storage.writing() as tx:
        since = midnight(declared) + 10 * HOUR
        OverrideStore(tx).declare(Override("closed", since, since + 2 * HOUR, "boss", "停电"))
    staffing.leave_day_out(site.storage, site.settings, "", named, "促销", site.boss, NOW)
    seen = site.see()
    found = {each.day: each.left_out for each in seen.left_out}
    assert found[declared] is LeftOut.DECLARED and found[named] is LeftOut.BY_HAND
    with pytest.raises(Conflict):
        staffing.leave_day_out(site.storage, site.settings, "", named, "促销", site.boss, NOW)
    with pytest.raises(Refused):
        staffing.leave_day_out(site.storage, site.settings, "", TODAY, "今天", site.boss, NOW)
    staffing.count_day_again(site.storage, seen.by_hand[0].id or 0, site.boss, NOW)
    assert named not in {each.day for each in site.see().left_out}


def test_who_may(site: Site) -> None:
    operator, _ = somebody(site.storage, "plain", "普通", NOW)
    with pytest.raises(Forbidden):
        see_staffing(site.storage, site.settings, "", NEXT_MONDAY, operator, NOW)
    auditor, _ = somebody(site.storage, "lead", "组长", NOW, Role.LEADER)
    see_staffing(site.storage, site.settings, "", NEXT_MONDAY, auditor, NOW)
    with pytest.raises(Forbidden):
        staffing.type_volumes(site.storage, site.settings, "", "", auditor, NOW)
    with pytest.raises(Refused):
        site.see(NEXT_MONDAY + timedelta(days=1000))


SMALL = "\n".join(
    f"{hour:02}:{half}\t4\t4\t4\t4\t4\t0\t0" for hour in (9, 10, 11, 13, 14, 15, 16) for half in ("00", "30")
)


def _drafts(site: Site) -> list[tuple[date, str]]:
    with site.storage.reading() as tx:
        found = ShiftStore(tx).between(midnight(NEXT_MONDAY), midnight(NEXT_MONDAY + timedelta(days=7)), drafts=True)
    assert not any(each.is_published for each in found)
    return [((each.starts_at + 8 * HOUR).date(), each.person) for each in found]


def test_a_proposed_plan_covers_what_is_needed_by_all_rules(site: Site) -> None:
    site.type_in(SMALL)
    with site.storage.writing() as tx:
        AbsenceStore(tx).add(Absence(site.people[0], midnight(NEXT_MONDAY), midnight(NEXT_MONDAY + timedelta(days=3))))
    count = propose(site.storage, site.settings, "", NEXT_MONDAY, site.boss, NOW)
    drafts = _drafts(site)
    assert len(drafts) == count == len(set(drafts)), "one shift a day"
    assert not any(name == "客服1" and day < NEXT_MONDAY + timedelta(days=3) for day, name in drafts)
    with site.storage.writing() as tx:
        every = ShiftStore(tx).between(midnight(NEXT_MONDAY), midnight(NEXT_MONDAY + timedelta(days=7)), drafts=True)
        ShiftStore(tx).publish([each.id or 0 for each in every], NOW)
    assert site.see().missing == 0
    with pytest.raises(Refused) as refused:
        propose(site.storage, site.settings, "", NEXT_MONDAY, site.boss, NOW)
    assert (refused.value.code, refused.value.values["count"]) == ("staffing.planned_already", count)


def test_a_proposal_takes_the_place_of_what_somebody_has_seen_alone(site: Site) -> None:
    site.type_in(SMALL)
    count = propose(site.storage, site.settings, "", NEXT_MONDAY, site.boss, NOW)
    with site.storage.writing() as tx:
        first = ShiftStore(tx).between(midnight(NEXT_MONDAY), midnight(NEXT_MONDAY + timedelta(days=7)), drafts=True)
        ShiftStore(tx).publish([first[0].id or 0], NOW)
    assert (
        see_staffing(site.storage, site.settings, "", NEXT_MONDAY + timedelta(days=3), site.boss, NOW).in_the_way
        == count
    )
    with pytest.raises(Refused, match=r"staffing\.planned_already"):
        propose(site.storage, site.settings, "", NEXT_MONDAY, site.boss, NOW, count - 1)
    later = NOW + timedelta(days=8)
    with pytest.raises(Refused, match=r"staffing\.week_begun"):
        propose(site.storage, site.settings, "", NEXT_MONDAY, site.boss, later, count)
    again = propose(site.storage, site.settings, "", NEXT_MONDAY, site.boss, NOW, count)
    assert len(_drafts(site)) == again
    with site.storage.reading() as tx:
        told = NotificationStore(tx).of_person(first[0].person_id or 0)
    assert [each.kind for each in told] == ["shift_taken_away"], "whose published shift it was"


def test_why_there_is_none_is_said_and_nothing_is_written(site: Site) -> None:
    site.type_in("09:00\t90\t0\t0\t0\t0\t0\t0")
    with pytest.raises(Refused) as refused:
        propose(site.storage, site.settings, "", NEXT_MONDAY, site.boss, NOW)
    assert refused.value.code == "staffing.no_plan"
    why = refused.value.values["why"]
    assert getattr(why, "code", "") == "staffing.why_slot" and getattr(why, "values", {})["able"] == 5
    assert _drafts(site) == []


def test_only_who_knows_a_ring_group_is_planned(site: Site) -> None:
    site.type_in("09:00\t1\t0\t0\t0\t0\t0\t0")
    with site.storage.writing() as tx:
        SkillStore(tx).put(site.people[2], "service", SkillLevel.KNOWS)
        SkillStore(tx).put(site.people[3], "service", SkillLevel.LEARNS)
    assert propose(site.storage, site.settings, "", NEXT_MONDAY, site.boss, NOW) == 1
    assert _drafts(site) == [(NEXT_MONDAY, "客服3")]


def test_without_the_solver_it_is_said_what_to_install(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    site.type_in(SMALL)
    monkeypatch.setattr("hotline.services.staffing.solving.importlib.import_module", missing)
    with pytest.raises(Refused) as refused:
        propose(site.storage, site.settings, "", NEXT_MONDAY, site.boss, NOW)
    assert refused.value.code == "staffing.no_solver"
