"""What an operator is shown of caller and call, from both kinds of database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import Call, Caller, MenuStep
from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.customers.customer import Customer, CustomerNumber, PreferredWay
from hotline.domain.forms.form import CallForm, Origin
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.operators.presence import TransferOrder
from hotline.domain.people import Actor, Role
from hotline.services.operators.pop import pop
from hotline.services.operators.pop_audit import note_pops
from hotline.services.operators.pop_view import Pop
from hotline.settings import Home, Settings, load_settings
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.live_calls import LiveCallStore
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.forms.store import FormStore
from hotline.storage.operators.store import TransferStore
from hotline.storage.transaction import Storage
from tests.support.live_calls import ringing, talking, waiting
from tests.support.sample_calls import MONDAY_TEN, abandoned_call, answered_call, duty_call
from tests.support.turns import TurnsStorage

NUMBER = "+8613800138000"
NOW = MONDAY_TEN + timedelta(seconds=20)
ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", 1, "1001")
QIAN = Actor("qian", (Role.OPERATOR,), "钱伟", 2, "1002")
CALL = replace(
    ringing(waiting("node1-9.1"), "1001"), menu=(MenuStep(MONDAY_TEN, "main", "2", "queue:service", "售后服务"),)
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = Home(tmp_path_factory.mktemp("pop") / "home")
    home.create()
    home.settings_file.write_text('[operators.1001]\nname = "赵敏"\n[operators.1002]\nname = "钱伟"\n', "utf-8")
    return load_settings(home, environment={})


def ago(**length: float):  # type: ignore[no-untyped-def]
    return MONDAY_TEN - timedelta(**length)


def a_form(call: Call, **changes: object) -> CallForm:
    begun = CallForm(
        node=call.node,
        linkedid=call.linkedid,
        line=call.line,
        number=call.caller.number,
        called_at=call.started_at,
        origin=Origin.OPERATOR,
        owner="1001",
        owner_name="赵敏",
        created_at=call.started_at,
        updated_at=call.started_at,
        updated_by="zhao",
    )
    return replace(begun, **changes)  # type: ignore[arg-type]


def keep(storage: Storage, *calls: Call) -> None:
    with storage.writing() as tx:
        CallStore(tx).save(calls, NOW)


def pop_of(storage: Storage, settings: Settings, call: Call = CALL, who: Actor = ZHAO) -> Pop:
    with storage.reading() as tx:
        row = CallStore(tx).id_of(call.node, call.linkedid)
        assert row is not None
        return pop(tx, settings, LiveCallStore(tx).by_ids([row])[row], who, NOW)


def test_an_unknown_caller_shows_the_call_and_the_words_to_say(storage: Storage, settings: Settings) -> None:
    """C1"""
    keep(storage, CALL)
    shown = pop_of(storage, settings)
    assert shown.greeting == "您好，示例公司，很高兴为您服务。请问有什么可以帮您？"
    assert (shown.number_shown, shown.region) == ("138****8000", "北京市 中国移动")
    assert (shown.subject, shown.waited_seconds) == ("售后服务", 15.0)
    assert (shown.customers, shown.last_calls, shown.open_cases, shown.promises, shown.callbacks) == ((),) * 5
    assert (shown.repeat, shown.form, shown.transfer, shown.returning_to_me) == (None, None, None, False)


def test_a_withheld_number_is_nobodys(storage: Storage, settings: Settings) -> None:
    hidden = replace(CALL, caller=Caller(NO_NUMBER, "anonymous", "", True))
    earlier = replace(answered_call("node1-1.1", ago(days=1)), caller=Caller(NO_NUMBER, "anonymous", "", True))
    keep(storage, hidden, earlier)
    with storage.writing() as tx:
        FormStore(tx).add([a_form(earlier, category="service")])
    shown = pop_of(storage, settings)
    assert (shown.withheld, shown.number_shown, shown.last_calls, shown.repeat) == (True, "", (), None)


def test_all_that_is_known_of_the_caller_is_there(storage: Storage, settings: Settings) -> None:
    """B6, B8, E3, E10, A9"""
    earlier = [answered_call(f"node1-1.{n}", ago(days=n)) for n in (1, 2, 3, 20, 30, 40)]
    others = [
        answered_call("node1-2.1", ago(days=1), "+8613912345678"),
        abandoned_call("node1-2.2", ago(hours=3), NUMBER),
    ]
    keep(storage, CALL, *earlier, *others)
    with storage.writing() as tx:
        customer = CustomerStore(tx).add(
            Customer(
                name="王芳",
                company="某公司",
                preferred_way=PreferredWay.SMS,
                do_not_call=True,
                note="常客",
                numbers=(CustomerNumber(Number(NUMBER)),),
                created_at=NOW,
                updated_at=NOW,
                updated_by="test",
            )
        )
        FormStore(tx).add(
            [
                a_form(earlier[0], category="service", content="机器\n不转 " * 100),
                a_form(earlier[1], category="complaint"),
                a_form(earlier[2], category="service", promise="回电", promise_due_at=ago(hours=1)),
                a_form(earlier[3], category="service", promise="寄出", promise_due_at=NOW + timedelta(days=1)),
                a_form(earlier[4], promise="已办", promise_due_at=ago(days=9), promise_kept_at=ago(days=10)),
                a_form(others[0], category="service", promise="别人的", promise_due_at=ago(hours=1)),
            ]
        )
        CaseStore(tx).add(
            ServiceCase(
                "", CaseKind.COMPLAINT, "机器不转", "", "1002", "qian", ago(days=2), caller_number=Number(NUMBER)
            ),
            NOW.date(),
        )
        CallbackStore(tx).open(
            Callback("node1", "node1-2.2", "main", Number(NUMBER), CallbackReason.ABANDONED, ago(hours=3), ago(hours=2))
        )
    shown = pop_of(storage, settings)
    seen = shown.customers[0]
    assert (seen.id, seen.name, seen.preferred_way, seen.do_not_call) == (customer.id, "王芳", "sms", True)
    assert [(call.by, call.category) for call in shown.last_calls] == [
        ("", ""),
        ("钱伟", "售后服务"),
        ("钱伟", "投诉"),
        ("钱伟", "售后服务"),
        ("钱伟", "售后服务"),
    ]
    assert len(shown.last_calls[1].content_short) <= 60 and "\n" not in shown.last_calls[1].content_short
    assert shown.repeat is not None
    assert (shown.repeat.within_days, shown.repeat.count, shown.repeat.last_category) == (7, 2, "service")
    assert [case.title for case in shown.open_cases] == ["机器不转"]
    assert [(p.promise, p.overdue) for p in shown.promises] == [("回电", True), ("寄出", False)]
    assert [(owed.reason, owed.overdue) for owed in shown.callbacks] == [("abandoned", True)]
    assert "13800138000" not in shown.model_dump_json()


def test_a_caller_whom_an_earlier_record_names_is_offered_by_that_name(storage: Storage, settings: Settings) -> None:
    """B8: with the record, where it is one's own and not done; of a customer more is known."""
    earlier = answered_call("node1-3.1", ago(hours=1))
    keep(storage, earlier, CALL)
    with storage.writing() as tx:
        form = FormStore(tx).add([a_form(earlier, caller_name="王先生")])[0]
    ours, theirs = pop_of(storage, settings), pop_of(storage, settings, who=QIAN)
    assert ours.before is not None and (ours.before.caller_name, ours.before.open_form) == ("王先生", form.id)
    assert theirs.before is not None and (theirs.before.caller_name, theirs.before.open_form) == ("王先生", None)
    with storage.writing() as tx:
        customer = Customer(name="王建国", numbers=(CustomerNumber(Number(NUMBER)),), created_at=NOW, updated_at=NOW)
        CustomerStore(tx).add(customer)
    assert pop_of(storage, settings).before is None


