"""E2: somebody deletes, on the page, what they were shown there as due. Where a site wants two people for it, one asks
and another one agrees; only then it is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor, Role
from hotline.domain.retention.asked import AskedDeletion
from hotline.domain.retention.retention import Terms
from hotline.domain.rights.acts import Act, roles_for
from hotline.services.access import require_right
from hotline.services.recordings.files import RecordingFiles
from hotline.services.retention import expiry
from hotline.services.retention.reason import read_reason
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.one_at_a_time import one_at_a_time
from hotline.storage.retention.asked import AskedDeletionStore
from hotline.storage.transaction import Storage, Transaction

#: At once: whoever pressed the button waits for them.
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class DeletedDue:
    """`asked`: nothing is deleted before a second person has agreed; else `expired` is what went."""

    expired: expiry.Expired | None = None
    asked: AskedDeletion | None = None


def delete_due(
    storage: Storage,
    files: RecordingFiles,
    terms: Terms,
    two_people: bool,
    count: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> DeletedDue:
    """Delete the first MOST_AT_ONCE of what is due, or with `two_people` ask for it; doing it again does it once.
    `count`: how many they were shown as due. Raises Forbidden, Refused, Conflict when it is another number by now or
    all of it is asked for already, StoreUnavailable."""
    require_right(Act.DELETE_EXPIRED, actor)
    said = read_reason(reason)
    due = [each.candidate.entry.id or 0 for each in expiry.due(storage, terms, now)]
    if not due:
        raise Refused("retention.nothing_due")
    if len(due) != count:
        raise Conflict("retention.other_due", count=len(due))
    wanted = due[:MOST_AT_ONCE]
    if two_people:
        return DeletedDue(asked=_ask(storage, wanted, said, actor, now))
    return DeletedDue(expired=expiry.expire(storage, files, terms, wanted, actor.name, now, reason=said))


def asked_deletions(storage: Storage, actor: Actor, now: datetime) -> Sequence[AskedDeletion]:
    """What waits for a second person, the oldest first. Raises Forbidden."""
    require_right(Act.READ_RETENTION, actor)
    with storage.reading() as tx:
        return AskedDeletionStore(tx).open(now)


def answer_asked(
    storage: Storage, files: RecordingFiles, terms: Terms, asked_id: int, agreed: bool, actor: Actor, now: datetime
) -> expiry.Expired | None:
    """Agree, and it is deleted, but for what is kept by now; or refuse, and None. Who asked may only take it back,
    which is refusing it themselves. Raises Forbidden, NotFound when nobody waits for it, StoreUnavailable."""
    require_right(Act.DELETE_EXPIRED, actor)
    with storage.writing() as tx:
        store = AskedDeletionStore(tx)
        asked = next((each for each in store.open(now) if is_id(asked_id) and each.id == asked_id), None)
        if asked is None:
            raise NotFound("retention.no_deletion_waits")
        if agreed and asked.asked_by == actor.name:
            raise Forbidden("retention.agreed_by_another")
        if not store.answer(asked_id, agreed, actor.name, now):
            raise NotFound("retention.no_deletion_waits")
        told = f"{len(asked.recordings)} asked for by {asked.asked_by}"
        AuditLog(tx).add(now, actor.name, "recordings.agree" if agreed else "recordings.refuse", "recordings", told)
    if not agreed:
        return None
    reason = f"{asked.reason} ({asked.asked_by})"
    return expiry.expire(storage, files, terms, asked.recordings, actor.name, now, reason=reason)


def _ask(storage: Storage, wanted: Sequence[int], reason: str, actor: Actor, now: datetime) -> AskedDeletion:
    with storage.writing() as tx:
        if not _somebody_else(tx, actor, now):
            raise Refused("retention.nobody_else")
        one_at_a_time(tx, "deletion")
        store = AskedDeletionStore(tx)
        waiting = {each for open_ in store.open(now) for each in open_.recordings}
        if set(wanted) <= waiting:
            raise Conflict("retention.asked_already")
        asked = store.add(AskedDeletion(tuple(wanted), reason, actor.name, now))
        AuditLog(tx).add(now, actor.name, "recordings.ask", "recordings", f"{len(wanted)} to be deleted: {reason}")
        return asked


def _somebody_else(tx: Transaction, actor: Actor, now: datetime) -> bool:
    roles: set[Role] = set(roles_for(Act.DELETE_EXPIRED))
    return any(
        each.may_enter(now) and each.username != actor.name and roles & set(each.roles) for each in UserStore(tx).all()
    )
