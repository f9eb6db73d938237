"""Customers in the store: found, merged, split, and their past, on each kind of database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from hotline.domain.calls.call import Caller
from hotline.domain.customers.customer import Customer, PreferredWay, read_number
from hotline.domain.customers.history import HistoryKind
from hotline.domain.errors import Conflict, NotFound, Outdated, Refused
from hotline.domain.numbers import NO_NUMBER
from hotline.domain.people import Actor, Role
from hotline.services.customers import customers
from hotline.services.customers import merging as customer_merging
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.tables import service_case
from hotline.storage.customers.store import CustomerStore
from hotline.storage.forms.tables import call_form
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING, a_call

BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss")
OPERATOR = Actor("op", (Role.OPERATOR,), "Op", extension="1001")
MOBILE, OTHER_MOBILE, DESK = "13800138000", "13900139000", "0755-83765566转801"


def someone(storage: Storage, *written: str, **fields: Any) -> Customer:
    numbers = tuple(read_number(number) for number in written)
    return customers.create(storage, Customer(numbers=numbers, **{"name": "张伟", **fields}), BOSS, MORNING)


def ids(storage: Storage, written: str) -> list[int | None]:
    page = customers.find(storage, written, 50, 0, BOSS, MORNING)
    assert page.total == len(page.customers)
    return [customer.id for customer in page.customers]


def get(storage: Storage, customer_id: int | None) -> Customer:
    with storage.reading() as tx:
        found = CustomerStore(tx).by_id(customer_id or 0)
    assert found is not None
    return found


def write_form(storage: Storage, linkedid: str, number: str, customer_id: int | None, **fields: Any) -> int:
    values = {
        "node": "node1",
        "linkedid": linkedid,
        "line": "main",
        "number": number,
        "called_at": MORNING,
        "origin": "operator",
        "owner": "1001",
        "owner_name": "赵敏",
        "state": "done",
        "version": 1,
        "customer_id": customer_id,
        "fields": {},
        "created_at": MORNING,
        "updated_at": MORNING,
        "updated_by": "t",
        **fields,
    }
    with storage.engine.begin() as connection:
        return connection.execute(insert(call_form).values(values)).inserted_primary_key[0]


def write_case(storage: Storage, number: str, customer_id: int | None, form_id: int | None = None) -> int:
    with storage.engine.begin() as connection:
        return connection.execute(
            insert(service_case).values(
                number=f"C{number}-{customer_id}-{form_id}",
                kind="complaint",
                form_id=form_id,
                customer_id=customer_id,
                caller_number=number,
                title="t",
                owner="o",
                state="open",
                opened_by="o",
                opened_at=MORNING,
            )
        ).inserted_primary_key[0]


def owner_of(storage: Storage, table: Any, row_id: int) -> int | None:
    with storage.engine.connect() as connection:
        return connection.scalar(select(table.c.customer_id).where(table.c.id == row_id))


@pytest.mark.parametrize(
    "written",
    [
        MOBILE,
        "+86 138-0013-8000",
        "0086 13800138000",
        "１３８００１３８０００",
        "8000",
        "138 0013",
        "075583765566",
        "(0755) 8376 5566",
        "83765566",
        "8376-5566 ext. 801",
        "0755-83765566-801",
        "张",
        "张伟",
        "昌鑫",
        "ZHANG@",
        "南山区",
        "深圳 张伟",
    ],
)
def test_a_customer_is_found_by_every_writing_of_a_number_and_by_words(storage: Storage, written: str) -> None:
    found = someone(
        storage, MOBILE, DESK, company="昌鑫生物", mail="zhang@example.com", address="南山区 12 号", region="广东深圳"
    )
    someone(storage, "13611136111", name="李四")
    assert ids(storage, written) == [found.id]


def test_the_words_of_a_form_find_whose_it_is(storage: Storage) -> None:
    mine = someone(storage, MOBILE)
    by_number = someone(storage, OTHER_MOBILE)
    write_form(storage, "1", "+8613700137000", mine.id, content="叶片发黄")
    write_form(storage, "2", "+8613900139000", None, handling="叶片已处理")
    assert set(ids(storage, "叶片")) == {mine.id, by_number.id} and len(ids(storage, "叶片")) == 2
    assert ids(storage, "没有这个词") == []


@pytest.mark.parametrize("hostile", ["%", "_", "%%%", "'; drop table customer", "\\", "😀", "x" * 10_000])
def test_what_is_typed_is_looked_for_as_it_is(storage: Storage, hostile: str) -> None:
    someone(storage, MOBILE)
    assert ids(storage, hostile) == []


@pytest.mark.parametrize("nothing", ["", "  ", "\x00", "\u202e"])
def test_nothing_typed_means_everybody(storage: Storage, nothing: str) -> None:
    made = someone(storage, MOBILE)
    assert ids(storage, nothing) == [made.id]


def test_the_extension_that_was_written_comes_first(storage: Storage) -> None:
    first = someone(storage, "010-66667777转801")
    second = someone(storage, "010-66667777转802")
    assert ids(storage, "010-66667777转801") == [first.id, second.id]
    assert ids(storage, "6666 7777 转 802") == [second.id, first.id]


def test_a_household_shares_a_number(storage: Storage) -> None:
    one, other = someone(storage, DESK, name="甲"), someone(storage, DESK, name="乙")
    with storage.reading() as tx:
        found = customers.customers_of(tx, "0755 8376 5566")
        assert [customer.id for customer in found] == [one.id, other.id]
        assert customers.customers_of(tx, "") == customers.customers_of(tx, "anonymous") == []


def test_every_search_view_and_change_is_audited(storage: Storage) -> None:
    """F8; a person's will (E3, E10) with its value."""
    made = someone(storage, MOBILE)
    customers.find(storage, MOBILE, 10, 0, OPERATOR, MORNING)
    customers.look(storage, made.id or 0, tuple(HistoryKind), 10, 0, OPERATOR, MORNING)
    customers.edit(storage, made.id or 0, 1, {"do_not_call": True, "name": "张"}, OPERATOR, MORNING)
    with storage.reading() as tx:
        entries = [(e["who"], e["action"], e["object"], e["detail"]) for e in reversed(AuditLog(tx).latest(10))]
    assert entries == [
        ("boss", "customer.create", f"customer:{made.id}", ""),
        ("op", "customers.search", "customers", "+8613800138000"),
        ("op", "customer.view", f"customer:{made.id}", ""),
        ("op", "customer.change", f"customer:{made.id}", "name, do_not_call=True"),
    ]


