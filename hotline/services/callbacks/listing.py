"""The list of callbacks: what whoever calls back has to know, and what they may do (A9)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.callbacks.callback import CallbackPerson
from hotline.domain.callbacks.listing import CallbackFilter, Place, Tab
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackCall, CallbackReason, CallbackTry
from hotline.domain.errors import NotFound
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.recordings.recording import RecordingState, voicemail_file
from hotline.domain.recordings.transcript import Side, TranscriptState
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.callbacks.callbacks import may_take
from hotline.services.deadlines.view import ShownDeadline, shown_deadlines
from hotline.services.looks import note_look
from hotline.services.record_rights import require, ties_to_callback
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.callbacks.listing import CallbackListStore
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage, Transaction

PAGE = 50

#: How far the tabs count: who has more does not ask how many more.
MOST_COUNTED = 1000

_ACTS = (Act.TAKE_CALLBACK, Act.CLOSE_CALLBACK, Act.ASSIGN_CALLBACK, Act.HEAR_MESSAGE)


@dataclass(frozen=True, slots=True)
class Message:
    """A voicemail of a callback. `said`: what was recognised of it, for who may hear it; None: not yet, or nothing."""

    recording_id: int
    call: CallbackCall
    silent: bool
    ready: bool
    said: str | None = None


@dataclass(frozen=True, slots=True)
class ListedCallback:
    """A callback, whom it would reach, and what is known of it. `call_ids`: the ledger's rows by `calls`, None where it
    does not hold one any more. `wanted`: what they chose in the menu and where they waited; `category`: of their last
    record."""

    callback: Callback
    people: tuple[CallbackPerson, ...] = ()
    calls: tuple[CallbackCall, ...] = ()
    call_ids: tuple[int | None, ...] = ()
    tries: tuple[CallbackTry, ...] = ()
    messages: tuple[Message, ...] = ()
    wanted: tuple[str, ...] = ()
    category: str = ""
    may_do: frozenset[str] = frozenset()

    @property
    def do_not_call(self) -> bool:
        """E10: one of them does not want to be called."""
        return any(person.do_not_call for person in self.people)


@dataclass(frozen=True, slots=True)
class SeenCallbacks:
    """A page. `deadlines`: when they are due, by id (A9). `counts`: how many there are under each tab, as far
    as `MOST_COUNTED`. `after`: what
    the next page is asked for by; "" at the end."""

    listed: tuple[ListedCallback, ...]
    deadlines: Mapping[int, ShownDeadline]
    counts: Mapping[Tab, int]
    after: str


def see_callbacks(
    storage: Storage,
    settings: Settings,
    actor: Actor,
    wanted: CallbackFilter,
    now: datetime,
    after: str = "",
    limit: int = PAGE,
) -> SeenCallbacks:
    """The look stands in the audit log (F8)."""
    theirs = replace(wanted, own=actor.name, holders=_holders(actor))
    with storage.reading() as tx:
        store = CallbackListStore(tx)
        found = store.page(theirs, now, Place.read(after) if after else None, limit + 1)
        shown = found[:limit]
        listed = _listed(tx, settings, shown, actor)
        due = {each.id or 0: each.due_at for each in shown}
        deadlines = shown_deadlines(tx, settings, CALLBACK_CLOCK, due, now)
        tabs = (Tab.OPEN, Tab.OWN, Tab.OVERDUE)
        counts = {tab: store.count(replace(theirs, tab=tab), now, MOST_COUNTED) for tab in tabs}
    note_look(storage, actor, now, "callbacks.view", "callbacks", f"{len(listed)} {wanted.tab.value}")
    next_one = Place.of(shown[-1]).text() if len(found) > limit else ""
    return SeenCallbacks(tuple(listed), deadlines, counts, next_one)


def see_callback(storage: Storage, settings: Settings, actor: Actor, callback_id: int, now: datetime) -> ListedCallback:
    """One of them, closed ones too; the look stands in the audit log (F8). Raises NotFound, Forbidden."""
    with storage.reading() as tx:
        callback = CallbackStore(tx).by_id(callback_id) if is_id(callback_id) else None
        if callback is None:
            raise NotFound("calls.no_callback", id=callback_id)
        require(Act.SEE_CALLBACKS, actor, ties_to_callback(callback, actor))
        [listed] = _listed(tx, settings, [callback], actor)
    note_look(storage, actor, now, "callbacks.view", f"callback:{callback_id}")
    return listed


def who_may_be_given(storage: Storage, actor: Actor, now: datetime) -> list[tuple[str, str]]:
    """User name and name of those to whom whoever asks may give a callback: of a leader, those whom they lead."""
    if not may(Act.ASSIGN_CALLBACK, actor.roles, {Tie.LED}):
        return []
    all_of_them = may(Act.ASSIGN_CALLBACK, actor.roles)
    with storage.reading() as tx:
        users = [user for user in UserStore(tx).all() if may_take(user, now)]
    led = actor.led.usernames
    return sorted((user.username, user.display_name) for user in users if all_of_them or user.username in led)


def _holders(actor: Actor) -> tuple[str, ...] | None:
    """Whose callbacks they see; None: everybody's."""
    if may(Act.SEE_CALLBACKS, actor.roles):
        return None
    led = sorted(actor.led.usernames) if may(Act.SEE_CALLBACKS, actor.roles, {Tie.LED}) else []
    return (actor.name, *led)


