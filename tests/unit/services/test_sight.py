"""Whose numbers an operator sees whole, on each kind of database (A14, E4)."""

from __future__ import annotations

from dataclasses import replace

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.forms.form import FormState
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.rights.seeing import Sight
from hotline.services.calls.ledger import record
from hotline.services.sight import sight_of
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage
from tests.support.sample_calls import MONDAY_TEN, QIAN, ZHAO, abandoned_call, talking_call
from tests.unit.storage.search.test_store import keep_form

NOW = MONDAY_TEN
ZHAO_AT_DESK = Actor("zhao", (Role.OPERATOR,), "赵敏", 1, ZHAO.id)
NUMBER, OTHER = "+8613912345678", "+8613800138000"


def seen(storage: Storage, who: Actor = ZHAO_AT_DESK) -> Sight:
    with storage.reading() as tx:
        return sight_of(tx, who)


def keep(storage: Storage, *calls: object) -> None:
    record(storage, "node1", calls, [], lambda _call: None, NOW)  # type: ignore[arg-type]


def test_who_oversees_sees_everybodys(storage: Storage) -> None:
    for role in (Role.EXAMINER, Role.SUPERVISOR, Role.ADMINISTRATOR):
        assert seen(storage, Actor("x", (role,), "x")) == Sight(oversees=True)
    assert seen(storage, Actor("token:crm", (Role.OPERATOR,), "crm")) == Sight()


def test_a_talk_gives_the_number_while_it_lasts(storage: Storage) -> None:
    call = talking_call(number=NUMBER)
    keep(storage, call)
    assert seen(storage).on_calls == {NUMBER}
    assert seen(storage, replace(ZHAO_AT_DESK, extension=QIAN.id)) == Sight()
    keep(storage, replace(call, ended_at=NOW, talks=tuple(replace(talk, ended_at=NOW) for talk in call.talks)))
    assert seen(storage) == Sight()


def test_an_open_record_gives_the_number_of_its_call_to_who_had_it_alone(storage: Storage) -> None:
    """Not the number or customer that somebody has written into a record."""
    had = replace(talking_call("1", number=NUMBER), ended_at=NOW)
    missed = abandoned_call("2", number=OTHER)
    keep(storage, had, missed)
    form = keep_form(storage, "1", "退款", number=OTHER)
    keep_form(storage, "2", "退款", number=OTHER)
    assert seen(storage).on_calls == {NUMBER}
    with storage.writing() as tx:
        assert FormStore(tx).update(replace(form, state=FormState.DONE, version=2), 1)
    assert seen(storage) == Sight()


def test_what_is_taken_and_open_gives_its_number(storage: Storage) -> None:
    with storage.writing() as tx:
        CallbackStore(tx).open(Callback("node1", "2", "main", Number(OTHER), CallbackReason.ABANDONED, NOW, NOW))
        [callback] = CallbackStore(tx).list()
        case = CaseStore(tx).add(
            ServiceCase("", CaseKind.REQUEST, "x", "", "zhao", "zhao", NOW, caller_number=Number(NUMBER)), NOW.date()
        )
    assert seen(storage).taken == {NUMBER}
    with storage.writing() as tx:
        assert CallbackStore(tx).take(callback.id or 0, "zhao", "", NOW)
        assert not CallbackStore(tx).take(callback.id or 0, "qian", "", NOW), "another was faster"
    assert seen(storage).taken == {NUMBER, OTHER}
    with storage.writing() as tx:
        assert CallbackStore(tx).close(callback.id or 0, "zhao", "reached", NOW)
        assert CaseStore(tx).close(case.id or 0, "zhao", "x", NOW)
        assert not CallbackStore(tx).take(callback.id or 0, "zhao", "zhao", NOW), "it is closed"
    assert seen(storage) == Sight()
