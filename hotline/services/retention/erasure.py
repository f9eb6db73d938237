"""G3, PIPL 47: deletes what is stored of a person, unless a rule requires that it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from hotline.domain.customers.anonymous import keeps_numbers
from hotline.domain.errors import Conflict, Refused
from hotline.domain.people import Actor
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.retention.privacy import KeptCall, Person, PrivacyRequest, RequestKind, RequestState, verdict_of
from hotline.domain.retention.retention import Terms
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.personal import Erasing, parts
from hotline.services.recordings.files import RecordingFiles
from hotline.services.retention import expiry
from hotline.services.retention.privacy import person_of, read_request
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class Erased:
    """What a deletion took: how many of each kind of what is kept of persons, by its name; and what the law still
    keeps. `numbers_kept`: of who does not want to be called, so that nobody does (E10)."""

    took: Mapping[str, int] = field(hash=False)
    recordings: int = 0
    calls_kept: int = 0
    numbers_kept: bool = False

    @property
    def calls(self) -> int:
        """Those that are without the caller from now on, with their log forms."""
        return self.took.get("calls", 0)


def erase(
    storage: Storage, files: RecordingFiles, settings: Settings, request_id: int, actor: Actor, now: datetime
) -> Erased:
    """Delete of the person what no rule keeps: recordings whose time is over, what was written of those calls, and what
    is known of the customer. Their calls of the last years stay, with their records. Doing it again finishes what was
    interrupted. Raises Forbidden, NotFound, Refused, Conflict, Outdated, StoreUnavailable."""
    require_right(Act.HANDLE_REQUESTS, actor)
    terms = settings.retention.terms
    with storage.reading() as tx:
        request = _open_deletion(tx, request_id)
        person = person_of(tx, request)
    recordings = [
        each.id or 0
        for call in person.calls
        if verdict_of(call, terms, now).may_go
        for each in call.recordings
        if each.state is RecordingState.READY
    ]
    gone = expiry.expire(storage, files, terms, recordings, actor.name, now, request_id)
    with storage.writing() as tx:
        _open_deletion(tx, request_id)
        erased = replace(_erase(tx, person_of(tx, request), terms, actor, now), recordings=gone.deleted)
        AuditLog(tx).add(now, actor.name, "privacy.erase", f"privacy:{request_id}", _told(erased))
    return erased


def _open_deletion(tx: Transaction, request_id: int) -> PrivacyRequest:
    request = read_request(tx, request_id)
    if request.state is not RequestState.OPEN:
        raise Conflict("retention.request_closed")
    if request.kind is not RequestKind.DELETION:
        raise Refused("retention.no_deletion_asked")
    return request


def _erase(tx: Transaction, person: Person, terms: Terms, actor: Actor, now: datetime) -> Erased:
    """Raises Outdated when somebody else has just written something of it."""
    going = [call for call in person.calls if _may_be_forgotten(call, terms, now)]
    gone = {call.id for call in going}
    staying = [call for call in person.calls if call.id not in gone]
    erasing = Erasing(person, going, staying, terms, actor, now)
    took = {part.name: part.erase(tx, person.found[part.name], erasing) for part in parts()}
    return Erased(
        {name: count for name, count in took.items() if count},
        calls_kept=len(staying),
        numbers_kept=any(keeps_numbers(each) for each in person.customers),
    )


def _may_be_forgotten(call: KeptCall, terms: Terms, now: datetime) -> bool:
    """Nothing keeps it, and none of its recordings is left."""
    left = any(each.state in (RecordingState.READY, RecordingState.PENDING) for each in call.recordings)
    return verdict_of(call, terms, now).may_go and not left


def _told(erased: Erased) -> str:
    took = "".join(f"{count} {name}, " for name, count in erased.took.items())
    return f"{took}{erased.recordings} recordings; {erased.calls_kept} calls kept by law"
