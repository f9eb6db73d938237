"""Projects that a search found: the fields in which the words stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.people import Actor
from hotline.domain.projects.project import SEARCHED_AS, Project
from hotline.domain.rights.acts import Act, may
from hotline.domain.search.search import places, snippet
from hotline.services.searched import PLACES_SHOWN, FoundKind, FoundPlace, FoundText
from hotline.services.shown import number_shown
from hotline.storage.projects.store import ProjectStore
from hotline.storage.transaction import Transaction


class _Projects(FoundKind):
    kind = SEARCHED_AS

    def read(
        self, tx: Transaction, source_ids: Sequence[int], words: Sequence[str], actor: Actor
    ) -> dict[int, FoundText]:
        found = ProjectStore(tx).by_ids(source_ids)
        return {id: _found(id, each, words, actor) for id, each in found.items() if each.updated_at is not None}


def _found(source_id: int, project: Project, words: Sequence[str], actor: Actor) -> FoundText:
    stand = [(name, text, standing) for name, text in project.searched if (standing := places(text, words))]
    shown = tuple(FoundPlace(snippet(text, standing), field=name) for name, text, standing in stand)
    whole = may(Act.SEE_NUMBERS, actor.roles)
    number = number_shown(project.number, whole) if project.number else ""
    at: datetime | None = project.updated_at
    assert at is not None
    count = sum(len(standing) for _name, _text, standing in stand)
    return FoundText(SEARCHED_AS, source_id, at, number, count, shown[:PLACES_SHOWN], None)


FOUND = _Projects()
