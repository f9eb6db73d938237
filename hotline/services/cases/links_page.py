"""What links to a case may be made, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.cases.case import CaseState
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.staff.records import Person
from hotline.services.access import require_led
from hotline.services.cases.by_link import CUSTOMER, case_object
from hotline.services.cases.department_people import answering
from hotline.services.cases.department_sms import may_be_texted
from hotline.services.cases.facts import facts_of, read_theirs
from hotline.services.cases.link_sending import WaysOut, ways_out
from hotline.services.cases.merging import survivor_of
from hotline.services.links.links import links_offered
from hotline.settings import Settings
from hotline.storage.links.store import LinkStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class CaseLinks:
    """`department`: of the one that has the case, "" for none, and its `people`. `until`: how long the customer's link
    that there is lets in; None: there is none. `offered`: links can be made at all; `ways`: by which the customer's
    goes out from here; `texted`: ids of those of the people to whom theirs goes by text message."""

    number: str
    offered: bool
    may_make_customers: bool
    ways: WaysOut
    until: datetime | None
    department: str
    people: Sequence[Person]
    texted: frozenset[int]


def case_links(storage: Storage, settings: Settings, case_id: int, actor: Actor, now: datetime) -> CaseLinks:
    """Raises NotFound, Forbidden."""
    with storage.reading() as tx:
        case = survivor_of(tx, read_theirs(tx, case_id, actor))
        ties = facts_of(tx, settings, case, actor, now).ties
        require_led(Act.READ_CASES, actor, ties)
        is_open, there = case.state is CaseState.OPEN, case.department_id
        assigns = is_open and there is not None and may(Act.ASSIGN_CASE, actor.roles, ties)
        found = [StaffStore(tx).person(each) for each in answering(tx, there or 0, now)] if assigns else []
        people = [each for each in found if each is not None]
        department = StaffStore(tx).department(there) if there is not None else None
        living = LinkStore(tx).living(now, 100, object=case_object(case.id or 0))
        return CaseLinks(
            number=case.number,
            offered=links_offered(settings),
            may_make_customers=is_open and may(Act.TELL_CUSTOMER, actor.roles, ties),
            ways=ways_out(tx, settings, case),
            until=next((each.expires_at for each in living if each.purpose == CUSTOMER), None),
            department=department.name if department is not None else "",
            people=people,
            texted=frozenset(each.id or 0 for each in people if may_be_texted(settings, each)),
        )
