"""What may be dialled and when (A3, A15, A17, E3, E7, E10), asked in the transaction of a dial."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.calendar import local_day
from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import Caller
from hotline.domain.cases.case import CaseKind, CaseState, ServiceCase
from hotline.domain.customers.customer import Customer, CustomerNumber, PreferredWay
from hotline.domain.dialling.approval import DialApproval
from hotline.domain.dialling.dial import Dial, DialOutcome, Wish
from hotline.domain.errors import Refused
from hotline.domain.forms.form import CallForm, Origin
from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.numbers import Number, normalise
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import because
from hotline.services.dialling.permission import require_permitted, why_not
from hotline.services.dialling.refusals_noted import refusal_noted
from hotline.storage.alerts import AlertStore
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.dialling.approvals import DialApprovalStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.forms.store import FormStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.line.roster import RosterStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.rows import a_call

NOW = at("2026-11-17 10:30:00")
LI = normalise("13912345678")
OTHER = normalise("13700000001")
LONDON = normalise("+44 20 7946 0000")
ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", extension="1001")
SITE = "[dialling]\na_minute = 2\nan_hour = 4\nat_once = 3\nsame_number_a_day = 3\n"


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, NOW, SITE, storage)


def wish(number: str = LI, **changes: object) -> Wish:
    return replace(Wish("callback", 7, Number.stored(number), "main", "回拨"), **changes)  # type: ignore[arg-type]


def answer(hotline: Hotline, wanted: Wish, now: datetime = NOW) -> str:
    """Of a dial that is tried: the code of its refusal, "" when it may ring. What a list would say is the same."""
    with hotline.storage.reading() as tx:
        said = why_not(tx, hotline.settings, ZHAO, wanted, now)
    try:
        with refusal_noted(hotline.storage, ZHAO, wanted, now), hotline.storage.writing() as tx:
            require_permitted(tx, hotline.settings, ZHAO, wanted, now)
    except Refused as refused:
        assert said == refused.reason
        return refused.code
    assert said is None
    return ""


def noted(hotline: Hotline) -> list[tuple[str, str, str]]:
    """Oldest first."""
    with hotline.storage.reading() as tx:
        return [(each.action, each.object, each.detail) for each in AuditLog(tx).search(AuditFilter(), 100)][::-1]


def dialled(hotline: Hotline, number: str, asked_at: datetime, outcome: DialOutcome | None, user: str = "zhao") -> None:
    """`outcome` None: it goes on."""
    with hotline.storage.writing() as tx:
        count = len(DialStore(tx).of_numbers([Number.stored(number)]))
        added = DialStore(tx).add(
            Dial(
                node="node1",
                linkedid=f"{number}-{asked_at:%H%M%S}-{user}-{count}",
                user=user,
                extension=f"{user}-{number}",
                number=Number.stored(number),
                line="main",
                object_kind="",
                object_id=0,
                reason="",
                asked_at=asked_at,
            )
        )
        if outcome is not None:
            DialStore(tx).settle(added.id or 0, outcome, asked_at + timedelta(seconds=20))


def a_customer(
    hotline: Hotline, *numbers: str, do_not_call: bool = False, way: PreferredWay = PreferredWay.PHONE
) -> int:
    with hotline.storage.writing() as tx:
        person = Customer(
            "李",
            do_not_call=do_not_call,
            preferred_way=way,
            numbers=tuple(CustomerNumber(Number.stored(each)) for each in numbers),
            created_at=NOW,
            updated_at=NOW,
        )
        return CustomerStore(tx).add(person).id or 0


def owed(hotline: Hotline, reason: CallbackReason) -> None:
    with hotline.storage.writing() as tx:
        CallbackStore(tx).open(Callback("node1", "1", "main", LI, reason, NOW, NOW + timedelta(minutes=30)))


def test_a3_a_number_of_the_mainland_is_dialled_in_working_time(hotline: Hotline) -> None:
    assert answer(hotline, wish()) == ""
    assert noted(hotline) == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "dialling.no_number"),
        ("+864001234567", "dialling.our_own_number"),
        (LONDON, "dialling.needs_approval_abroad"),
        ("+8610086", "dialling.needs_approval_service"),
        ("+8612110", "dialling.emergency"),
        ("+8613491234567", "dialling.needs_approval_satellite"),
        ("13912345678@sip.example", "dialling.no_number"),
    ],
)
def test_a17_a_refusal_is_noted_once_and_without_the_number(hotline: Hotline, number: str, said: str) -> None:
    assert answer(hotline, wish(number)) == said
    assert noted(hotline) == [("dial.refused", "callback:7", said)]


def test_a3_whoever_has_a_duty_mobile_now_is_no_customer(hotline: Hotline) -> None:
    with hotline.storage.writing() as tx:
        backups = (DutyNumber("王五", "13700000001"),)
        RosterStore(tx).add(Shift("李四", ("13912345678",), backups, NOW, NOW + timedelta(hours=2)))
    assert answer(hotline, wish()) == "dialling.our_own_number"
    assert answer(hotline, wish(OTHER)) == "dialling.our_own_number"
    assert answer(hotline, wish(), NOW + timedelta(hours=4)) == ""


def test_a15_a_blocked_number_is_not_dialled_until_the_block_is_lifted(hotline: Hotline) -> None:
    with hotline.storage.writing() as tx:
        BlocklistStore(tx).add(BlockedNumber(LI, "骚扰", "boss", NOW))
    assert answer(hotline, wish()) == "dialling.blocked"
    with hotline.storage.writing() as tx:
        BlocklistStore(tx).lift(LI, NOW)
    assert answer(hotline, wish()) == ""


def test_e10_who_refuses_calls_refuses_them_at_each_of_their_numbers(hotline: Hotline) -> None:
    a_customer(hotline, LI, OTHER, do_not_call=True)
    assert answer(hotline, wish()) == "dialling.do_not_call"
    assert answer(hotline, wish(OTHER)) == "dialling.do_not_call"
    assert answer(hotline, wish("+8613700000002")) == ""


def test_e10_who_shares_a_number_with_one_who_refuses_is_not_called_there(hotline: Hotline) -> None:
    a_customer(hotline, LI)
    a_customer(hotline, LI, do_not_call=True)
    assert answer(hotline, wish()) == "dialling.do_not_call"


def test_e10_who_was_merged_refuses_as_who_they_are_now(hotline: Hotline) -> None:
    """A record keeps the customer that it was written for."""
    was, is_now = a_customer(hotline, OTHER), a_customer(hotline, OTHER, do_not_call=True)
    with hotline.storage.writing() as tx:
        person = CustomerStore(tx).by_id(was)
        assert person is not None
        CustomerStore(tx).update(replace(person, merged_into=is_now), person.version)
    a_record(hotline, LI, was)
    assert answer(hotline, wish()) == "dialling.do_not_call"


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (PreferredWay.SMS, "dialling.wants_sms"),
        (PreferredWay.MAIL, "dialling.wants_mail"),
        (PreferredWay.NONE, "dialling.wants_nothing"),
    ],
)
def test_e3_who_wants_another_way_is_not_called(hotline: Hotline, way: PreferredWay, said: str) -> None:
    a_customer(hotline, LI, way=way)
    assert answer(hotline, wish()) == said


def a_record(hotline: Hotline, number: Number, customer_id: int, promised: bool = False) -> None:
    with hotline.storage.writing() as tx:
        form = CallForm("node1", "1", "main", number, NOW, Origin.OPERATOR, "1001", "赵敏", NOW, NOW, "ledger")
        due_at = NOW + timedelta(hours=2) if promised else None
        FormStore(tx).add([replace(form, customer_id=customer_id, promise="回电", promise_due_at=due_at)])


def a_case(hotline: Hotline, customer_id: int | None = None) -> None:
    with hotline.storage.writing() as tx:
        case = ServiceCase("", CaseKind.COMPLAINT, "甲", "", "li", "li", NOW, customer_id=customer_id)
        if customer_id is None:
            case = replace(case, caller_number=LI)
        added = CaseStore(tx).add(case, local_day(NOW))
        assert added.state is CaseState.OPEN


ASKED: dict[str, Callable[[Hotline, int], None]] = {
    "key": lambda hotline, _id: owed(hotline, CallbackReason.REQUESTED),
    "voicemail": lambda hotline, _id: owed(hotline, CallbackReason.VOICEMAIL),
    "promised": lambda hotline, _id: owed(hotline, CallbackReason.PROMISED),
    "case_by_number": lambda hotline, _id: a_case(hotline),
    "case_by_customer": a_case,
    "promise": lambda hotline, customer_id: a_record(hotline, OTHER, customer_id, promised=True),
}


@pytest.mark.parametrize("how", ASKED)
def test_e10_a_call_that_the_customer_asked_for_is_made_after_one_confirmation(hotline: Hotline, how: str) -> None:
    customer_id = a_customer(hotline, LI, do_not_call=True)
    ASKED[how](hotline, customer_id)
    assert answer(hotline, wish()) == "dialling.confirm"
    assert answer(hotline, wish(confirmed="  ")) == "dialling.confirm"
    assert answer(hotline, wish(confirmed="按1要求回电")) == ""
    assert noted(hotline)[-1] == ("dial.confirmed", "callback:7", "dialling.do_not_call: 按1要求回电")


@pytest.mark.parametrize("reason", [CallbackReason.MISSED, CallbackReason.ABANDONED])
def test_e10_who_only_hung_up_asked_for_nothing(hotline: Hotline, reason: CallbackReason) -> None:
    a_customer(hotline, LI, do_not_call=True)
    owed(hotline, reason)
    assert answer(hotline, wish(confirmed="漏接")) == "dialling.do_not_call"


def test_e7_rest_time_says_when_it_ends_and_a_named_time_is_noted(hotline: Hotline) -> None:
    late = at("2026-11-17 21:00:00")
    with hotline.storage.reading() as tx:
        said = why_not(tx, hotline.settings, ZHAO, wish(), late)
    assert said == because("dialling.rest_time", opens_at=at("2026-11-18 09:00:00"))
    assert answer(hotline, wish(), late) == "dialling.rest_time"
    assert answer(hotline, wish(customer_named_time=True), late) == ""
    assert noted(hotline)[-1] == ("dial.named_time", "callback:7", "")


def test_e7_a_line_has_its_own_hours(tmp_path: Path, storage: Storage) -> None:
    site = '[dialling]\nline_hours = { main = ["09:00-20:00"] }\n'
    hotline = an_instance(tmp_path, NOW, site, storage)
    assert answer(hotline, wish(), at("2026-11-17 13:00:00")) == ""
    assert answer(hotline, wish(line="other"), at("2026-11-17 13:00:00")) == "dialling.rest_time"


def test_a17_long_distance_waits_by_setting(tmp_path: Path, storage: Storage) -> None:
    site = '[dialling]\nlong_distance_needs_approval = true\nhome_areas = ["010"]\n'
    hotline = an_instance(tmp_path, NOW, site, storage)
    assert answer(hotline, wish("+8613800138000")) == ""
    assert answer(hotline, wish("+8613510001000")) == "dialling.needs_approval_long_distance"
    assert answer(hotline, wish("+8675526001234")) == "dialling.needs_approval_long_distance"


def granted(hotline: Hotline, by: str = "zhao", number: Number = LONDON) -> int:
    with hotline.storage.writing() as tx:
        asked = DialApproval(number, "main", "客户在国外", by, NOW, NOW + timedelta(hours=24))
        approval_id = DialApprovalStore(tx).add(asked).id or 0
        assert DialApprovalStore(tx).decide(approval_id, True, "boss", "可以", NOW + timedelta(hours=24), NOW)
    return approval_id


def test_a17_an_approval_is_used_once(hotline: Hotline) -> None:
    approval_id = granted(hotline)
    assert answer(hotline, wish(LONDON)) == ""
    assert noted(hotline) == [("dial_approval.use", f"dial_approval:{approval_id}", "")]
    assert answer(hotline, wish(LONDON)) == "dialling.needs_approval_abroad"


@pytest.mark.parametrize("other", ["user", "number", "late"])
def test_a17_an_approval_is_for_one_person_one_number_and_a_time(hotline: Hotline, other: str) -> None:
    granted(
        hotline,
        by="qian" if other == "user" else "zhao",
        number=normalise("+1 202 555 0123") if other == "number" else LONDON,
    )
    now = NOW + timedelta(hours=24) if other == "late" else NOW
    assert answer(hotline, wish(LONDON), now) == "dialling.needs_approval_abroad"


def test_a17_an_approval_opens_nothing_but_itself(hotline: Hotline) -> None:
    """Rest time holds all the same, and a refused dial does not use it up."""
    granted(hotline)
    assert answer(hotline, wish(LONDON), at("2026-11-17 12:30:00")) == "dialling.rest_time"
    assert answer(hotline, wish(LONDON), at("2026-11-17 14:00:00")) == ""


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (DialOutcome.INVALID, "dialling.was_invalid"),
        (DialOutcome.WRONG_NUMBER, "dialling.was_wrong_number"),
        (DialOutcome.NO_ANSWER, ""),
    ],
)
def test_a_number_that_is_nobodys_is_not_dialled_again(hotline: Hotline, outcome: DialOutcome, said: str) -> None:
    dialled(hotline, LI, NOW - timedelta(days=3), outcome, "qian")
    assert answer(hotline, wish()) == said


def test_who_calls_from_such_a_number_is_called_back(hotline: Hotline) -> None:
    dialled(hotline, LI, NOW - timedelta(days=3), DialOutcome.INVALID)
    assert answer(hotline, wish()) == "dialling.was_invalid"
    with hotline.storage.writing() as tx:
        CallStore(tx).save([a_call("9", NOW - timedelta(days=1), caller=Caller(LI, "13912345678"))], NOW)
    assert answer(hotline, wish()) == ""


def alerts(hotline: Hotline) -> list[tuple[str, str]]:
    with hotline.storage.reading() as tx:
        return [(each.kind, each.object) for each in AlertStore(tx).open()]


def test_too_many_in_a_minute_raise_an_alert_until_it_is_within_limits_again(hotline: Hotline) -> None:
    for seconds in (50, 20):
        dialled(hotline, f"+86137000000{seconds}", NOW - timedelta(seconds=seconds), DialOutcome.BUSY)
    assert answer(hotline, wish()) == "dialling.too_many_a_minute"
    assert answer(hotline, wish()) == "dialling.too_many_a_minute"
    assert alerts(hotline) == [("dial_limit", "zhao")]
    assert answer(hotline, wish(), NOW + timedelta(seconds=10)) == ""
    assert alerts(hotline) == []


def test_too_many_in_an_hour(hotline: Hotline) -> None:
    for minutes in (5, 15, 25, 59):
        dialled(hotline, f"+86137000000{minutes:02}", NOW - timedelta(minutes=minutes), DialOutcome.BUSY)
    assert answer(hotline, wish()) == "dialling.too_many_an_hour"
    assert answer(hotline, wish(), NOW + timedelta(minutes=1)) == ""


def test_others_calls_count_only_while_they_last(hotline: Hotline) -> None:
    for number in ("+8613700000011", "+8613700000012"):
        dialled(hotline, number, NOW - timedelta(hours=2), None, "qian")
        dialled(hotline, number[:-1] + "5", NOW - timedelta(seconds=5), DialOutcome.REACHED, "qian")
    assert answer(hotline, wish()) == ""
    dialled(hotline, "+8613700000013", NOW - timedelta(hours=2), None, "qian")
    assert answer(hotline, wish()) == "dialling.too_many_at_once"
    assert alerts(hotline) == [("dial_limit", "zhao")]


def test_the_same_number_is_dialled_only_so_often_a_day(hotline: Hotline) -> None:
    """By anybody; not counted is what never reached the customer. No alert: it is their peace, not fraud."""
    for hours in (1, 1.5, 2):
        dialled(hotline, LI, NOW - timedelta(hours=hours), DialOutcome.TRUNK_DOWN, "qian")
    dialled(hotline, LI, NOW - timedelta(hours=11), DialOutcome.BUSY, "qian")  # yesterday
    for hours in (1.2, 1.7):
        dialled(hotline, LI, NOW - timedelta(hours=hours), DialOutcome.NO_ANSWER, "qian")
    assert answer(hotline, wish()) == ""
    dialled(hotline, LI, NOW - timedelta(hours=0.5), DialOutcome.BUSY, "qian")
    assert answer(hotline, wish()) == "dialling.too_often"
    assert alerts(hotline) == []
