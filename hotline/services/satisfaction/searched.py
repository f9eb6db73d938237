"""Comments that a search found."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.satisfaction.rating import SEARCHED_AS, Rating
from hotline.domain.search.search import places, snippet
from hotline.services.rated import may_see
from hotline.services.searched import PLACES_SHOWN, FoundKind, FoundPlace, FoundText, call_of
from hotline.services.shown import number_shown
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.transaction import Transaction


class _Comments(FoundKind):
    kind = SEARCHED_AS

    def hidden(self, tx: Transaction, source_ids: Sequence[int], actor: Actor) -> set[int]:
        return {id for id, each in RatingStore(tx).by_ids(source_ids).items() if not may_see(each, actor)}

    def read(
        self, tx: Transaction, source_ids: Sequence[int], words: Sequence[str], actor: Actor
    ) -> dict[int, FoundText]:
        found = RatingStore(tx).by_ids(source_ids)
        return {id: _found(tx, id, each, words, actor) for id, each in found.items() if may_see(each, actor)}


def _found(tx: Transaction, source_id: int, rating: Rating, words: Sequence[str], actor: Actor) -> FoundText:
    standing = places(rating.comment, words)
    shown = (FoundPlace(snippet(rating.comment, standing), field="comment"),) if standing else ()
    number = number_shown(rating.number, may(Act.SEE_NUMBERS, actor.roles)) if rating.number else ""
    call = call_of(tx, rating.node, rating.linkedid)
    return FoundText(SEARCHED_AS, source_id, rating.offered_at, number, len(standing), shown[:PLACES_SHOWN], call)


FOUND = _Comments()
