"""F5: service and supervision are separate. Who signs, decides or declares is none of those whom it is about."""

from __future__ import annotations

from hotline.domain.errors import Forbidden
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.access import require_right
from hotline.services.appraisal.cards import MonthCards
from hotline.services.staff.people import own_person
from hotline.storage.transaction import Transaction


def require_apart(tx: Transaction, act: Act, actor: Actor, cards: MonthCards) -> None:
    """For somebody who neither stands in the figures of this month nor talked with callers in it: nobody signs their
    own, nor a month in which they served. Raises Forbidden, for a program too: a signature is a person's."""
    require_right(act, actor)
    own = own_person(tx, actor)
    if actor.user_id is None:
        raise Forbidden("appraisal.person_signs")
    apart = own is None or (own.id not in cards.cards and own.id not in cards.served)
    if not may(act, actor.roles, {Tie.UNHANDLED} if apart else ()):
        raise Forbidden("appraisal.served")
