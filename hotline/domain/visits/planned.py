"""What a visit is planned with, and by which way its customer is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.customers.customer import PreferredWay
from hotline.domain.dialling.permitted import Will
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.visits.visit import Origin, VisitWay


@dataclass(frozen=True, slots=True)
class NewVisit:
    """`begins_at`: from when on its days are counted. `days`: None: the settings' (E7); or `due_by`. `number` and
    `name` are the customer's where they are not given. `way`: the one that is meant; what the customer wants comes
    before it. `visitor`: whose customer it is (E11), "" whoever's turn it is. `barred`: user names of those who had to
    do with it, where the subject cannot say so itself. `key`: of several with one key the first alone is planned. The
    rest as in Visit."""

    origin: Origin
    begins_at: datetime
    subject_id: int | None = None
    purpose: str = ""
    customer_id: int | None = None
    number: Number = NO_NUMBER
    name: str = ""
    line: str = ""
    way: VisitWay = VisitWay.CALL
    days: int | None = None
    due_by: datetime | None = None
    not_before: datetime | None = None
    visitor: str = ""
    barred: tuple[str, ...] = ()
    about: str = ""
    weight: int = 1
    questionnaire: str = ""
    key: str | None = None


_WRITTEN = {PreferredWay.SMS: VisitWay.SMS, PreferredWay.MAIL: VisitWay.MAIL}


def way_of(wanted: VisitWay, will: Will, by_sms: bool, by_mail: bool) -> VisitWay | None:
    """E3: who refuses calls is visited by SMS or mail instead, or not at all (None). E10: nobody dials who said no.
    `by_sms`, `by_mail`: whether they can be reached so."""
    if will.way is PreferredWay.NONE:
        return None
    if will.way in _WRITTEN:
        return _WRITTEN[will.way]
    if not will.do_not_call or wanted is not VisitWay.CALL:
        return wanted
    if by_sms:
        return VisitWay.SMS
    return VisitWay.MAIL if by_mail else None
