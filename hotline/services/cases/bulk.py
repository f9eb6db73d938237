"""Several cases at once: given to one person, assigned to one department; each for itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.cases.given import DEPARTMENT
from hotline.domain.cases.process import stage_of
from hotline.domain.errors import HotlineError, Refused
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.cases.acting import act_on
from hotline.services.cases.facts import facts_of, read_theirs
from hotline.settings import Settings
from hotline.storage.transaction import Storage

MOST = 200


@dataclass(frozen=True, slots=True)
class DoneAtOnce:
    """Ids of those to which it was done; of the others, why not."""

    done: Sequence[int]
    refused: Mapping[int, Reason]


def give_many(
    storage: Storage, settings: Settings, case_ids: Sequence[int], to: str, actor: Actor, now: datetime
) -> DoneAtOnce:
    """Somebody is responsible for them from now on. Raises Forbidden, Refused for too many."""
    require_right(Act.GIVE_CASE, actor)
    return _each(storage, settings, case_ids, "give", {"to": to}, actor, now)


def assign_many(
    storage: Storage, settings: Settings, case_ids: Sequence[int], department_id: int, actor: Actor, now: datetime
) -> DoneAtOnce:
    """The department has to answer them, by whichever act of its kind hands each over from where it stands. Raises
    Forbidden, Refused for too many."""
    require_right(Act.ASSIGN_CASE, actor)
    return _each(storage, settings, case_ids, None, {DEPARTMENT: str(department_id)}, actor, now)


def _each(
    storage: Storage,
    settings: Settings,
    case_ids: Sequence[int],
    act: str | None,
    words: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> DoneAtOnce:
    """A transaction each: one that is refused keeps no other back."""
    if len(case_ids) > MOST:
        raise Refused("cases.too_many", most=MOST)
    done: list[int] = []
    refused: dict[int, Reason] = {}
    for case_id in dict.fromkeys(case_ids):
        try:
            with storage.writing() as tx:
                case = read_theirs(tx, case_id, actor)
                facts = facts_of(tx, settings, case, actor, now)
                stands = stage_of(case, facts.kind)
                assigning = (each.id for each in facts.kind.acts if each.assigns and stands in each.before)
                chosen = act or next(assigning, None)
                if chosen is None:
                    raise Refused("cases.not_now")
                act_on(tx, settings, case, chosen, words, actor, now)
        except HotlineError as error:
            refused[case_id] = error.reason
        else:
            done.append(case_id)
    return DoneAtOnce(done, refused)
