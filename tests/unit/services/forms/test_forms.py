"""B1, B2: every call that somebody of ours took has its record, whoever takes it along."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from hotline.domain.calls.call import Call, Caller, Direction, MenuStep, Party, PartyKind, Talk
from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.errors import HotlineError
from hotline.domain.forms.form import CallForm, FormState, Origin
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.people import Actor, Role
from hotline.services.forms import forms, saving
from hotline.services.outbox_topics import FORM
from hotline.settings import Home, Settings, load_settings
from hotline.storage.calls.store import CallStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.forms.store import FormStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support import sample_calls as sample
from tests.support.instance import at

NOW = at("2026-11-16 10:30:00")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = Home(tmp_path_factory.mktemp("home"))
    return load_settings(home, environment={})


def ensure(storage: Storage, settings: Settings, *calls: object, now: object = NOW) -> None:
    with storage.writing() as tx:
        forms.ensure_forms(tx, settings, calls, now)  # type: ignore[arg-type]


def form_of(storage: Storage, linkedid: str) -> CallForm | None:
    with storage.reading() as tx:
        return forms.form_of(tx, "node1", linkedid)


def told(storage: Storage) -> list[tuple[object, object]]:
    """(owner, owner before) of what the browsers were told of forms."""
    with storage.reading() as tx:
        entries = [entry.payload for entry in Outbox(tx).after(0, 1000) if entry.topic == FORM]
    return [(entry["owner"], entry.get("owner_before")) for entry in entries]


def test_b1_a_call_that_an_operator_took_has_an_open_form(storage: Storage, settings: Settings) -> None:
    call = sample.talking_call("node1-1.1", number="+8613912345678")
    ensure(storage, settings, call)
    form = form_of(storage, "node1-1.1")
    assert form is not None
    assert (form.state, form.origin, form.owner, form.owner_name) == (FormState.OPEN, Origin.OPERATOR, "1001", "赵敏")
    assert (form.number, form.callback_number, form.line) == ("+8613912345678", "+8613912345678", "main")
    assert (form.due_at, form.region, form.version) == (None, None, 1)


def test_b1_folding_the_call_again_changes_nothing(storage: Storage, settings: Settings) -> None:
    call = sample.answered_call("node1-1.1")
    ensure(storage, settings, call)
    before = form_of(storage, "node1-1.1")
    for _ in range(3):
        ensure(storage, settings, call, call, now=NOW + timedelta(hours=1))
    assert form_of(storage, "node1-1.1") == before
    assert len(told(storage)) == 1


@pytest.mark.parametrize(
    "call",
    [
        sample.bare_call(),
        sample.abandoned_call(),
        replace(sample.talking_call(), direction=Direction.INTERNAL),
        replace(sample.talking_call(), direction=Direction.LINE_TEST),
    ],
)
def test_b1_what_nobody_of_ours_took_and_what_is_no_callers_call_has_none(
    sqlite_storage: Storage, settings: Settings, call: object
) -> None:
    ensure(sqlite_storage, settings, call)
    assert form_of(sqlite_storage, call.linkedid) is None  # type: ignore[attr-defined]


def test_a12_a_transfer_carries_the_form_along_as_it_is(storage: Storage, settings: Settings) -> None:
    first = replace(sample.talking_call("node1-1.1"), talks=(Talk(sample.ZHAO, NOW, None),))
    ensure(storage, settings, first)
    known = form_of(storage, "node1-1.1")
    assert known is not None
    written = replace(known, content="打印机卡纸", version=2)
    with storage.writing() as tx:
        assert FormStore(tx).update(written, 1)
    after = replace(first, talks=(Talk(sample.ZHAO, NOW, NOW), Talk(sample.QIAN, NOW, None)))
    ensure(storage, settings, after)
    ensure(storage, settings, after)
    form = form_of(storage, "node1-1.1")
    assert form is not None
    assert (form.owner, form.owner_name, form.content, form.version) == ("1002", "钱伟", "打印机卡纸", 3)
    assert told(storage) == [("1001", None), ("1002", "1001")]
    with storage.reading() as tx:
        (change,) = FormStore(tx).changes(form.id or 0)
    assert (change.changed_by, change.changed["owner"]) == ("ledger", "1002")


def test_a12_a_done_form_stays_with_who_has_done_it(storage: Storage, settings: Settings) -> None:
    first = replace(sample.talking_call("node1-1.1"), talks=(Talk(sample.ZHAO, NOW, NOW),))
    ensure(storage, settings, first)
    with storage.writing() as tx:
        form = forms.form_of(tx, "node1", "node1-1.1")
        assert form is not None
        FormStore(tx).update(replace(form, state=FormState.DONE, done_at=NOW, version=2), 1)
    ensure(storage, settings, replace(first, talks=(*first.talks, Talk(sample.QIAN, NOW, None))))
    assert form_of(storage, "node1-1.1").owner == "1001"  # type: ignore[union-attr]


def test_a12_a_caller_passed_on_to_a_mobile_leaves_the_record_with_the_operator(
    sqlite_storage: Storage, settings: Settings
) -> None:
    call = replace(sample.talking_call("node1-1.1"), talks=(Talk(sample.ZHAO, NOW, NOW), Talk(sample.DUTY, NOW, None)))
    ensure(sqlite_storage, settings, call)
    form = form_of(sqlite_storage, "node1-1.1")
    assert form is not None and (form.owner, form.origin) == ("1001", Origin.OPERATOR)


def test_b1_who_is_beside_a_talk_does_not_complete_the_record_of_who_has_it(
    storage: Storage, settings: Settings
) -> None:
    """A supervisor who has barged in; once they are left with the caller, or the call is over, they may."""
    lin = Actor("lin", (Role.SUPERVISOR,), "林主管", 7, "1002")
    call = replace(sample.talking_call("node1-1.1"), talks=(Talk(sample.ZHAO, NOW, None),))
    barged = replace(call, talks=(*call.talks, Talk(sample.QIAN, NOW + timedelta(seconds=20), None)))
    ensure(storage, settings, call)

    def finish(stored: Call) -> str:
        with storage.writing() as tx:
            CallStore(tx).save([stored], NOW)
        form = form_of(storage, "node1-1.1")
        assert form is not None
        try:
            saving.finish_form(storage, settings, form.id or 0, form.version, lin, NOW)
        except HotlineError as error:
            return error.code
        return ""

    assert finish(barged) == "forms.beside"
    left = replace(barged, talks=(Talk(sample.ZHAO, NOW, NOW + timedelta(seconds=40)), barged.talks[1]))
    assert finish(left) != "forms.beside"


def test_b2_a_call_taken_on_the_duty_mobile_is_to_be_written_afterwards(storage: Storage, settings: Settings) -> None:
    ensure(storage, settings, sample.duty_call("node1-1.3", at("2026-11-20 22:10:00")))
    form = form_of(storage, "node1-1.3")
    assert form is not None
    assert (form.origin, form.owner, form.owner_name) == (Origin.DUTY, "13900000001", "李四")
    assert form.due_at == at("2026-11-23 12:00:00")


def test_b3_the_form_begins_with_the_only_customer_who_has_the_number(storage: Storage, settings: Settings) -> None:
    known, shared = "+8613800138000", "+8613900139000"
    with storage.writing() as tx:
        wang = CustomerStore(tx).add(
            Customer(
                name="王建国",
                region="北京",
                address="朝阳路 1 号",
                created_at=NOW,
                updated_at=NOW,
                updated_by="t",
                numbers=(CustomerNumber(Number(known)),),
            )
        )
        for name in ("张三", "李四"):
            CustomerStore(tx).add(
                Customer(
                    name=name, created_at=NOW, updated_at=NOW, updated_by="t", numbers=(CustomerNumber(Number(shared)),)
                )
            )
    ensure(storage, settings, sample.answered_call("1", number=known), sample.answered_call("2", number=shared))
    one, other = form_of(storage, "1"), form_of(storage, "2")
    assert one is not None and other is not None
    assert (one.customer_id, one.caller_name, one.region, one.address) == (wang.id, "王建国", "北京", "朝阳路 1 号")
    assert (other.customer_id, other.caller_name) == (None, "")


def test_b3_the_category_follows_the_menu_and_a_withheld_number_is_not_written(
    storage: Storage, settings: Settings
) -> None:
    chosen = (MenuStep(NOW, "main", "2", "queue:service", "售后服务"),)
    hidden = replace(sample.talking_call("1"), menu=chosen, caller=Caller(NO_NUMBER, "anonymous", withheld=True))
    ensure(storage, settings, hidden)
    form = form_of(storage, "1")
    assert form is not None
    assert (form.category, form.number, form.callback_number) == ("service", "", "")


def test_b1_many_calls_at_once_cost_one_look_and_one_insert(sqlite_storage: Storage, settings: Settings) -> None:
    calls = [sample.answered_call(f"node1-9.{n}", number=f"+86138{n:08}") for n in range(300)]
    statements: list[str] = []
    event.listen(sqlite_storage.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    ensure(sqlite_storage, settings, *calls)
    fresh = len(statements)
    statements.clear()
    ensure(sqlite_storage, settings, *calls)
    assert fresh <= 9, "of which the index of search has three, however many calls"
    assert len([s for s in statements if s.lstrip().upper().startswith("SELECT")]) == 1
    with sqlite_storage.reading() as tx:
        assert len(FormStore(tx).of_calls("node1", [call.linkedid for call in calls])) == 300


def test_b1_a_phone_that_no_operator_of_the_settings_has_leaves_a_record_too(
    sqlite_storage: Storage, settings: Settings
) -> None:
    stranger = Party(PartyKind.UNKNOWN, "2001")
    call = replace(sample.talking_call("1"), answered_by=stranger, talks=(Talk(stranger, NOW, None),))
    ensure(sqlite_storage, settings, call)
    assert form_of(sqlite_storage, "1").owner == "2001"  # type: ignore[union-attr]
