"""Campaigns from their draw to their end: who is asked, who is left out and why, how many a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from hotline.domain.campaigns.campaign import Basis, Campaign, CampaignKind, CampaignState, LeftOut, MemberState
from hotline.domain.customers.customer import Customer, CustomerNumber, PreferredWay
from hotline.domain.errors import Conflict, Forbidden, Outdated, Refused
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Person
from hotline.domain.time import SHANGHAI
from hotline.domain.visits.record import ended
from hotline.domain.visits.visit import Ending, Origin, VisitState
from hotline.services.campaigns import campaigns, drawing, list_table, planning, view
from hotline.services.customers import customers
from hotline.services.visits.asking import close
from hotline.services.visits.questions import questions_of
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.campaigns.store import CampaignStore, MemberStore
from hotline.storage.customers.tables import customer as customer_table
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from hotline.storage.visits.store import VisitStore
from tests.support.rows import a_call

BOSS = Actor("boss", (Role.SUPERVISOR,), "班长")
LI = Actor("li", (Role.OPERATOR,), "李", 1, "1001")
NOW = datetime(2026, 3, 16, 10, tzinfo=SHANGHAI)  # a Monday
FESTIVAL = Campaign(
    CampaignKind.FESTIVAL, "春节", "节日问候", Basis.CONTRACT, date(2026, 3, 16), date(2026, 3, 20), "客户合同"
)


def a_customer(storage: Storage, number: str, **more: object) -> int:
    new = replace(Customer(name=f"客户{number[-4:]}", numbers=(CustomerNumber(normalise(number)),)), **more)  # type: ignore[arg-type]
    return customers.create(storage, new, BOSS, NOW - timedelta(days=100)).id or 0


def many(storage: Storage, count: int) -> None:
    for place in range(count):
        a_customer(storage, f"138{place:08}")


def made(storage: Storage, settings: Settings, campaign: Campaign = FESTIVAL) -> int:
    return campaigns.add_campaign(storage, settings, campaign, BOSS, NOW).id or 0


def started(storage: Storage, settings: Settings, campaign: Campaign = FESTIVAL, seed: str = "s") -> int:
    campaign_id = made(storage, settings, campaign)
    drawing.draw_campaign(storage, settings, campaign_id, BOSS, NOW, seed)
    campaigns.start_campaign(storage, campaign_id, BOSS, NOW)
    return campaign_id


def counts(storage: Storage, campaign_id: int) -> dict[str, int]:
    with storage.reading() as tx:
        found = MemberStore(tx).counts(campaign_id)
    return {
        " ".join(filter(None, (state.value, reason.value if reason else ""))): n for (state, reason), n in found.items()
    }


def test_the_others_are_sorted_out_and_told(storage: Storage, settings: Settings) -> None:
    a_customer(storage, "13800138001")
    a_customer(storage, "13800138001", name="同号")
    a_customer(storage, "13800138002", do_not_call=True)
    a_customer(storage, "13800138003", preferred_way=PreferredWay.NONE)
    a_customer(storage, "+4930123456")
    a_customer(storage, "13800138004", numbers=())
    a_customer(storage, "13800138009")
    with storage.writing() as tx:
        StaffStore(tx).add_person(Person("李", mobile=normalise("13800138009")))
    campaign_id = made(storage, settings)
    ready = drawing.draw_campaign(storage, settings, campaign_id, BOSS, NOW)
    assert (ready.state, ready.candidates, len(ready.seed)) == (CampaignState.READY, 1, 16)
    assert counts(storage, campaign_id) == {
        "chosen": 1,
        **{
            f"left_out {why}": 1
            for why in ("duplicate", "do_not_call", "wants_none", "foreign", "no_number", "own_staff")
        },
    }
    seen = view.see_members(storage, campaign_id, MemberState.LEFT_OUT, LeftOut.DUPLICATE, BOSS, NOW, 10)
    assert [(each.name, each.number) for each in seen.members] == [("同号", normalise("13800138001"))]


def test_the_same_seed_draws_the_same_people_again(storage: Storage, settings: Settings) -> None:
    many(storage, 60)
    campaign_id = made(storage, settings, replace(FESTIVAL, wanted=7))
    drawn = []
    for seed in ("one", "two", "one"):
        drawing.draw_campaign(storage, settings, campaign_id, BOSS, NOW, seed)
        seen = view.see_members(storage, campaign_id, MemberState.CHOSEN, None, BOSS, NOW, 100)
        drawn.append([each.customer_id for each in seen.members])
    assert drawn[0] == drawn[2] != drawn[1]
    assert [len(each) for each in drawn] == [7, 7, 7]
    assert counts(storage, campaign_id) == {"chosen": 7, "not_drawn": 53}


def test_its_visits_are_spread_over_its_working_days(storage: Storage, settings: Settings) -> None:
    many(storage, 23)
    campaign_id = started(storage, settings)
    planned = [planning.plan_campaigns(storage, settings, NOW + timedelta(days=day)) for day in range(7)]
    assert planned == [5, 5, 5, 4, 4, 0, 0]
    with storage.reading() as tx:
        visits = VisitStore(tx).of_subject(Origin.CAMPAIGN, campaign_id)
    assert len({each.number for each in visits}) == 23
    assert {each.purpose for each in visits} == {"节日问候"}


def test_twice_plans_no_more_than_once(storage: Storage, settings: Settings) -> None:
    many(storage, 10)
    started(storage, settings, replace(FESTIVAL, a_day=4))
    assert [planning.plan_campaigns(storage, settings, NOW) for _ in range(2)] == [4, 0]
    assert planning.plan_campaigns(storage, settings, NOW + timedelta(days=1)) == 4


def test_nothing_is_planned_on_days_on_which_nobody_works(storage: Storage, settings: Settings) -> None:
    many(storage, 3)
    started(storage, settings)
    assert planning.plan_campaigns(storage, settings, datetime(2026, 3, 21, 10, tzinfo=SHANGHAI)) == 0


def test_who_says_no_after_the_draw_is_not_asked(storage: Storage, settings: Settings) -> None:
    many(storage, 2)
    campaign_id = started(storage, settings)
    with storage.writing() as tx:
        tx.connection.execute(update(customer_table).values(do_not_call=True))
    planning.plan_campaigns(storage, settings, NOW)
    assert counts(storage, campaign_id) == {"left_out do_not_call": 2}


def test_a_campaign_that_pauses_plans_nothing(storage: Storage, settings: Settings) -> None:
    many(storage, 10)
    campaign_id = started(storage, settings)
    campaigns.pause_campaign(storage, campaign_id, BOSS, NOW)
    assert planning.plan_campaigns(storage, settings, NOW) == 0
    campaigns.start_campaign(storage, campaign_id, BOSS, NOW)
    assert planning.plan_campaigns(storage, settings, NOW) == 2


def test_stopped_its_visits_are_owed_no_more(storage: Storage, settings: Settings) -> None:
    many(storage, 10)
    campaign_id = started(storage, settings)
    planning.plan_campaigns(storage, settings, NOW)
    campaigns.stop_campaign(storage, settings, campaign_id, BOSS, NOW)
    assert counts(storage, campaign_id) == {"planned": 2, "left_out stopped": 8}
    seen = view.see_campaign(storage, campaign_id, BOSS, NOW)
    assert (seen.results.open, seen.results.endings) == (0, {Ending.NOT_OWED: 2})
    with pytest.raises(Conflict, match=r"campaigns\.is_over"):
        campaigns.start_campaign(storage, campaign_id, BOSS, NOW)


def test_it_is_over_when_all_were_asked(storage: Storage, settings: Settings) -> None:
    many(storage, 2)
    campaign_id = started(storage, settings, replace(FESTIVAL, a_day=9))
    planning.plan_campaigns(storage, settings, NOW)
    with storage.writing() as tx:
        for each in VisitStore(tx).of_subject(Origin.CAMPAIGN, campaign_id):
            close(tx, settings, each, ended(each, Ending.REFUSED, "li", NOW), "end", "li", NOW)
    planning.plan_campaigns(storage, settings, NOW)
    with storage.reading() as tx:
        found = CampaignStore(tx).by_id(campaign_id)
        visits = VisitStore(tx).of_subject(Origin.CAMPAIGN, campaign_id)
    assert found is not None and found.state is CampaignState.DONE
    assert {each.state for each in visits} == {VisitState.DONE}


def test_of_nobody_who_may_be_asked_none_is_drawn(storage: Storage, settings: Settings) -> None:
    a_customer(storage, "13800138001", do_not_call=True)
    campaign_id = made(storage, settings)
    with pytest.raises(Refused, match=r"campaigns\.nobody"):
        drawing.draw_campaign(storage, settings, campaign_id, BOSS, NOW)
    with pytest.raises(Conflict, match=r"campaigns\.not_ready"):
        campaigns.start_campaign(storage, campaign_id, BOSS, NOW)


def test_a_campaign_that_is_being_drawn_anew_is_started_by_nobody_and_drawn_by_one(
    storage: Storage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many it takes a while: with half of them nothing is begun, nor are they gathered by what was changed since."""
    many(storage, 3)
    campaign_id = made(storage, settings)
    drawing.draw_campaign(storage, settings, campaign_id, BOSS, NOW)
    monkeypatch.setattr(drawing, "AT_ONCE", 1)
    gather = drawing._customers

    def meanwhile(act: Callable[[], object]) -> None:
        def gathered(*args: Any) -> Iterator[Sequence[Any]]:
            for number, some in enumerate(gather(*args)):
                if number == 1:
                    monkeypatch.setattr(drawing, "_customers", gather)
                    act()
                yield some

        monkeypatch.setattr(drawing, "_customers", gathered)

    def start() -> None:
        with pytest.raises(Conflict, match=r"campaigns\.not_ready"):
            campaigns.start_campaign(storage, campaign_id, BOSS, NOW)

    meanwhile(start)
    assert drawing.draw_campaign(storage, settings, campaign_id, BOSS, NOW).state is CampaignState.READY
    meanwhile(lambda: drawing.draw_campaign(storage, settings, campaign_id, BOSS, NOW, "theirs"))
    with pytest.raises(Outdated):
        drawing.draw_campaign(storage, settings, campaign_id, BOSS, NOW, "ours")
    with storage.reading() as tx:
        found = CampaignStore(tx).by_id(campaign_id)
    assert found is not None and (found.state, found.seed) == (CampaignState.READY, "theirs")
    assert counts(storage, campaign_id) == {"chosen": 3}
    version = found.version

    def change() -> None:
        campaigns.change_campaign(storage, campaign_id, version + 1, {"wanted": 2}, BOSS, NOW)

    meanwhile(change)
    with pytest.raises(Outdated):
        drawing.draw_campaign(storage, settings, campaign_id, BOSS, NOW)
    with pytest.raises(Conflict, match=r"campaigns\.not_ready"):
        campaigns.start_campaign(storage, campaign_id, BOSS, NOW)


