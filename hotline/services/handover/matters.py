"""What is open of somebody when their shift ends, and how it becomes the next one's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from hotline.domain.operators.presence import ShownState, shown_state
from hotline.domain.staff.records import Person
from hotline.services.open_matter import Holder, OpenMatter, hand_some_over, open_matters
from hotline.storage.accounts.users import UserStore
from hotline.storage.forms.store import FormStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

#: How the log form of a call is named among open matters.
_RECORD = "record"
_IN_CALL = (ShownState.RINGING, ShownState.TALKING, ShownState.HOLDING, ShownState.WRAP_UP)


def holder_of(tx: Transaction, person: Person, now: datetime) -> Holder:
    """By all the names under which something may be theirs now."""
    user = UserStore(tx).by_id(person.user_id) if person.user_id is not None else None
    extension = StaffStore(tx).extension_of(person.id or 0, now) or ""
    return Holder(user.username if user else "", extension, person.name)


def matters_of(tx: Transaction, person: Person, now: datetime) -> list[OpenMatter]:
    """What is due first first. The record of the call that they are in is no matter to hand over: it is theirs to
    write."""
    holder = holder_of(tx, person, now)
    talking = form_of_call(tx, holder.extension)
    return [each for each in open_matters(tx, holder) if (each.kind, each.id) != (_RECORD, talking)]


def form_of_call(tx: Transaction, extension: str) -> int | None:
    """The log form of the call that this extension is in, or is writing up; None for none."""
    presence = PresenceStore(tx).get(extension) if extension else None
    if presence is None or not presence.linkedid or shown_state(presence) not in _IN_CALL:
        return None
    form = FormStore(tx).of_calls(presence.node, [presence.linkedid]).get(presence.linkedid)
    return form.id if form is not None else None


def pass_on(
    tx: Transaction, giver: Person, taker: Person, which: Collection[tuple[str, int]], by: str, now: datetime
) -> int:
    """Those of these that are still the giver's; how many went over."""
    holder = holder_of(tx, giver, now)
    talking = form_of_call(tx, holder.extension)

    def wanted(matter: OpenMatter) -> bool:
        return (matter.kind, matter.id) in which and (matter.kind, matter.id) != (_RECORD, talking)

    return len(hand_some_over(tx, holder, holder_of(tx, taker, now), now, by, wanted))