def test_who_saves_on_top_of_a_newer_one_is_told(storage: Storage) -> None:
    made = someone(storage, MOBILE)
    assert customers.edit(storage, made.id or 0, 1, {"name": "张三"}, BOSS, MORNING).version == 2
    with pytest.raises(Outdated):
        customers.edit(storage, made.id or 0, 1, {"name": "张四"}, BOSS, MORNING)
    assert get(storage, made.id).name == "张三"


def test_a_number_twice_is_refused_and_one_of_another_customer_is_not_removed(storage: Storage) -> None:
    one, other = someone(storage, MOBILE), someone(storage, OTHER_MOBILE)
    with pytest.raises(Conflict):
        customers.add_number(storage, one.id or 0, "+86 138 0013 8000", "", BOSS, MORNING)
    with pytest.raises(NotFound):
        customers.remove_number(storage, one.id or 0, other.numbers[0].id or 0, BOSS, MORNING)
    assert get(storage, one.id).version == 1


@pytest.mark.parametrize("customer", [Customer(), Customer(name="a", mail="b"), Customer(name="长" * 201)])
def test_what_makes_no_customer_is_refused(storage: Storage, customer: Customer) -> None:
    with pytest.raises(Refused):
        customers.create(storage, customer, BOSS, MORNING)


