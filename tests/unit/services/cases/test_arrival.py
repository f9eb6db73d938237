"""D4, D10: when somebody comes is agreed with the customer, and kept as agreed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.clock_names import clock_name
from hotline.domain.deadlines.kept import ClockName, KeptDeadline
from hotline.domain.errors import Refused
from hotline.settings import Settings
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.transaction import Storage
from tests.support.case_site import BOSS, CaseSite, case_site
from tests.support.sample_calls import MONDAY_TEN as NOW

ARRIVAL, ON_SITE = clock_name("arrival"), clock_name("on_site")
TOLD = {"time_told": "明天下午", "cost_told": "0"}


@pytest.fixture
def site(storage: Storage, settings: Settings) -> CaseSite:
    return case_site(storage, settings)


def confirmed(site: CaseSite) -> ServiceCase:
    case = site.opened(NOW, "repair", values={"product": "净水器"})
    return site.do(case, "confirm", NOW, BOSS, fault="漏水")


def kept(site: CaseSite, case: ServiceCase, clock: ClockName = ARRIVAL) -> KeptDeadline | None:
    with site.storage.reading() as tx:
        return DeadlineStore(tx).of(clock, [case.id or 0]).get(case.id or 0)


def planned(site: CaseSite, case: ServiceCase, arrive_by: datetime) -> ServiceCase:
    return site.do(case, "plan", NOW, **TOLD, arrive_by=arrive_by.isoformat())


def test_what_was_agreed_is_due_then_and_ends_with_the_arrival(site: CaseSite) -> None:
    agreed = NOW + timedelta(hours=29)
    case = planned(site, confirmed(site), agreed)
    clock = kept(site, case)
    assert clock is not None and (clock.due_at, clock.deadline.is_open) == (agreed, True)
    on_site = kept(site, case, ON_SITE)
    assert on_site is not None and on_site.due_at == NOW + timedelta(hours=48), "the 48 hours run beside it"
    site.do(case, "arrive", NOW + timedelta(hours=28))
    clock = kept(site, case)
    assert clock is not None and not clock.deadline.is_open and clock.breached_at is None


def test_who_comes_later_than_agreed_is_late_though_within_48_hours(site: CaseSite) -> None:
    case = planned(site, confirmed(site), NOW + timedelta(hours=5))
    site.do(case, "arrive", NOW + timedelta(hours=6))
    clock, on_site = kept(site, case), kept(site, case, ON_SITE)
    assert clock is not None and clock.breached_at == NOW + timedelta(hours=5)
    assert on_site is not None and on_site.breached_at is None


def test_nothing_runs_where_nothing_was_agreed(site: CaseSite) -> None:
    case = site.do(confirmed(site), "plan", NOW, **TOLD)
    assert kept(site, case) is None


def test_a_moment_that_is_over_is_not_agreed(site: CaseSite) -> None:
    case = confirmed(site)
    with pytest.raises(Refused, match=r"cases\.due_over"):
        planned(site, case, NOW)
    assert kept(site, case) is None
