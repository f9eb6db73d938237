"""The customer of a case is dialled from it, over the real Asterisk; the call belongs to the case then."""

from __future__ import annotations

import pytest

from hotline.domain.calls.call import Direction
from hotline.domain.cases.case import ServiceCase
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.numbers import Number
from hotline.domain.people import Actor
from hotline.domain.time import system_clock
from hotline.services.cases.cases import close_case
from hotline.services.cases.opening import NewCase, open_case
from hotline.services.dialling.dialling import dial_for
from hotline.storage.cases.calls import CaseCallStore
from tests.support.dialling_rig import CUSTOMER, QIAN, ZHAO, DiallingRig
from tests.support.rig import wait_until

pytestmark = pytest.mark.e2e


def a_case(dials: DiallingRig, owner: Actor = ZHAO) -> ServiceCase:
    new = NewCase("request", "换货", number=Number(f"+86{CUSTOMER}"))
    return open_case(dials.hotline.storage, dials.hotline.settings, new, owner, system_clock())


def calls_of(dials: DiallingRig, case: ServiceCase) -> list[tuple[str, str, str]]:
    with dials.hotline.storage.reading() as tx:
        return [(each.node, each.linkedid, each.by) for each in CaseCallStore(tx).of([case.id or 0])]


def test_e10_the_customer_who_was_reached_from_a_case_has_the_call_in_it(dials: DiallingRig) -> None:
    dials.ready("1001")
    dials.operator(("ring 0.5", "answer", "tone 1000 30", "expect hangup"))
    dials.customer(("ring 0.5", "answer", "tone 440 30", "wait 3", "hang up"))
    case, other = a_case(dials), a_case(dials, QIAN)
    hotline = dials.hotline
    begun = dial_for(
        hotline.storage,
        hotline.settings,
        dials.pbx,
        ZHAO,
        "case",
        case.id or 0,
        system_clock(),
        customer_named_time=True,
    )
    over, call = dials.ended(begun)
    assert (over.outcome, over.object_kind, over.object_id) == (DialOutcome.REACHED, "case", case.id)
    assert call is not None and call.direction is Direction.DIALLED
    wait_until(lambda: calls_of(dials, case), "the call to be attached to the case")
    assert calls_of(dials, case) == [(begun.node, begun.linkedid, "zhao")] and calls_of(dials, other) == []


def test_a_customer_who_was_not_reached_leaves_no_call_in_the_case(dials: DiallingRig) -> None:
    dials.ready("1001")
    dials.operator(("ring 0.5", "answer", "tone 1000 30", "expect hangup"))
    dials.customer(("busy",))
    case, hotline = a_case(dials), dials.hotline
    begun = dial_for(
        hotline.storage,
        hotline.settings,
        dials.pbx,
        ZHAO,
        "case",
        case.id or 0,
        system_clock(),
        customer_named_time=True,
    )
    over, _call = dials.ended(begun)
    assert over.outcome is DialOutcome.BUSY and calls_of(dials, case) == []
    close_case(hotline.storage, hotline.settings, case.id or 0, "客户占线，改日再办", ZHAO, system_clock())