def test_merge_moves_numbers_forms_and_cases_and_the_old_id_leads_on(storage: Storage) -> None:
    kept, gone = someone(storage, MOBILE, name=""), someone(storage, OTHER_MOBILE, DESK, do_not_call=True)
    form, case = write_form(storage, "1", "+8613900139000", gone.id), write_case(storage, "+8613900139000", gone.id)
    both = customer_merging.merge(storage, kept.id or 0, gone.id or 0, BOSS, MORNING)
    assert (both.id, both.name, both.do_not_call) == (kept.id, "张伟", True)
    assert len(both.numbers) == 3
    assert owner_of(storage, call_form, form) == owner_of(storage, service_case, case) == kept.id
    with storage.reading() as tx:
        assert customers.known(tx, gone.id or 0).id == kept.id
    assert ids(storage, OTHER_MOBILE) == [kept.id]


def test_a_merge_is_undone_to_the_letter(storage: Storage) -> None:
    kept = someone(storage, MOBILE, name="", preferred_way=PreferredWay.SMS)
    gone = someone(storage, OTHER_MOBILE, DESK, do_not_call=True, note="脾气急")
    form = write_form(storage, "1", "", gone.id)  # withheld: no number says whose it is
    own = write_form(storage, "2", "", kept.id)
    customer_merging.merge(storage, kept.id or 0, gone.id or 0, BOSS, MORNING)
    customer_merging.undo_merge(storage, kept.id or 0, gone.id or 0, BOSS, MORNING)
    now = get(storage, kept.id), get(storage, gone.id)
    for before, after in zip((kept, gone), now, strict=True):
        assert {n.number for n in after.numbers} == {n.number for n in before.numbers}
        assert (after.name, after.do_not_call, after.preferred_way, after.note, after.merged_into) == (
            before.name,
            before.do_not_call,
            before.preferred_way,
            before.note,
            None,
        )
    assert owner_of(storage, call_form, form) == gone.id
    assert owner_of(storage, call_form, own) == kept.id


def test_undoing_a_merge_keeps_what_was_written_since(storage: Storage) -> None:
    kept, gone = someone(storage, MOBILE, name=""), someone(storage, OTHER_MOBILE)
    both = customer_merging.merge(storage, kept.id or 0, gone.id or 0, BOSS, MORNING)
    customers.edit(storage, kept.id or 0, both.version, {"company": "新公司"}, BOSS, MORNING)
    customer_merging.undo_merge(storage, kept.id or 0, gone.id or 0, BOSS, MORNING)
    assert get(storage, kept.id).company == "新公司"
    assert get(storage, kept.id).name == "张伟"


def test_merges_of_merges_are_undone_from_whom_they_led_to(storage: Storage) -> None:
    a, b, c = (someone(storage, number) for number in (MOBILE, OTHER_MOBILE, "13700137000"))
    customer_merging.merge(storage, b.id or 0, a.id or 0, BOSS, MORNING)
    customer_merging.merge(storage, c.id or 0, b.id or 0, BOSS, MORNING)
    with storage.reading() as tx:
        assert {each.id for each in CustomerStore(tx).merged_here(c.id or 0)} == {a.id, b.id}
    customer_merging.undo_merge(storage, c.id or 0, a.id or 0, BOSS, MORNING)
    assert [n.number for n in get(storage, a.id).numbers] == ["+8613800138000"]
    assert ids(storage, OTHER_MOBILE) == [c.id]


def test_a_number_that_both_have_stays_with_each(storage: Storage) -> None:
    kept, gone = someone(storage, MOBILE), someone(storage, MOBILE, OTHER_MOBILE)
    assert len(customer_merging.merge(storage, kept.id or 0, gone.id or 0, BOSS, MORNING).numbers) == 2
    customer_merging.undo_merge(storage, kept.id or 0, gone.id or 0, BOSS, MORNING)
    assert len(get(storage, gone.id).numbers) == 2


