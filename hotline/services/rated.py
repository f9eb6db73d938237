"""Whose ratings somebody may see."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.satisfaction.rating import Rating
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.transaction import Transaction


def may_see(rating: Rating, actor: Actor) -> bool:
    return may(Act.SEE_RATINGS, actor.roles, ties(actor, rating.extension, rating.offered_at))


def rating_shown(tx: Transaction, node: str, linkedid: str, actor: Actor) -> Rating | None:
    """Of a call, for who may see it."""
    found = RatingStore(tx).of_call(node, linkedid)
    return found if found is not None and may_see(found, actor) else None


def ties(actor: Actor, extension: str, at: datetime) -> frozenset[Tie]:
    """To what was said of a talk of whoever had this extension then."""
    found = set()
    if extension and actor.had_extension(extension, at):
        found.add(Tie.OWNS)
    if extension and actor.led.had((extension,), at):
        found.add(Tie.LED)
    return frozenset(found)