def test_a_list_that_is_drawn_is_a_draft_from_the_first_new_row_on(
    storage: Storage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "电话\n13800138001\n13800138002\n".encode()
    campaign_id = made(storage, settings, LIST)
    list_table.import_list(storage, settings, campaign_id, table, BOSS, NOW)
    drawing.draw_campaign(storage, settings, campaign_id, BOSS, NOW)
    add, states = MemberStore.add, []

    def adds(store: MemberStore, new: Sequence[Any]) -> None:
        found = CampaignStore(store._tx).by_id(campaign_id)
        states.append(found.state if found else None)
        add(store, new)

    monkeypatch.setattr(list_table, "_AT_ONCE", 1)
    monkeypatch.setattr(MemberStore, "add", adds)
    list_table.import_list(storage, settings, campaign_id, table, BOSS, NOW)
    assert states == [CampaignState.DRAFT, CampaignState.DRAFT]


def test_operators_make_no_campaigns(storage: Storage, settings: Settings) -> None:
    with pytest.raises(Forbidden):
        campaigns.add_campaign(storage, settings, FESTIVAL, LI, NOW)


def test_the_monthly_sample_is_drawn_once_a_month(storage: Storage, settings: Settings) -> None:
    settings = settings.model_copy(update={"campaigns": settings.campaigns.model_copy(update={"monthly_sample": 5})})
    assert planning.draw_monthly_sample(storage, settings, NOW) is None  # nobody called
    with storage.reading() as tx:
        found = CampaignStore(tx).of_month("2026-03")
    assert found is not None and found.state is CampaignState.DONE
    assert planning.draw_monthly_sample(storage, settings, NOW) is None


@pytest.mark.parametrize(("named", "asked"), [("monthly", "monthly"), ("", ""), ("gone", "")])
def test_e9_the_monthly_sample_asks_a_questionnaire_with_a_score(
    storage: Storage, settings: Settings, named: str, asked: str
) -> None:
    chosen = {"monthly_sample": 5, "sample_questionnaire": named}
    settings = settings.model_copy(update={"campaigns": settings.campaigns.model_copy(update=chosen)})
    with storage.writing() as tx:
        CallStore(tx).save([a_call("a", NOW - timedelta(days=30))], NOW)
    drawn = planning.draw_monthly_sample(storage, settings, NOW)
    assert drawn is not None and (drawn.state, drawn.questionnaire) == (CampaignState.RUNNING, asked)
    planning.plan_campaigns(storage, settings, NOW)
    with storage.writing() as tx:
        [visit] = VisitStore(tx).of_subject(Origin.CAMPAIGN, drawn.id or 0)
        assert ("overall" in [each.id for each in questions_of(tx, visit)]) is bool(asked)


LIST = Campaign(CampaignKind.LIST, "名单", "新品说明", Basis.LIST, NOW.date(), date(2026, 3, 31), "展会登记表")


def test_of_a_list_broken_rows_are_kept_with_the_reason(storage: Storage, settings: Settings) -> None:
    campaign_id = made(storage, settings, LIST)
    table = "姓名,电话\n王芳,13800138001\n=cmd|' /C calc'!A0,１３８ 0013-8002\n李强,138001\n张,1.38E+10\n,13800138001\n"
    taken = list_table.import_list(storage, settings, campaign_id, table.encode(), BOSS, NOW)
    assert (taken.taken, taken.broken) == (3, 2)
    drawing.draw_campaign(storage, settings, campaign_id, BOSS, NOW)
    assert counts(storage, campaign_id) == {"chosen": 2, "left_out broken": 2, "left_out duplicate": 1}
    seen = view.see_members(storage, campaign_id, MemberState.LEFT_OUT, LeftOut.BROKEN, BOSS, NOW, 10)
    assert [(each.line, each.detail.code if each.detail else "") for each in seen.members] == [
        (4, "tables.at_cell"),
        (5, "tables.at_cell"),
    ]


def test_only_a_list_that_was_not_started_takes_rows(storage: Storage, settings: Settings) -> None:
    table = "电话\n13800138001\n".encode()
    with pytest.raises(Conflict, match=r"campaigns\.has_no_list"):
        list_table.import_list(storage, settings, made(storage, settings), table, BOSS, NOW)
    campaign_id = made(storage, settings, LIST)
    list_table.import_list(storage, settings, campaign_id, table, BOSS, NOW)
    drawing.draw_campaign(storage, settings, campaign_id, BOSS, NOW)
    campaigns.start_campaign(storage, campaign_id, BOSS, NOW)
    with pytest.raises(Conflict, match=r"campaigns\.started"):
        list_table.import_list(storage, settings, campaign_id, table, BOSS, NOW)


def test_a_hundred_thousand_rows(sqlite_storage: Storage, settings: Settings) -> None:
    """Every tenth is broken, every eleventh was there before."""
    rows = ["姓名,电话"]
    for place in range(100_000):
        number = "12" if place % 10 == 0 else f"13{place - (place % 11 == 0):09}"
        rows.append(f"客户{place},{number}")
    campaign_id = made(sqlite_storage, settings, LIST)
    content = "\n".join(rows).encode()
    taken = list_table.import_list(sqlite_storage, settings, campaign_id, content, BOSS, NOW)
    assert taken == list_table.TakenList(90_000, 10_000)
    drawing.draw_campaign(sqlite_storage, settings, campaign_id, BOSS, NOW)
    found = counts(sqlite_storage, campaign_id)
    assert sum(found.values()) == 100_000
    assert found["left_out broken"] == 10_000
    assert found["left_out duplicate"] == sum(
        place % 11 == 0 and place % 10 != 0 and (place - 1) % 10 != 0 for place in range(100_000)
    )
