"""What is never dialled, whoever asks: our processes refuse it before anything rings, and the dialplan once more."""

from __future__ import annotations

from datetime import datetime
from secrets import token_hex

import pytest

from hotline.domain.calls.call import Call, Direction
from hotline.domain.calls.dialled_id import dialled_id
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.customers.customer import Customer, read_number
from hotline.domain.dialling.dial import Wish
from hotline.domain.errors import Refused
from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.numbers import Number
from hotline.domain.time import SHANGHAI, system_clock
from hotline.services.dialling.dialling import dial
from hotline.services.dialling.ringing import DIALS_FAMILY
from hotline.settings.hours import HoursPeriod
from hotline.storage.calls.store import CallStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.line.blocklist import BlocklistStore
from tests.support.dialling_rig import SHOWN, ZHAO, DiallingRig
from tests.support.rig import wait_until

pytestmark = pytest.mark.e2e

ANSWERS = ("ring 0.2", "answer", "tone 1000 30", "expect hangup")
UNWILLING, BLOCKED = "13912349001", "13912349002"


@pytest.fixture
def site(dials: DiallingRig) -> DiallingRig:
    """Somebody wants no calls (E10), and somebody is turned away (A15)."""
    now = system_clock()
    with dials.hotline.storage.writing() as tx:
        if not CustomerStore(tx).of_number(Number(f"+86{UNWILLING}")):
            numbers = (read_number(UNWILLING),)
            CustomerStore(tx).add(Customer("王丽", do_not_call=True, numbers=numbers, created_at=now, updated_at=now))
            BlocklistStore(tx).add(BlockedNumber(Number(f"+86{BLOCKED}"), "骚扰", "li", now))
    return dials


def refused(site: DiallingRig, number: str, at: datetime | None = None) -> str:
    """The code; and no phone of ours was rung for it."""
    settings = site.hotline.settings
    hours = (HoursPeriod.model_validate("09:00-20:00"),)
    by_day = settings.model_copy(update={"dialling": settings.dialling.model_copy(update={"hours": hours})})
    wish = Wish("", 0, Number.stored(number), "main", "回拨", customer_named_time=at is None)
    with pytest.raises(Refused) as told:
        dial(site.hotline.storage, by_day, site.pbx, ZHAO, wish, at or system_clock())
    assert site.channels() == 0
    return str(told.value.code)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (f"+86{UNWILLING}", "dialling.do_not_call"),
        (f"+86{BLOCKED}", "dialling.blocked"),
        ("+864001234567", "dialling.our_own_number"),
        (f"+86{SHOWN.removeprefix('0')}", "dialling.our_own_number"),
        ("1001", "dialling.extension"),
        ("110", "dialling.emergency"),
        ("12345", "dialling.needs_approval_service"),
        ("+442071838750", "dialling.needs_approval_abroad"),
    ],
    ids=["E10 do not call", "A15 blocked", "A3 our 400", "A3 shown", "A17 extension", "110", "A17 12345", "A17 0044"],
)
def test_it_is_refused_before_anything_rings(site: DiallingRig, number: str, code: str) -> None:
    site.ready("1001")
    assert refused(site, number) == code


def test_e7_at_nine_in_the_evening_nobody_is_dialled(site: DiallingRig) -> None:
    site.ready("1001")
    assert refused(site, "+8613912345678", datetime(2026, 11, 23, 21, tzinfo=SHANGHAI)) == "dialling.rest_time"


@pytest.mark.parametrize(
    "told",
    [
        "plain:4001234567:main",
        "approved:4001234567:main",
        f"approved:{SHOWN}:main",
        "plain:1001:main",
        "approved:1001:main",
        "plain:110:main",
        "approved:110:main",
        "plain:12345:main",
        "plain:00442071838750:main",
        "plain:13491234567:main",
        "plain::main",
        "",
    ],
)
def test_a3_a17_the_dialplan_refuses_it_too(site: DiallingRig, told: str) -> None:
    """Whatever its list says: our own numbers, extensions and 110 never, and what is no line
    of the mainland only where it was approved."""
    site.ready("1001")
    site.operator(("ring 0.2", "answer", "tone 1000 30", "expect hangup"))
    site.customer(ANSWERS)
    now = system_clock()
    linkedid = dialled_id("rig", now, token_hex(6))
    if told:
        site.pbx.begin_dial("1001", linkedid, (DIALS_FAMILY, told), "x <1>", "calling:", 5)
    else:
        site.pbx.originate("PJSIP/1001", "hl-dial", "s", "x", {}, 5)

    def refusals() -> list[Call]:
        directions = (Direction.OUTBOUND, Direction.DIALLED)
        with site.hotline.storage.reading() as tx:
            found = CallStore(tx).search(CallFilter(since=now, directions=directions), limit=10).calls
        return [each.call for each in found if each.call.ended_at]

    over = wait_until(refusals, "the refusal to be written")
    assert [each.talks for each in over] == [()] and "callback_trunk-" not in site.console("core show channels concise")
    assert any(remark.startswith("refused") for each in over for remark in each.remarks)
