"""E2: somebody deletes, on the page, what they were shown there as due."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.errors import Conflict, Refused
from hotline.domain.people import Actor
from hotline.domain.retention.retention import Terms
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.recordings.files import RecordingFiles
from hotline.services.retention import expiry
from hotline.services.retention.reason import read_reason
from hotline.storage.transaction import Storage

#: At once: whoever pressed the button waits for them.
MOST_AT_ONCE = 500


def delete_due(
    storage: Storage, files: RecordingFiles, terms: Terms, count: int, reason: str, actor: Actor, now: datetime
) -> expiry.Expired:
    """Delete the first MOST_AT_ONCE of what is due; doing it again does it once. `count`: how many they were shown
    as due. Raises Forbidden, Refused, Conflict when it is another number by now, StoreUnavailable."""
    require_right(Act.DELETE_EXPIRED, actor)
    said = read_reason(reason)
    due = [each.candidate.entry.id or 0 for each in expiry.due(storage, terms, now)]
    if not due:
        raise Refused("retention.nothing_due")
    if len(due) != count:
        raise Conflict("retention.other_due", count=len(due))
    wanted = due[:MOST_AT_ONCE]
    return expiry.expire(storage, files, terms, wanted, actor.name, now, reason=said)
