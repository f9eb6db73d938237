"""The state of a case by telephone: who is told, who is not, and that guessing comes to an end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.cases.by_phone import Answer, CaseAnswer, CaseAsked, Heard, may_hear, number_of
from hotline.domain.cases.case import ServiceCase
from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.numbers import NO_NUMBER, Number, normalise
from hotline.services.cases.by_phone import ask_by_phone
from hotline.services.cases.facts import steps_of
from hotline.storage.audit import AuditLog
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Storage
from tests.support.case_site import BOSS, NUMBER, CaseSite, case_site
from tests.support.instance import an_instance, at

#: Monday. The customer is to hear from us by the same hour of Wednesday.
NOW = at("2026-11-23 10:00:00")
HOUR = timedelta(hours=1)
OTHER, STRANGER = normalise("13900001111"), normalise("13700002222")


@pytest.fixture
def site(tmp_path: Path, storage: Storage) -> CaseSite:
    return case_site(storage, an_instance(tmp_path, NOW, "", storage).settings)


def asks(
    site: CaseSite, digits: str, caller: Number, last_four: str = "", later: timedelta = timedelta(0)
) -> CaseAnswer:
    asked = CaseAsked(digits, caller, "node1-1.1", last_four)
    return ask_by_phone(site.storage, site.settings, asked, NOW + later)


def digits(case: ServiceCase) -> str:
    return case.number.replace("-", "")


def acts(site: CaseSite, case: ServiceCase) -> list[tuple[str, str]]:
    with site.storage.reading() as tx:
        return [(each.act, each.by) for each in steps_of(tx, case)]


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


def test_each_of_the_customers_numbers_is_one_of_the_case(site: CaseSite) -> None:
    with site.storage.writing() as tx:
        numbers = (CustomerNumber(NUMBER), CustomerNumber(OTHER))
        customer = CustomerStore(tx).add(Customer(numbers=numbers, created_at=NOW, updated_at=NOW, updated_by="li"))
    case = site.opened(NOW, customer_id=customer.id)
    for number in (NUMBER, OTHER):
        assert asks(site, digits(case), number).answer is Answer.TOLD
        assert asks(site, digits(case), NO_NUMBER, number[-4:]).answer is Answer.TOLD
    with site.storage.reading() as tx:
        entries = [each for each in AuditLog(tx).search(AuditFilter(), 100) if each.action == "case.asked"]
    assert [(each.who, each.object, each.detail) for each in entries] == [
        ("ivr", f"case:{case.number}", "node1-1.1")
    ] * 4


def test_whoever_calls_from_elsewhere_is_asked_the_same_of_a_case_that_there_is_not(site: CaseSite) -> None:
    case = site.opened(NOW)
    for pressed in (digits(case), "20200101001"):
        assert asks(site, pressed, STRANGER).answer is Answer.LAST_FOUR_WANTED
        assert asks(site, pressed, STRANGER, "2222").answer is Answer.WRONG
    assert asks(site, "12", STRANGER).answer is Answer.WRONG


def test_a_case_of_nobody_is_told_to_nobody(site: CaseSite) -> None:
    case = site.opened(NOW, number=NO_NUMBER)
    assert asks(site, digits(case), NO_NUMBER).answer is Answer.LAST_FOUR_WANTED
    assert asks(site, digits(case), NO_NUMBER, "0000").answer is Answer.WRONG


def test_guessing_the_last_four_digits_of_a_case_ends_for_the_hour_but_not_for_its_own_numbers(site: CaseSite) -> None:
    case = site.opened(NOW)
    for guess in range(5):
        assert asks(site, digits(case), STRANGER, f"000{guess}").answer is Answer.WRONG
    assert asks(site, digits(case), STRANGER, NUMBER[-4:]).answer is Answer.WRONG
    assert asks(site, digits(case), NUMBER).answer is Answer.TOLD
    assert asks(site, digits(case), STRANGER, NUMBER[-4:], HOUR).answer is Answer.TOLD


@pytest.mark.parametrize(
    ("stage", "heard"),
    [
        ("registered", Heard.RECEIVED),
        ("judged", Heard.LOOKED_INTO),
        ("proposed", Heard.LOOKED_INTO),  # nobody has approved it
        ("approved", Heard.PROPOSED),
        ("accepted", Heard.LOOKED_INTO),
        ("carried_out", Heard.CARRIED_OUT),
        ("told", Heard.CARRIED_OUT),
    ],
)
def test_each_stage_is_said_in_the_few_words_that_there_are(site: CaseSite, stage: str, heard: Heard) -> None:
    case = site.complaint(stage, NOW)
    assert asks(site, digits(case), NUMBER) == CaseAnswer(Answer.TOLD, heard, at("2026-11-25 10:00:00").date())


def test_a_case_that_waits_for_the_customer_says_so_and_goes_on_waiting(site: CaseSite) -> None:
    case = site.do(site.complaint("judged", NOW), "wait", NOW, reason="等待照片")
    assert asks(site, digits(case), NUMBER).heard is Heard.WAITING
    assert site.now_is(case).waiting == "等待照片"


def test_a_closed_case_says_that_it_is_and_nothing_is_noted_with_it(site: CaseSite) -> None:
    case = site.opened(NOW, kind="request")
    case = site.do(case, "close", NOW, result="已答复")
    assert asks(site, digits(case), NUMBER) == CaseAnswer(Answer.TOLD, Heard.CLOSED, None)
    assert acts(site, case)[-1] == ("close", "li")


def test_who_asks_in_the_time_in_which_word_was_promised_breaks_nothing(site: CaseSite) -> None:
    case = site.opened(NOW)
    assert asks(site, digits(case), NUMBER, later=HOUR).next_word == at("2026-11-25 10:00:00").date()
    assert acts(site, case)[-1] == ("customer_says", "ivr")
    assert site.now_is(case).asked_first == 0


def test_who_asks_after_we_should_have_spoken_has_asked_first(site: CaseSite) -> None:
    """000-2: the customer hears from us before they ask."""
    case = site.opened(NOW)
    answer = asks(site, digits(case), NUMBER, later=timedelta(days=3))
    assert answer == CaseAnswer(Answer.TOLD, Heard.RECEIVED, None)  # no day that is over is promised
    assert acts(site, case)[-1] == ("customer_asks", "ivr")
    assert site.now_is(case).asked_first == 1


def test_a_merged_case_answers_for_the_one_in_which_it_goes_on(site: CaseSite) -> None:
    going, into = site.opened(NOW), site.complaint("judged", NOW)
    site.do(going, "merge", NOW, BOSS, case=str(into.id), reason="同一件事")
    for case in (going, into):
        assert asks(site, digits(case), NUMBER).heard is Heard.LOOKED_INTO
    assert acts(site, into)[-1] == ("customer_says", "ivr")