def test_promises_to_the_same_customer_on_another_number_count(storage: Storage, settings: Settings) -> None:
    """B6"""
    other = answered_call("node1-1.1", ago(days=100), "+8613912345678")
    keep(storage, CALL, other)
    with storage.writing() as tx:
        customer = CustomerStore(tx).add(
            Customer(
                name="王芳",
                numbers=(CustomerNumber(Number(NUMBER)),),
                created_at=NOW,
                updated_at=NOW,
                updated_by="test",
            )
        )
        FormStore(tx).add([a_form(other, customer_id=customer.id, promise="回电", promise_due_at=NOW)])
    assert [promise.promise for promise in pop_of(storage, settings).promises] == ["回电"]


def test_a_caller_who_comes_back_is_marked_at_who_had_them(storage: Storage, settings: Settings) -> None:
    """B7: after a transfer that is who took them over; not for calls of longer ago, nor for this one."""
    keep(
        storage,
        talking(CALL, "1002"),
        answered_call("node1-1.1", ago(days=2)),
        duty_call("node1-1.2", ago(days=1), NUMBER),
    )
    assert pop_of(storage, settings).returning_to_me is True
    assert pop_of(storage, settings, who=QIAN).returning_to_me is False
    keep(storage, answered_call("node1-1.1", ago(days=8)))
    assert pop_of(storage, settings).returning_to_me is False


def test_a_transfer_says_who_passes_the_caller_on_and_why(storage: Storage, settings: Settings) -> None:
    """A12: the form comes along."""
    call = ringing(talking(CALL, "1001"), "1002", after=30)
    keep(storage, call)
    with storage.writing() as tx:
        TransferStore(tx).add(
            TransferOrder("node1", call.linkedid, NOW, "blind", "1001", "operator", "1002", "钱伟", True, "要开发票")
        )
        FormStore(tx).add([a_form(call, content="开票")])
    mine, theirs = pop_of(storage, settings, call), pop_of(storage, settings, call, QIAN)
    assert mine.transfer is None
    assert theirs.transfer is not None and theirs.form is not None
    assert (theirs.transfer.from_name, theirs.transfer.kind, theirs.transfer.reason) == ("赵敏", "blind", "要开发票")
    assert theirs.form.content == "开票"


def test_whole_numbers_are_for_who_may_see_them(storage: Storage, settings: Settings) -> None:
    """A14"""
    keep(storage, CALL)
    boss = Actor("sun", (Role.SUPERVISOR,), "孙丽", 3, None)
    assert pop_of(storage, settings, who=boss).number_shown == "13800138000"


def test_showing_the_same_pop_again_is_one_entry_of_the_audit_log(storage: Storage) -> None:
    """F8"""
    for _ in range(2):
        note_pops(storage, [("zhao", 7), ("zhao", 7), ("qian", 7)], NOW)
    note_pops(storage, [], NOW)
    with storage.reading() as tx:
        entries = [(e["who"], e["action"], e["object"]) for e in AuditLog(tx).latest(10)]
    assert sorted(entries) == [("qian", "call.pop", "call:7"), ("zhao", "call.pop", "call:7")]


def test_a_pop_that_is_noted_already_waits_for_no_turn_to_write(tmp_path: Path) -> None:
    """F8"""
    storage = TurnsStorage(tmp_path)
    note_pops(storage, [("zhao", 7)], NOW)
    with storage.held() as turns:
        note_pops(storage, [("zhao", 7)], NOW)
        assert not any(turn.writes for turn in turns)
        note_pops(storage, [("zhao", 7), ("qian", 7)], NOW)
        assert turns[-1].writes
    storage.close()
