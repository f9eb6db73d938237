"""From a case to its visit."""

from __future__ import annotations

from hotline.domain.errors import NotFound
from hotline.domain.people import Actor
from hotline.domain.visits.visit import Origin
from hotline.services.cases.facts import read_theirs
from hotline.storage.transaction import Storage
from hotline.storage.visits.store import VisitStore


def visit_of_case(storage: Storage, case_id: int, actor: Actor) -> int:
    """The id of the one that it waits for, else of the last; whether they may see it, its page looks. Raises
    NotFound."""
    with storage.reading() as tx:
        case = read_theirs(tx, case_id, actor)
        found = VisitStore(tx).of_subject(Origin.CASE, case.id or 0)
    if not found:
        raise NotFound("visits.none_of_case")
    return next((each.id or 0 for each in found if each.is_open), found[-1].id or 0)
