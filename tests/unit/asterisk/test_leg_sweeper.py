"""What is left of calls that are over is ended; what nobody announced is told of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotline.asterisk.leg_sweeper import JUST_OVER, LegSweeper
from hotline.domain.calls.call import Call, Caller, Consultation, Direction, Party, PartyKind, Talk
from hotline.domain.calls.legs import TWO_LOOKS_APART
from hotline.domain.numbers import NO_NUMBER
from hotline.services.alerts import open_alerts
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Storage
from tests.support.instance import StandingClock
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING, a_call

ZHAO, QIAN = Party(PartyKind.OPERATOR, "1001", "赵敏"), Party(PartyKind.OPERATOR, "1002", "钱伟")
OVER = a_call("n-1", consultations=(Consultation(ZHAO, QIAN, MORNING, MORNING, None),))
LEGS = [
    {"Channel": f"PJSIP/{name}-0000000{name[-1]}", "Uniqueid": f"n-{name}", "Linkedid": "n-1"}
    for name in ("1001", "1002")
]
ENDED = [("hang_up", leg["Channel"]) for leg in LEGS]


class Site:
    def __init__(self, storage: Storage, private: bool = True) -> None:
        self.storage, self.pbx, self.clock = storage, RememberingPbx(), StandingClock(MORNING)
        self.sweeper = LegSweeper(storage, self.pbx, "node1", private, self.clock, print)
        self.pbx.live = list(LEGS)

    def store(self, call: Call) -> None:
        with self.storage.writing() as tx:
            CallStore(tx).save([call], MORNING)

    def look(self, times: int = 1) -> None:
        for _ in range(times):
            self.sweeper.step()
            self.clock.advance(seconds=TWO_LOOKS_APART.total_seconds())

    def alerts(self) -> list[str]:
        return [alert.kind for alert in open_alerts(self.storage)]


@pytest.fixture
def site(storage: Storage) -> Site:
    return Site(storage)


def test_a_consultation_is_over_with_its_call(site: Site) -> None:
    """A12: neither a colleague nor a person outside stays in a call that no page shows."""
    site.store(OVER)
    site.sweeper.told([OVER])
    site.look()
    assert site.pbx.acts == []
    site.look()
    assert site.pbx.acts == ENDED and site.alerts() == []


def test_who_has_barged_in_does_not_stay_with_the_operator_when_the_caller_goes(site: Site) -> None:
    """E4: nor is anybody told of it, since that is how Asterisk is."""
    barged = replace(OVER, consultations=(), talks=(Talk(ZHAO, MORNING, None), Talk(QIAN, MORNING, None)))
    site.store(barged)
    site.sweeper.told([barged])
    site.look(2)
    assert site.pbx.acts == ENDED and site.alerts() == []


def test_what_nobody_announced_is_ended_and_told_of(site: Site) -> None:
    site.look(2)
    assert site.pbx.acts == ENDED and site.alerts() == ["legs_left_over"]


def test_in_a_sites_own_asterisk_only_legs_of_our_calls_are_ended(storage: Storage) -> None:
    site = Site(storage, private=False)
    site.look(3)
    assert site.pbx.acts == []
    site.sweeper.told([OVER])
    site.look()
    assert site.pbx.acts == ENDED and site.alerts() == []


def test_long_after_its_call_it_is_told_of_too(site: Site) -> None:
    site.sweeper.told([OVER])
    site.clock.advance(seconds=JUST_OVER.total_seconds())
    site.pbx.live = []
    site.look()
    site.pbx.live = list(LEGS)
    site.look(2)
    assert site.alerts() == ["legs_left_over"]


def test_a_call_that_lasts_is_left_alone(site: Site) -> None:
    site.pbx.live = [*LEGS, {"Channel": "PJSIP/trunk-00000001", "Uniqueid": "n-1", "Linkedid": "n-1"}]
    site.look(3)
    assert site.pbx.acts == []


def test_colleagues_go_on_talking_when_whoever_began_has_gone(site: Site) -> None:
    """The last of them is alone, and has nobody to talk to."""
    site.store(replace(OVER, direction=Direction.INTERNAL, caller=Caller(NO_NUMBER, "1003"), consultations=()))
    site.look(3)
    assert site.pbx.acts == []
    site.pbx.live = [LEGS[0]]
    site.look(3)
    assert site.pbx.acts[:1] == ENDED[:1]


def test_an_asterisk_that_is_away_is_asked_again_later(site: Site) -> None:
    site.pbx.away = "gone"
    site.look(2)
    site.pbx.away = ""
    site.look(1)
    assert site.pbx.acts == ENDED
