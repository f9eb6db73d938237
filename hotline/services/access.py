"""Who may do what, and hear which calls (F5, E5): asked by every feature."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from hotline.domain.accounts.user import User
from hotline.domain.callbacks.owed import Callback
from hotline.domain.calls.call import Call
from hotline.domain.calls.ledger import StoredCall, operators_of, operators_when
from hotline.domain.errors import Forbidden, NotFound
from hotline.domain.ids import is_id
from hotline.domain.people import Actor, Role
from hotline.domain.recordings.recording import RecordingEntry, RecordingState, voicemail_file
from hotline.domain.recordings.transcript import Side
from hotline.domain.rights.acts import Act, Tie, may, may_ever, roles_for, ties_that_count
from hotline.domain.rights.hearing import Hearing
from hotline.domain.rights.hearing import may_hear as may_hear_side
from hotline.domain.staff.spans import had_extension
from hotline.services.staff.tenures import tenures_of_account
from hotline.storage.accounts.users import UserStore
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.calls import CaseCallStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.forms.store import FormStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Transaction
from hotline.storage.workflow import StepStore


def require_role(actor: Actor, *roles: Role) -> None:
    """Raises Forbidden."""
    if not actor.has_role(*roles):
        raise Forbidden("accounts.needs_role", roles=roles)


def require_right(act: Act, actor: Actor) -> None:
    """For whoever may do it to everybody's, or to something whose ties are looked at later. Raises Forbidden."""
    if not may_ever(act, actor.roles):
        raise Forbidden("accounts.needs_role", roles=roles_for(act))


def read_call(tx: Transaction, call_id: int) -> StoredCall:
    """Raises NotFound."""
    stored = CallStore(tx).by_id(call_id) if is_id(call_id) else None
    if stored is None:
        raise NotFound("calls.no_call", id=call_id)
    return stored


def ties_of_leader(call: Call, actor: Actor) -> frozenset[Tie]:
    """LED where one of theirs had the caller."""
    return frozenset({Tie.LED}) if actor.led.had(operators_of(call), call.started_at) else frozenset()


def require_led(act: Act, actor: Actor, ties: Collection[Tie]) -> None:
    """For who may do it to everybody's, or is tied to it so. Raises Forbidden, which says whose it is not."""
    if not may(act, actor.roles, ties):
        raise Forbidden("accounts.not_of_your_people")


def may_hear_recording(tx: Transaction, recording_id: int, actor: Actor) -> bool:
    """As `may_hear`; of a recording whose call is not there, who oversees."""
    entry = RecordingStore(tx).by_id(recording_id) if is_id(recording_id) else None
    call = CallStore(tx).get(entry.node, entry.linkedid) if entry else None
    heard = may_hear(tx, call, actor) if call else may_ever(Act.DOWNLOAD_SOUND, actor.roles)
    return heard or (entry is not None and _calls_back(tx, entry, actor))


def recordings_heard(tx: Transaction, call_id: int, actor: Actor) -> list[int]:
    """Ids of the recordings of this call that are in the store whole, for who may hear them; none for who may not."""
    stored = CallStore(tx).by_id(call_id)
    if stored is None or not may_hear(tx, stored.call, actor):
        return []
    return [each.id for each in stored.recordings if each.id is not None and each.state is RecordingState.READY]


def _calls_back(tx: Transaction, entry: RecordingEntry, actor: Actor) -> bool:
    """It is a message, and they have taken the callback that it asks for (A9): an open one."""
    if entry.source_file != voicemail_file(entry.linkedid):
        return False
    owed = [each.callback_id for each in OwedCallStore(tx).of_call(entry.node, entry.linkedid)]
    ties = (ties_of_taken(each, actor) for each in CallbackStore(tx).by_ids(owed) if each.closed_at is None)
    return any(may(Act.HEAR_MESSAGE, actor.roles, each) for each in ties)


def ties_of_taken(callback: Callback, actor: Actor) -> frozenset[Tie]:
    """What ties them to a callback."""
    if not callback.taken_by:
        return frozenset({Tie.FREE})
    led = frozenset({Tie.LED}) if callback.taken_by in actor.led.usernames else frozenset()
    return frozenset({Tie.TAKEN}) | led if callback.taken_by == actor.name else led


def may_hear(tx: Transaction, call: Call, actor: Actor) -> bool:
    """Whether they hear and read both sides of the call, all of it."""
    person = hearing_of(tx, call, actor)
    return all(may_hear_side(person, side) for side in Side)


def hearing_of(tx: Transaction, call: Call, actor: Actor) -> Hearing:
    """What `hotline.domain.rights.hearing.may_hear` goes by; only what matters for these roles is looked up."""
    counted = ties_that_count(Act.HEAR, actor.roles)
    if Tie.ALL in counted:
        return Hearing(actor.roles)
    own = [extension for extension, at in operators_when(call) if actor.had_extension(extension, at)]
    had = bool(own)
    if Tie.UNHANDLED in counted:
        return Hearing(actor.roles, handled=had or actor.name in handlers_of(tx, call), had=had)
    extension = actor.extension_at(call.started_at)
    published = bool(extension) and ExaminationStore(tx).has_published(call.node, call.linkedid, extension)
    return Hearing(
        actor.roles,
        had=had or published,
        examined=bool(ExaminationStore(tx).ids_of(call.node, call.linkedid)),
        published=published,
        led=Tie.LED in ties_of_leader(call, actor),
    )


def handlers_of(tx: Transaction, call: Call) -> frozenset[str]:
    """User names of all who had the caller, wrote its record or handled a case opened from it."""
    names: set[str] = set()
    who = operators_when(call)
    form = FormStore(tx).of_calls(call.node, [call.linkedid]).get(call.linkedid)
    if form is not None and form.id is not None:
        who.append((form.owner, form.called_at))
        names |= {form.done_by, form.updated_by, *(change.changed_by for change in FormStore(tx).changes(form.id))}
    names |= _handled_cases(tx, call, form.id if form is not None else None)
    names |= {user.username for user in UserStore(tx).all() if _had_one(tx, user, who)}
    return frozenset(names - {""})


def _handled_cases(tx: Transaction, call: Call, form_id: int | None) -> set[str]:
    """Who did anything to a case of the call."""
    cases = {each.id or 0: each for each in (CaseStore(tx).of_form(form_id) if form_id is not None else ())}
    cases |= CaseStore(tx).by_ids(CaseCallStore(tx).cases_of(call.node, call.linkedid))
    steps = StepStore(tx).of("case", cases, str)
    did = {step.by for theirs in steps.values() for step in theirs}
    return did | {name for each in cases.values() for name in (each.opened_by, each.owner, each.closed_by)}


def _had_one(tx: Transaction, user: User, who: Iterable[tuple[str, datetime]]) -> bool:
    assert user.id is not None
    tenures = tenures_of_account(tx, user.id, user.extension)
    return any(had_extension(tenures, extension, at) for extension, at in who)
