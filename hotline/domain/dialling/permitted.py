"""May this number be dialled now (A3, A15, A17, E3, E7, E10)? Of several reasons against it the strongest is said:
first what nobody can change, then what somebody has to decide, last what time alone changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.customers.customer import PreferredWay
from hotline.domain.dialling.destination import APPROVED_ONLY, Destination
from hotline.domain.reasons import Reason, because

_NEVER = {
    Destination.UNREADABLE: because("dialling.no_number"),
    Destination.EMERGENCY: because("dialling.emergency"),
    Destination.EXTENSION: because("dialling.extension"),
    Destination.OURS: because("dialling.our_own_number"),
}
_WAITS = {
    Destination.SERVICE: because("dialling.needs_approval_service"),
    Destination.SATELLITE: because("dialling.needs_approval_satellite"),
    Destination.ABROAD: because("dialling.needs_approval_abroad"),
    Destination.LONG_DISTANCE: because("dialling.needs_approval_long_distance"),
}
_WAYS = {
    PreferredWay.SMS: because("dialling.wants_sms"),
    PreferredWay.MAIL: because("dialling.wants_mail"),
    PreferredWay.NONE: because("dialling.wants_nothing"),
}


@dataclass(frozen=True, slots=True)
class Will:
    """What the customers of a number want: one who refuses calls refuses them at all of their numbers (E10), and who
    shares a number is not called there either."""

    do_not_call: bool = False
    way: PreferredWay = PreferredWay.PHONE

    @property
    def against(self) -> Reason | None:
        if self.do_not_call:
            return because("dialling.do_not_call")
        return _WAYS.get(self.way)


@dataclass(frozen=True, slots=True)
class Asked:
    """All that the answer depends on. `out_of_use`: what was found when it was dialled last, of a number that is
    nobody's or somebody else's. `asked_for`: the customer wants this call: by key, promise or an open case (E10);
    `confirmed`: whoever dials has said why they call all the same. `in_rest_time`: it is rest time, until `opens_at`,
    None for always; `named_time`: the customer named this time (E7). `limit`: which one is hit."""

    destination: Destination
    approved: bool = False
    long_distance_waits: bool = False
    blocked: bool = False
    out_of_use: Reason | None = None
    will: Will = Will()
    asked_for: bool = False
    confirmed: bool = False
    in_rest_time: bool = False
    opens_at: datetime | None = None
    named_time: bool = False
    limit: Reason | None = None


def refusal(asked: Asked) -> Reason | None:
    """Why not; None when it may be dialled."""
    return next(_reasons(asked), None)


def needs_approval(destination: Destination, long_distance_waits: bool) -> bool:
    """A17."""
    return destination in APPROVED_ONLY or (long_distance_waits and destination is Destination.LONG_DISTANCE)


def _reasons(asked: Asked) -> Iterator[Reason]:
    """The strongest first."""
    if asked.destination in _NEVER:
        yield _NEVER[asked.destination]
    if asked.blocked:
        yield because("dialling.blocked")
    if asked.out_of_use is not None:
        yield asked.out_of_use
    if (against := asked.will.against) is not None:
        if not asked.asked_for:
            yield against
        elif not asked.confirmed:
            yield because("dialling.confirm", why=against)
    if needs_approval(asked.destination, asked.long_distance_waits) and not asked.approved:
        yield _WAITS[asked.destination]
    if asked.limit is not None:
        yield asked.limit
    if asked.in_rest_time and not asked.named_time:
        opens_at = asked.opens_at
        yield because("dialling.rest_time", opens_at=opens_at) if opens_at else because("dialling.rest_time_always")
