"""Numbers as people paste, import and write them, wherever they do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import Caller
from hotline.domain.customers.customer import read_number
from hotline.domain.customers.search import read_query
from hotline.domain.errors import Refused
from hotline.domain.line.routing import Arrival, RouteKind
from hotline.domain.numbers import NO_NUMBER, Number, normalise
from hotline.domain.people import Actor, Role
from hotline.services.customers import table as customers_csv
from hotline.services.directory import table as directory_csv
from hotline.services.line import line
from hotline.services.line.roster import NewShift, add_shift
from hotline.services.line.routing import decide
from hotline.services.operators.pop import pop
from hotline.services.tables.table import open_table
from hotline.storage.calls.store import CallStore
from hotline.web.kit.refusals.registry import say
from tests.support.instance import an_instance, at
from tests.support.live_calls import ringing, waiting

NOW = at("2026-09-16T10:00")
MOBILE = normalise("13800138000")
BOSS = Actor("boss", (Role.SUPERVISOR,), "王主管")

#: As chats, spreadsheets and web pages give a number to the clipboard.
PASTED = [
    "\u202d13800138000\u202c",
    "\u2068138 0013 8000\u2069",
    "138\u200b0013\u00ad8000\u200f",
    "13800138000\ufe0f",
    "１３８\u2010００１３－８０００",
    "\ufeff+86\u00a0138\u20130013\u20118000",
    "8613800138000\t",
]


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, NOW)


@pytest.mark.parametrize("pasted", PASTED)
def test_a_pasted_number_is_the_same_wherever_it_is_written(hotline: Hotline, pasted: str) -> None:
    assert line.block(hotline.storage, hotline.settings, pasted, "骚扰", "boss", NOW).number == MOBILE
    assert line.unblock(hotline.storage, pasted, "boss", NOW) == MOBILE
    assert read_number(pasted).number == MOBILE
    assert read_query(pasted).number == MOBILE
    (customer,) = customers_csv.read_customers(f"姓名,电话\n张三,{pasted}\n")
    assert customer.whole_numbers == {MOBILE}
    (person,) = directory_csv.read_people(f"name,number\n李四,{pasted}\n")
    assert person.number == MOBILE
    shift = add_shift(hotline.storage, NewShift("赵六", (pasted,), NOW, NOW + timedelta(hours=1)), "boss", NOW)
    assert shift.numbers == ("13800138000",), "as it is dialled"


def test_an_extension_that_was_pasted_is_kept(hotline: Hotline) -> None:
    number = read_number("\u202d010-88886666\u00a0转\u200b801\u202c")
    assert (number.number, number.extension) == ("+861088886666", "801")


def test_an_exchanges_prefix_is_read_only_where_the_settings_name_it(tmp_path: Path) -> None:
    table = "姓名,电话\n张三,913800138000\n李四,9013800138000\n王五,17909 02188886666\n"
    with pytest.raises(Refused) as refused:
        customers_csv.read_customers(table)
    assert re.search("Line 2.*\nLine 3", say(refused.value, str))
    found = customers_csv.customers_of(open_table(table, customers_csv.SHAPE), ("9",))
    assert [set(each.whole_numbers) for each in found] == [{MOBILE}, {MOBILE}, {"+862188886666"}]
    people = open_table("name,number\n李四,9021-88886666\n", directory_csv.SHAPE)
    (person,) = directory_csv.people_of(people, ("9",))
    assert person.number == "+862188886666"


@pytest.mark.parametrize("withheld", [False, True])
def test_a15_who_is_blocked_is_turned_away_though_they_withhold_the_number(hotline: Hotline, withheld: bool) -> None:
    line.block(hotline.storage, hotline.settings, "13800138000", "骚扰", "boss", NOW)
    assert decide(hotline.storage, hotline.settings, Arrival("main", MOBILE, withheld), NOW).kind is RouteKind.BLOCKED
    other = Arrival("main", normalise("13900139000"), withheld)
    assert decide(hotline.storage, hotline.settings, other, NOW).kind is not RouteKind.BLOCKED


def test_no_operator_is_shown_what_a_caller_keeps_back(hotline: Hotline) -> None:
    hidden = replace(
        ringing(waiting("node1-9.1"), "1001"), caller=Caller(NO_NUMBER, "", withheld=True, kept_back=Number(MOBILE))
    )
    before = replace(waiting("node1-8.1"), started_at=hidden.started_at - timedelta(hours=1))
    with hotline.storage.writing() as tx:
        CallStore(tx).save([replace(before, caller=Caller(MOBILE, "13800138000")), hidden], NOW)
        stored = CallStore(tx).by_id(CallStore(tx).id_of("node1", hidden.linkedid) or 0)
        assert stored is not None
        shown = pop(tx, hotline.settings, stored, BOSS, NOW)
    assert (shown.withheld, shown.number_shown, shown.last_calls) == (True, "", ())
    assert "13800138000" not in repr(shown)