def _listed(tx: Transaction, settings: Settings, found: Sequence[Callback], actor: Actor) -> list[ListedCallback]:
    ids = [each.id or 0 for each in found]
    people, calls = CallbackStore(tx).people(found), OwedCallStore(tx).of(ids)
    tries = CallbackTryStore(tx).of(ids)
    keys = {(call.node, call.linkedid): None for each in calls.values() for call in each}
    rows = CallStore(tx).ids_by_call(keys)
    wishes, categories = _wishes(tx, settings, keys), _categories(tx, keys)
    may_do = {each.id or 0: _may_do(each, actor) for each in found}
    hears = {each for each, acts in may_do.items() if Act.HEAR_MESSAGE.value in acts}
    messages = _messages(tx, calls, hears)

    def one(callback: Callback) -> ListedCallback:
        its = callback.id or 0
        left = calls.get(its, [])
        last = [(call.node, call.linkedid) for call in reversed(left)]
        return ListedCallback(
            callback,
            people.get(its, ()),
            tuple(left),
            tuple(rows.get((call.node, call.linkedid)) for call in left),
            tuple(tries.get(its, ())),
            tuple(messages.get(its, ())),
            next((wishes[key] for key in last if wishes.get(key)), ()),
            next((categories[key] for key in last if categories.get(key)), ""),
            may_do[its],
        )

    return [one(each) for each in found]


def _may_do(callback: Callback, actor: Actor) -> frozenset[str]:
    if callback.closed_at is not None:
        return frozenset({Act.HEAR_MESSAGE.value} if may(Act.HEAR_MESSAGE, actor.roles) else ())
    ties = ties_to_callback(callback, actor)
    return frozenset(act.value for act in _ACTS if may(act, actor.roles, ties))


def _wishes(
    tx: Transaction, settings: Settings, keys: Collection[tuple[str, str]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """What the callers chose, and the queue in which they waited."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for stored in CallStore(tx).by_ids(CallStore(tx).ids_by_call(keys).values()):
        call = stored.call
        words = [step.subject for step in call.menu if step.subject][-1:]
        queues = settings.queues
        words += [queues[stay.queue].name for stay in call.queues[-1:] if stay.queue in queues]
        found[call.node, call.linkedid] = tuple(dict.fromkeys(words))
    return found


def _categories(tx: Transaction, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    found = {}
    for node in {node for node, _linkedid in keys}:
        forms = FormStore(tx).of_calls(node, [linkedid for at, linkedid in keys if at == node])
        found.update({(node, linkedid): form.category for linkedid, form in forms.items()})
    return found


def _messages(
    tx: Transaction, calls: Mapping[int, Sequence[CallbackCall]], hears: Collection[int]
) -> dict[int, list[Message]]:
    """The voicemails of these callbacks; what was said in them of those that whoever asks `hears`."""
    left = [call for each in calls.values() for call in each if call.reason is CallbackReason.VOICEMAIL]
    found: dict[int, list[Message]] = {}
    for node in {call.node for call in left}:
        by_file = {voicemail_file(call.linkedid): call for call in left if call.node == node}
        for entry in RecordingStore(tx).of_sources(node, list(by_file)):
            call, ready = by_file[entry.source_file], entry.state is RecordingState.READY
            said = _said(tx, entry.id or 0) if ready and call.callback_id in hears else None
            message = Message(entry.id or 0, call, entry.nothing_said, ready, said)
            found.setdefault(call.callback_id, []).append(message)
    return found


def _said(tx: Transaction, recording_id: int) -> str | None:
    done = [each for each in TranscriptStore(tx).of(recording_id) if each.state is TranscriptState.DONE]
    return next((each.text for each in done if each.side is Side.CALLER), None)