def test_nobody_is_merged_with_themselves_and_nothing_is_undone_twice(storage: Storage) -> None:
    one, other = someone(storage, MOBILE), someone(storage, OTHER_MOBILE)
    with pytest.raises(Refused):
        customer_merging.merge(storage, one.id or 0, one.id or 0, BOSS, MORNING)
    customer_merging.merge(storage, one.id or 0, other.id or 0, BOSS, MORNING)
    with pytest.raises(Refused):
        customer_merging.merge(storage, one.id or 0, other.id or 0, BOSS, MORNING)
    customer_merging.undo_merge(storage, one.id or 0, other.id or 0, BOSS, MORNING)
    with pytest.raises(NotFound):
        customer_merging.undo_merge(storage, one.id or 0, other.id or 0, BOSS, MORNING)


def test_split_takes_the_records_that_came_from_the_numbers(storage: Storage) -> None:
    both = someone(storage, MOBILE, OTHER_MOBILE, do_not_call=True)
    stays = write_form(storage, "1", "+8613800138000", both.id)
    goes = write_form(storage, "2", "+8613900139000", both.id)
    case = write_case(storage, "", both.id, form_id=goes)
    new = customer_merging.split(storage, both.id or 0, [both.numbers[1].id or 0], " 李四 ", BOSS, MORNING)
    assert (new.name, new.do_not_call, [n.number for n in new.numbers]) == ("李四", True, ["+8613900139000"])
    assert owner_of(storage, call_form, stays) == both.id
    assert owner_of(storage, call_form, goes) == owner_of(storage, service_case, case) == new.id


def test_split_leaves_what_another_extension_of_the_number_may_have_called(storage: Storage) -> None:
    both = someone(storage, "010-66667777转801", "010-66667777转802")
    form = write_form(storage, "1", "+861066667777", both.id)
    customer_merging.split(storage, both.id or 0, [both.numbers[0].id or 0], "", BOSS, MORNING)
    assert owner_of(storage, call_form, form) == both.id


def test_split_wants_own_numbers_and_one_that_stays(storage: Storage) -> None:
    one, other = someone(storage, MOBILE, OTHER_MOBILE), someone(storage, "13700137000")
    for chosen in ([], [other.numbers[0].id or 0], [n.id or 0 for n in one.numbers]):
        with pytest.raises(Refused):
            customer_merging.split(storage, one.id or 0, chosen, "", BOSS, MORNING)


def test_the_history_has_calls_forms_and_cases_newest_first_paged(storage: Storage) -> None:
    mine = someone(storage, MOBILE)
    other = someone(storage, MOBILE, name="同号的另一位")
    with storage.writing() as tx:
        CallStore(tx).save([a_call(str(n), MORNING + timedelta(hours=n)) for n in range(3)], MORNING)
        withheld = a_call("w", MORNING + timedelta(hours=9), caller=Caller(NO_NUMBER, "anonymous", withheld=True))
        CallStore(tx).save([withheld], MORNING)
    write_form(storage, "1", "+8613800138000", other.id)
    write_form(storage, "w", "", mine.id, content="匿名来电")
    write_case(storage, "+8613800138000", mine.id)
    seen = customers.look(storage, mine.id or 0, tuple(HistoryKind), 2, 0, BOSS, MORNING)
    more = customers.look(storage, mine.id or 0, tuple(HistoryKind), 2, 2, BOSS, MORNING)
    told = [e.call.linkedid if e.call else e.kind.value for e in (*seen.history.entries, *more.history.entries)]
    assert told == ["w", "2", "case", "0"] or told == ["w", "2", "0", "case"]
    assert seen.history.total == 4, "the call written down as somebody else's is not theirs"
    assert seen.history.entries[0].form is not None
    assert seen.history.entries[0].form.content == "匿名来电"


def test_when_somebody_called_last(storage: Storage) -> None:
    caller, silent = someone(storage, MOBILE), someone(storage, OTHER_MOBILE)
    with storage.writing() as tx:
        CallStore(tx).save([a_call("1"), a_call("2", MORNING + timedelta(days=1))], MORNING)
        assert CustomerStore(tx).last_calls([caller, silent]) == {caller.id: datetime(2026, 3, 12, 2, 0, tzinfo=UTC)}
