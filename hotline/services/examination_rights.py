"""Who may examine and hear which calls: nobody their own, nor those of a case that they handled (F5, E5)."""

from __future__ import annotations

from hotline.domain.call import Call, PartyKind
from hotline.domain.examination.records import Examination
from hotline.domain.examination.sample import Candidate, Examiner, may_examine
from hotline.domain.records import OVERSEERS, STEERING, Actor, Role
from hotline.domain.rights.hearing import Hearing
from hotline.domain.rights.hearing import may_hear as may_hear_side
from hotline.domain.transcript import Side
from hotline.services.errors import Forbidden, NotFound, Refused
from hotline.services.ports import Storage, StoredCall, Work

#: Who examines, issues orders and shows examples.
EXAMINING = (Role.EXAMINER, Role.SUPERVISOR)


def require_role(who: Actor, *roles: Role) -> None:
    """Raises Forbidden."""
    if not who.has_role(*roles):
        raise Forbidden("accounts.needs_role", roles=roles)


def require_may_hear(storage: Storage, recording_id: int, who: Actor) -> None:
    """Raises Forbidden. What is not there is for the caller to say."""
    with storage.reading() as work:
        allowed = may_hear_recording(work, recording_id, who)
    if not allowed:
        raise Forbidden("examination.not_to_be_heard")


def may_hear_recording(work: Work, recording_id: int, who: Actor) -> bool:
    """As `may_hear`; of a recording whose call is not there, who oversees."""
    entry = work.recordings.by_id(recording_id) if recording_id < 2**31 else None
    call = work.calls.get(entry.node, entry.linkedid) if entry else None
    return may_hear(work, call, who) if call else who.has_role(*OVERSEERS)


def read_call(work: Work, call_id: int) -> StoredCall:
    """Raises NotFound."""
    stored = work.calls.by_id(call_id) if call_id < 2**31 else None  # beyond what PostgreSQL takes
    if stored is None:
        raise NotFound("calls.no_call", id=call_id)
    return stored


def operators_of(call: Call) -> list[str]:
    """Extensions of all who had the caller."""
    parties = [talk.party for talk in call.talks] + ([call.answered_by] if call.answered_by else [])
    return list(dict.fromkeys(party.id for party in parties if party.kind is PartyKind.OPERATOR))


def handlers_of(work: Work, call: Call) -> frozenset[str]:
    """User names of all who had the caller, wrote its record or handled a case opened from it."""
    names: set[str] = set()
    extensions = set(operators_of(call))
    form = work.forms.of_calls(call.node, [call.linkedid]).get(call.linkedid)
    if form is not None and form.id is not None:
        extensions.add(form.owner)
        names |= {form.done_by, form.updated_by, *(change.changed_by for change in work.forms.changes(form.id))}
        for case in work.cases.of_form(form.id):
            names |= {case.opened_by, case.owner, case.closed_by}
    names |= {user.username for user in work.users.all() if user.extension in extensions}
    return frozenset(names - {""})


def candidate_of(work: Work, call: Call) -> Candidate:
    """The call as it may be examined: of the operator it was scored for, else of who answered. Raises Refused for a
    call that lasts or that no operator had."""
    if call.ended_at is None:
        raise Refused("calls.not_over")
    scored = work.findings.score(call.node, call.linkedid)
    extension = scored.extension if scored else next(iter(operators_of(call)), "")
    if not extension:
        raise Refused("examination.no_operator_had_it")
    return Candidate(
        call.node,
        call.linkedid,
        extension,
        call.started_at,
        call.talk_seconds,
        score=scored.score if scored else None,
        handlers=handlers_of(work, call),
    )


def require_may_examine(work: Work, username: str, extension: str | None, candidate: Candidate) -> None:
    """Raises Forbidden (F5, E5)."""
    own = bool(extension) and extension in operators_of_candidate(work, candidate)
    if own or not may_examine(Examiner(username, extension or ""), candidate):
        raise Forbidden("examination.own_call")


def operators_of_candidate(work: Work, candidate: Candidate) -> list[str]:
    call = work.calls.get(candidate.node, candidate.linkedid)
    return operators_of(call) if call else []


def examiner_named(work: Work, username: str, who: Actor) -> Examiner:
    """Somebody who examines, by user name; whoever acts may name themselves, programs too. Raises Refused."""
    if username == who.name:
        return Examiner(who.name, who.extension or "")
    user = work.users.by_username(username)
    if user is None or not user.active or not set(EXAMINING) & set(user.roles):
        raise Refused("examination.no_examiner", got=username[:64], field="examiner")
    return Examiner(user.username, user.extension or "")


def require_may_read(work: Work, examination: Examination, who: Actor) -> None:
    """Operators see results of their own once they are published; nobody a calibration's of others before it is
    closed. Raises Forbidden."""
    if who.extension and who.extension == examination.extension:
        if not examination.is_published:
            raise Forbidden("examination.not_done_yet")
        return
    require_role(who, *OVERSEERS)
    if not sees_points(work, examination, who):
        raise Forbidden("examination.others_points")


def sees_points(work: Work, examination: Examination, who: Actor) -> bool:
    """Others' points in a calibration are hidden until it is closed."""
    if examination.calibration_id is None or examination.examiner == who.name:
        return True
    calibration = work.calibrations.by_id(examination.calibration_id)
    return calibration is not None and calibration.closed_at is not None


def may_hear(work: Work, call: Call, who: Actor) -> bool:
    """Whether they hear and read both sides of the call, all of it."""
    person = hearing_of(work, call, who)
    return all(may_hear_side(person, side) for side in Side)


def hearing_of(work: Work, call: Call, who: Actor) -> Hearing:
    """What `hotline.domain.rights.hearing.may_hear` goes by; only what matters for these roles is looked up."""
    if who.has_role(*STEERING):
        return Hearing(who.roles)
    extension = who.extension or ""
    had = extension in operators_of(call)
    if who.has_role(Role.EXAMINER):
        return Hearing(who.roles, handled=had or who.name in handlers_of(work, call), had=had)
    published = bool(extension) and work.examinations.has_published(call.node, call.linkedid, extension)
    return Hearing(
        who.roles,
        had=had or published,
        examined=bool(work.examinations.ids_of(call.node, call.linkedid)),
        published=published,
    )
