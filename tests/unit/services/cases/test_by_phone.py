"""The state of a case by telephone: who is told, who is not, and that guessing comes to an end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.calendar import local_day
from hotline.domain.cases.by_phone import Answer, CaseAsked, Heard, may_hear, number_of
from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.numbers import NO_NUMBER, Number, normalise
from hotline.services.cases.by_phone import ask_by_phone
from hotline.storage.audit import AuditLog
from hotline.storage.cases.store import CaseStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Storage
from tests.support.sample_calls import MONDAY_TEN as NOW

NUMBER, OTHER, STRANGER = normalise("13800138000"), normalise("13900001111"), normalise("13700002222")


@pytest.fixture
def case(storage: Storage) -> ServiceCase:
    """Of a caller who has a second number."""
    with storage.writing() as tx:
        customer = CustomerStore(tx).add(
            Customer(numbers=(CustomerNumber(NUMBER), CustomerNumber(OTHER)), created_at=NOW, updated_at=NOW, updated_by="li")
        )
        draft = ServiceCase(
            "", CaseKind.COMPLAINT, "按键失灵", "", "li", "li", NOW, caller_number=NUMBER, customer_id=customer.id
        )
        return CaseStore(tx).add(draft, local_day(NOW))


def asks(storage: Storage, digits: str, caller: Number, last_four: str = "", hours: int = 0) -> Answer:
    asked = CaseAsked(digits, caller, "node1-1.1", last_four)
    return ask_by_phone(storage, asked, NOW + timedelta(hours=hours)).answer


def digits(case: ServiceCase) -> str:
    return case.number.replace("-", "")


@pytest.mark.parametrize(
    ("pressed", "number"),
    [
        ("20261123001", "20261123-001"),
        ("202611231000", "20261123-1000"),
        ("2026112301", ""),
        ("", ""),
        ("20261123", ""),
        ("202611230000001", ""),
    ],
)
def test_a_case_number_is_read_as_it_is_pressed(pressed: str, number: str) -> None:
    assert number_of(pressed) == number


def test_less_than_four_digits_and_no_number_let_nobody_hear() -> None:
    assert not may_hear(CaseAsked("1", NO_NUMBER, "x", "000"), {NUMBER})
    assert not may_hear(CaseAsked("1", NO_NUMBER, "x"), {NUMBER})
    assert not may_hear(CaseAsked("1", NO_NUMBER, "x", "8000"), set())


def test_each_of_the_customers_numbers_is_one_of_the_case(storage: Storage, case: ServiceCase) -> None:
    for number in (NUMBER, OTHER):
        assert asks(storage, digits(case), number) is Answer.TOLD
        assert asks(storage, digits(case), NO_NUMBER, number[-4:]) is Answer.TOLD
    with storage.reading() as tx:
        entries = AuditLog(tx).search(AuditFilter(), 100)
    assert [(each.who, each.action, each.object) for each in entries] == [
        ("ivr", "case.asked", f"case:{case.number}")
    ] * 4


def test_whoever_calls_from_elsewhere_is_asked_the_same_of_a_case_that_there_is_not(
    storage: Storage, case: ServiceCase
) -> None:
    for pressed in (digits(case), "20200101001"):
        assert asks(storage, pressed, STRANGER) is Answer.LAST_FOUR_WANTED
        assert asks(storage, pressed, STRANGER, "2222") is Answer.WRONG
    assert asks(storage, "12", STRANGER) is Answer.WRONG


def test_guessing_the_last_four_digits_of_a_case_ends_for_the_hour_but_not_for_its_own_numbers(
    storage: Storage, case: ServiceCase
) -> None:
    for guess in range(5):
        assert asks(storage, digits(case), STRANGER, f"000{guess}") is Answer.WRONG
    assert asks(storage, digits(case), STRANGER, NUMBER[-4:]) is Answer.WRONG
    assert asks(storage, digits(case), NUMBER) is Answer.TOLD
    assert asks(storage, digits(case), STRANGER, NUMBER[-4:], hours=1) is Answer.TOLD


def test_a_closed_case_says_that_it_is(storage: Storage, case: ServiceCase) -> None:
    asked = CaseAsked(digits(case), NUMBER, "node1-1.1")
    assert ask_by_phone(storage, asked, NOW).heard is Heard.LOOKED_INTO
    with storage.writing() as tx:
        CaseStore(tx).close(case.id or 0, "li", "已更换", NOW)
    assert ask_by_phone(storage, asked, NOW).heard is Heard.CLOSED
