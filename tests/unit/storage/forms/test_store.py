"""Forms, cases, requests to block and duty links, on both databases, with two writers at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.cases.block_request import BlockRequest, Decision
from hotline.domain.cases.case import CaseKind, CaseState, ServiceCase, next_number
from hotline.domain.errors import Outdated
from hotline.domain.forms.form import CallForm, FormChange, FormState, Origin
from hotline.domain.forms.search import FormFilter
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.services.forms import saving as form_saving
from hotline.settings import Home, Settings, load_settings
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.cases.block_requests import BlockRequestStore
from hotline.storage.cases.listing import CaseFilter, CaseListStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BOSS = Actor("boss", (Role.SUPERVISOR,), "孙主管")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings(Home(tmp_path_factory.mktemp("home")), environment={})


def a_form(linkedid: str = "1", **changes: object) -> CallForm:
    form = CallForm(
        "node1",
        linkedid,
        "main",
        Number("+8613800138000"),
        MORNING,
        Origin.OPERATOR,
        "1001",
        "赵敏",
        MORNING,
        MORNING,
        "ledger",
    )
    return replace(form, **changes)  # type: ignore[arg-type]


def add(storage: Storage, *forms: CallForm) -> list[CallForm]:
    with storage.writing() as tx:
        return FormStore(tx).add(forms)


def test_a_form_comes_back_as_it_went(storage: Storage) -> None:
    written = a_form(
        caller_name="王\u202e建国",
        region="北京",
        category="harm",
        content="长" * 10_000,
        solved=False,
        promise="回电",
        promise_due_at=MORNING + HOUR,
        complaint=True,
        fields={"product": "👩‍👩‍👧 A3"},
        customer_id=7,
        due_at=MORNING + HOUR,
        state=FormState.DONE,
        done_at=MORNING,
        done_by="zhao",
        version=9,
    )
    (added,) = add(storage, written)
    with storage.reading() as tx:
        assert FormStore(tx).by_id(added.id or 0) == replace(written, id=added.id)
        assert FormStore(tx).by_id(12345) is None


def test_b1_a_second_form_of_a_call_is_not_added(storage: Storage) -> None:
    assert len(add(storage, a_form("1"), a_form("2"))) == 2
    assert [form.linkedid for form in add(storage, a_form("2", content="other"), a_form("3"))] == ["3"]
    with storage.reading() as tx:
        assert FormStore(tx).of_calls("node1", ["2"])["2"].content == ""
        assert FormStore(tx).of_calls("node2", ["2"]) == {}


def test_forms_are_found_by_state_owner_and_text(storage: Storage) -> None:
    add(
        storage,
        a_form("1", content="打印机 100% 卡纸_"),
        a_form("2", owner="1002", state=FormState.DONE, called_at=MORNING + HOUR),
        a_form("3", origin=Origin.DUTY, owner="139", owner_name="李四", due_at=MORNING, called_at=MORNING + MINUTE),
        a_form("4", promise="回电", promise_due_at=MORNING - HOUR, called_at=MORNING + 2 * MINUTE),
    )

    def found(**wanted: object) -> list[str]:
        with storage.reading() as tx:
            forms = FormStore(tx).search(FormFilter(**wanted), 10)  # type: ignore[arg-type]
            assert FormStore(tx).count(FormFilter(**wanted)) == len(forms)  # type: ignore[arg-type]
        return [form.linkedid for form in forms]

    assert found() == ["2", "4", "3", "1"]
    assert found(state=FormState.OPEN, owners=("1001",)) == ["4", "1"]
    assert found(owners=("x",), owner_names=("李四", "赵敏")) == ["3"], "a name counts for duty records alone"
    assert found(overdue_at=MORNING + MINUTE) == ["3"]
    assert found(promised=True) == ["4"]
    assert found(text="100%") == ["1"] and found(text="%") == ["1"] and found(text="13800138") != []
    with storage.reading() as tx:
        assert FormStore(tx).unfinished() == {"1001": 2, "139": 1}
        assert FormStore(tx).unfinished(["1001", "1003"]) == {"1001": 2}
        assert [form.linkedid for form in FormStore(tx).of_people("+8613800138000", (), MORNING, 2)] == ["2", "4"]
        assert FormStore(tx).of_people("", (), None, 10) == []


def test_typing_is_one_change_a_minute_of_each_person(storage: Storage) -> None:
    (form,) = add(storage, a_form())
    form_id = form.id or 0
    steps = [
        ("zhao", 0, {"content": "打"}),
        ("zhao", 30, {"content": "打印机", "handling": "x"}),
        ("boss", 40, {"content": "别的"}),
        ("zhao", 50, {"address": "y"}),
        ("zhao", 500, {"address": "z"}),
    ]
    with storage.writing() as tx:
        for version, (who, seconds, changed) in enumerate(steps, start=2):
            FormStore(tx).note(FormChange(form_id, version, MORNING + timedelta(seconds=seconds), who, changed), MINUTE)
    with storage.reading() as tx:
        changes = FormStore(tx).changes(form_id)
    assert [(c.changed_by, c.version, c.changed) for c in changes] == [
        ("zhao", 3, {"content": "打印机", "handling": "x"}),
        ("boss", 4, {"content": "别的"}),
        ("zhao", 5, {"address": "y"}),
        ("zhao", 6, {"address": "z"}),
    ]


def test_of_two_who_save_at_once_one_is_told(storage: Storage, settings: Settings) -> None:
    (form,) = add(storage, a_form())
    start = Barrier(2)

    def save(text: str) -> str:
        start.wait()
        try:
            form_saving.save_form(storage, settings, form.id or 0, 1, {"content": text}, BOSS, MORNING)
        except Outdated as error:
            assert isinstance(error.current, dict)
            return f"told of {error.current['content']}"
        return f"saved {text}"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(save, ("一", "二")))
    assert said in (["saved 一", "told of 一"], ["saved 二", "told of 二"])


def a_case(title: str = "漏电") -> ServiceCase:
    return ServiceCase(
        "", CaseKind.COMPLAINT, title, "", "zhao", "zhao", MORNING, caller_number=Number("+8613800138000")
    )


def test_d1_case_numbers_grow_by_one_a_day_whoever_opens_at_once(storage: Storage) -> None:
    def open_one(number: int) -> str:
        with storage.writing() as tx:
            return CaseStore(tx).add(a_case(str(number)), date(2026, 11, 22)).number

    with ThreadPoolExecutor(6) as pool:
        numbers = sorted(pool.map(open_one, range(18)))
    assert numbers == [f"20261122-{n:03}" for n in range(1, 19)]
    with storage.writing() as tx:
        assert CaseStore(tx).add(a_case(), date(2026, 11, 23)).number == "20261123-001"


def test_d1_the_thousandth_case_of_a_day_has_a_longer_number() -> None:
    assert next_number(date(2026, 11, 22), "20261122-999") == "20261122-1000"
    assert next_number(date(2026, 11, 22), "20261122-1000") == "20261122-1001"
    assert next_number(date(2026, 11, 22), None) == "20261122-001"


def test_b8_open_cases_of_a_caller_are_found_and_closed_once(storage: Storage) -> None:
    with storage.writing() as tx:
        case = CaseStore(tx).add(a_case("100%漏电"), date(2026, 11, 22))
        assert CaseStore(tx).open_of("+8613800138000", ()) == [case]
        assert CaseStore(tx).open_of("+8613800138000", (1, 2)) == [case]
        assert CaseStore(tx).open_of("", ()) == []
        assert CaseStore(tx).close(case.id or 0, "zhao", "换货", MORNING)
        assert not CaseStore(tx).close(case.id or 0, "qian", "again", MORNING)
        assert CaseStore(tx).open_of("+8613800138000", ()) == []
        assert [c.result for c in CaseListStore(tx).page(CaseFilter(CaseState.CLOSED, text="0%漏"), 5)] == ["换货"]


def test_a15_one_request_a_number_awaits_its_decision(storage: Storage) -> None:
    asked = BlockRequest(Number("+8613800138000"), "骚扰", "zhao", MORNING, MORNING + HOUR)
    with storage.writing() as tx:
        first = BlockRequestStore(tx).add(asked)
        assert first is not None and BlockRequestStore(tx).add(asked) is None
        assert BlockRequestStore(tx).decide(first.id or 0, Decision.REFUSED, "boss", "不必", MORNING + MINUTE)
        assert not BlockRequestStore(tx).decide(first.id or 0, Decision.APPROVED, "sun", "", MORNING + MINUTE)
        second = BlockRequestStore(tx).add(asked)
        assert second is not None
        assert [r.id for r in BlockRequestStore(tx).search(True, 5)] == [second.id]
        assert [r.decision for r in BlockRequestStore(tx).search(False, 5)] == [None, Decision.REFUSED]


def test_a9_what_was_opened_by_hand_stands_beside_what_the_call_left(storage: Storage) -> None:
    number, due = Number("+8613800138000"), MORNING + HOUR
    left = Callback("node1", "1", "main", number, CallbackReason.ABANDONED, MORNING, due, owed_from=MORNING)
    promised = replace(
        left, reason=CallbackReason.PROMISED, number=Number("+8613900139000"), opened_by="zhao", note="报价"
    )
    with storage.writing() as tx:
        CallbackStore(tx).open(left)
        CallbackStore(tx).open(promised)
        CallbackStore(tx).open(left)
        CallbackStore(tx).drop("node1", "1")
        (found,) = CallbackStore(tx).list()
        assert replace(found, id=None) == promised
        CallbackStore(tx).open(replace(promised, note="报价和交期"))
        assert [callback.note for callback in CallbackStore(tx).list()] == ["报价和交期"]
