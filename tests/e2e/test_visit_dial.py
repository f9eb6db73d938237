"""A visit is dialled on Asterisk (A3, E1): its call is linked with it and its recording kept for it; who wants no
calls, and who had to do with it, is not dialled and does not dial (E5, E10)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotline.domain.accounts.user import User
from hotline.domain.customers.customer import Customer, read_number
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.errors import Forbidden, Refused
from hotline.domain.numbers import Number
from hotline.domain.people import Actor
from hotline.domain.time import system_clock
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.record import VisitRecord
from hotline.domain.visits.visit import Origin, Satisfaction, Visit
from hotline.services.dialling.dialling import dial_for
from hotline.services.visits.doing import record_visit
from hotline.services.visits.planning import plan
from hotline.storage.accounts.users import UserStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.visits.store import VisitStore, VisitTryStore
from tests.support.dialling_rig import CUSTOMER, ZHAO, DiallingRig
from tests.support.expect import tone_differences

pytestmark = pytest.mark.e2e

ANSWERS = ("ring 0.5", "answer", "tone 1000 30", "expect hangup")
TALKS = ("ring 0.5", "answer", "tone 440 30", "wait 6", "hang up")
REFUSES = "13912345670"


def planned(dials: DiallingRig, number: str, *barred: str) -> Visit:
    """Zhao's to make."""
    now = system_clock()
    new = NewVisit(
        Origin.BY_HAND, now, purpose="热水器安装", number=Number(f"+86{number}"), visitor="zhao", barred=barred
    )
    with dials.hotline.storage.writing() as tx:
        if UserStore(tx).by_username("zhao") is None:
            UserStore(tx).add(User("zhao", "赵敏", "x", ZHAO.roles, False, True, now, extension="1001"))
        made = plan(tx, dials.hotline.settings, new, "boss", now)
    assert made is not None
    return made


def dial_visit(dials: DiallingRig, visit: Visit, actor: Actor = ZHAO) -> object:
    return dial_for(
        dials.hotline.storage, dials.hotline.settings, dials.pbx, actor, "visit", visit.id or 0, system_clock()
    )


def now_is(dials: DiallingRig, visit: Visit) -> Visit:
    with dials.hotline.storage.reading() as tx:
        found = VisitStore(tx).by_id(visit.id or 0)
    assert found is not None
    return found


def test_e1_a_visit_is_dialled_talked_and_recorded_with_its_call(dials: DiallingRig) -> None:
    dials.ready("1001")
    dials.operator(ANSWERS)
    dials.customer(TALKS)
    visit = planned(dials, CUSTOMER)
    storage, settings = dials.hotline.storage, dials.hotline.settings
    begun = dial_for(storage, settings, dials.pbx, ZHAO, "visit", visit.id or 0, system_clock())
    over, call = dials.ended(begun)
    assert over.outcome is DialOutcome.REACHED and call is not None
    reached = now_is(dials, visit)
    assert (reached.linkedid, reached.is_open, reached.tries) == (begun.linkedid, True, 1)
    assert reached.seconds > 2
    with storage.reading() as tx:
        [tried] = VisitTryStore(tx).of([visit.id or 0])[visit.id or 0]
    assert (tried.outcome, tried.dial_id) == ("reached", begun.id)

    record_visit(storage, settings, visit.id or 0, VisitRecord({"satisfied": "satisfied"}), ZHAO, system_clock())
    done = now_is(dials, visit)
    assert (done.result, done.node, done.linkedid) == (Satisfaction.SATISFIED, begun.node, begun.linkedid)
    heard = {"left": ["440 >3.0", "1000 0"], "right": ["1000 >3.0", "440 0"]}
    assert tone_differences(dials.sound(begun), heard) == []


def test_e5_e10_neither_who_had_to_do_with_it_nor_to_who_wants_no_calls(dials: DiallingRig) -> None:
    dials.ready("1001")
    mine = planned(dials, CUSTOMER, "zhao")
    with pytest.raises(Forbidden, match=r"visits\.interested"):
        dial_visit(dials, mine)
    theirs = planned(dials, REFUSES)
    with dials.hotline.storage.writing() as tx:
        now = system_clock()
        refusing = Customer("吴女士", numbers=(read_number(REFUSES),), do_not_call=True, created_at=now, updated_at=now)
        CustomerStore(tx).add(replace(refusing, updated_by="test"))
    with pytest.raises(Refused, match=r"dialling\.do_not_call"):
        dial_visit(dials, theirs)
