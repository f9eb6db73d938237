"""Visits that a search found: the fields in which the words stand."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.search.search import Snippet, is_number_found, places, snippet
from hotline.domain.visits.visit import SEARCHED_AS, Visit
from hotline.services.searched import PLACES_SHOWN, FoundKind, FoundPlace, FoundText, call_of
from hotline.services.shown import number_shown
from hotline.storage.transaction import Transaction
from hotline.storage.visits.store import VisitStore


class _Visits(FoundKind):
    kind = SEARCHED_AS

    def hidden(self, tx: Transaction, source_ids: Sequence[int], actor: Actor) -> set[int]:
        """Of complaints about whoever asks."""
        found = VisitStore(tx).by_ids(source_ids)
        return {id for id, each in found.items() if each.about and each.about == actor.name}

    def read(
        self, tx: Transaction, source_ids: Sequence[int], words: Sequence[str], actor: Actor
    ) -> dict[int, FoundText]:
        found = VisitStore(tx).by_ids(source_ids)
        theirs = {id: each for id, each in found.items() if not each.about or each.about != actor.name}
        return {id: _found(tx, id, each, words, actor) for id, each in theirs.items()}


def _found(tx: Transaction, source_id: int, visit: Visit, words: Sequence[str], actor: Actor) -> FoundText:
    whole = may(Act.SEE_NUMBERS, actor.roles)
    stand = [(name, text, standing) for name, text in visit.searched if (standing := places(text, words))]
    shown = [FoundPlace(snippet(text, standing), field=name) for name, text, standing in stand]
    count = sum(len(standing) for _name, _text, standing in stand)
    number = number_shown(visit.number, whole) if visit.number else ""
    if number and is_number_found(visit.number, words):
        count += 1
        shown.append(FoundPlace(Snippet(((number, True),), False, False), field="number"))
    call = call_of(tx, visit.node, visit.linkedid) if visit.linkedid else None
    return FoundText(SEARCHED_AS, source_id, visit.planned_at, number, count, tuple(shown[:PLACES_SHOWN]), call)


FOUND = _Visits()
