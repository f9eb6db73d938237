"""Who may examine which calls: nobody their own, nor those of a case that they handled (F5, E5)."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.accounts.user import User
from hotline.domain.calls.call import Call
from hotline.domain.calls.ledger import operators_of, operators_when
from hotline.domain.errors import Forbidden, Refused
from hotline.domain.examination.records import Examination
from hotline.domain.examination.sample import Examiner, SampleCandidate, may_examine
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may, may_ever
from hotline.services.access import handlers_of, require_right
from hotline.services.staff.tenures import tenures_of_account
from hotline.storage.accounts.users import UserStore
from hotline.storage.calls.store import CallStore
from hotline.storage.examination.plans import CalibrationStore
from hotline.storage.quality.findings import FindingStore
from hotline.storage.transaction import Transaction


def candidate_of(tx: Transaction, call: Call) -> SampleCandidate:
    """The call as it may be examined: of the operator it was scored for, else of who answered. Raises Refused for a
    call that lasts or that no operator had."""
    if call.ended_at is None:
        raise Refused("calls.not_over")
    scored = FindingStore(tx).score(call.node, call.linkedid)
    extension = scored.extension if scored else next(iter(operators_of(call)), "")
    if not extension:
        raise Refused("examination.no_operator_had_it")
    return SampleCandidate(
        call.node,
        call.linkedid,
        extension,
        call.started_at,
        call.talk_seconds,
        score=scored.score if scored else None,
        handlers=handlers_of(tx, call),
    )


def require_may_examine(tx: Transaction, examiner: Examiner, candidate: SampleCandidate) -> None:
    """Raises Forbidden (F5, E5)."""
    call = CallStore(tx).get(candidate.node, candidate.linkedid)
    who = operators_when(call) if call else []
    own = any(examiner.had_extension(extension, at) for extension, at in who)
    if own or not may_examine(examiner, candidate):
        raise Forbidden("examination.own_call")


def examiner_of(actor: Actor) -> Examiner:
    return Examiner(actor.name, actor.extension or "", actor.tenures)


def examiner_with(tx: Transaction, user: User) -> Examiner:
    assert user.id is not None
    return Examiner(user.username, user.extension or "", tenures_of_account(tx, user.id, user.extension))


def examiner_named(tx: Transaction, username: str, actor: Actor, now: datetime) -> Examiner:
    """Somebody who examines, by user name; whoever acts may name themselves, programs too. Raises Refused."""
    return examiner_of(actor) if username == actor.name else _who_examines(tx, username, now)


def examiner_who_may(tx: Transaction, username: str, candidate: SampleCandidate, now: datetime) -> Examiner:
    """Raises Refused for whoever examines nothing, Forbidden for who may not examine this (F5, E5)."""
    found = _who_examines(tx, username, now)
    require_may_examine(tx, found, candidate)
    return found


def _who_examines(tx: Transaction, username: str, now: datetime) -> Examiner:
    user = UserStore(tx).by_username(username)
    if user is None or not user.may_enter(now) or not may_ever(Act.EXAMINE, user.roles):
        raise Refused("examination.no_examiner", got=username[:64], field="examiner")
    return examiner_with(tx, user)


def people_who_examine(tx: Transaction, now: datetime) -> list[User]:
    """Examiners and supervisors with an account in use, by name."""
    found = [user for user in UserStore(tx).all() if user.may_enter(now) and may_ever(Act.EXAMINE, user.roles)]
    return sorted(found, key=lambda user: (not may(Act.BE_DRAWN_FOR, user.roles), user.username))


def require_may_read(tx: Transaction, examination: Examination, actor: Actor) -> None:
    """Operators see results of their own once they are published; nobody a calibration's of others before it is
    closed. Raises Forbidden."""
    if actor.had_extension(examination.extension, examination.called_at):
        if not examination.is_published:
            raise Forbidden("examination.not_done_yet")
        return
    require_right(Act.OVERSEE_EXAMINATIONS, actor)
    if not sees_points(tx, examination, actor):
        raise Forbidden("examination.others_points")


def sees_points(tx: Transaction, examination: Examination, actor: Actor) -> bool:
    """Others' points in a calibration are hidden until it is closed."""
    if examination.calibration_id is None or examination.examiner == actor.name:
        return True
    calibration = CalibrationStore(tx).by_id(examination.calibration_id)
    return calibration is not None and calibration.closed_at is not None
