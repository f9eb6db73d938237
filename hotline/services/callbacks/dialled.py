"""A callback is dialled here (A9, A3): on another line than the 400 one, and what came of the dial is its try."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.domain.callbacks.owed import CallbackTry
from hotline.domain.dialling.dial import Dial, Wish
from hotline.domain.dialling.next_try import NOT_A_TRY
from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.callbacks.callbacks import open_callback
from hotline.services.callbacks.called_again import owe_again
from hotline.services.callbacks.trying import add_try, correct_try, next_try_of
from hotline.services.dialled import AfterDial, DialledKind, FormStart
from hotline.services.record_rights import require, ties_to_callback
from hotline.settings import Settings
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Transaction


def _wish(tx: Transaction, actor: Actor, callback_id: int, now: datetime) -> Wish:
    callback = open_callback(tx, callback_id)
    require(Act.CLOSE_CALLBACK, actor, ties_to_callback(callback, actor))
    if not callback.number:
        raise Refused("callbacks.no_number")
    return Wish("callback", callback_id, callback.number, callback.line, callback.reason.value)


def _ended(tx: Transaction, settings: Settings, dial: Dial, now: datetime) -> None:
    """Reached, it waits for whoever dialled to close it with a word; else for its next try. Where the customer's phone
    was not even tried, nothing is noted: it is dialled again at once."""
    callback = CallbackStore(tx).by_id(dial.object_id)
    if callback is None or callback.closed_at is not None or dial.outcome is None or dial.outcome in NOT_A_TRY:
        return
    again = next_try_of(settings, callback, dial.outcome, now)
    made = CallbackTry(dial.object_id, dial.asked_at, dial.user, dial.outcome.value, "", again, dial.id)
    add_try(tx, settings, made, now)


def _said(tx: Transaction, settings: Settings, dial: Dial, now: datetime) -> None:
    """Whoever answered was not them: what they were owed stands again, and the try, where one is noted already, says so
    and is made again unless the number is another person's."""
    owe_again(tx, settings, dial, now)
    callback = CallbackStore(tx).by_id(dial.object_id) if dial.object_kind == "callback" else None
    made = _try_of(tx, dial)
    if callback is None or callback.closed_at is not None or made is None or dial.outcome is None:
        return
    again = next_try_of(settings, replace(callback, tries=callback.tries - 1), dial.outcome, now)
    correct_try(tx, settings, replace(made, outcome=dial.outcome.value, next_try_at=again), now)


def _after(tx: Transaction, dial: Dial) -> AfterDial:
    callback, made = CallbackStore(tx).by_id(dial.object_id), _try_of(tx, dial)
    is_open = callback is not None and callback.closed_at is None
    return AfterDial(is_open, made.next_try_at if made is not None and is_open else None)


def _form(tx: Transaction, dial: Dial) -> FormStart:
    """As the record of the call that is owed says it, with what whoever opened the callback noted."""
    calls = OwedCallStore(tx).of([dial.object_id]).get(dial.object_id, [])
    records = [form for call in calls for form in FormStore(tx).of_calls(call.node, [call.linkedid]).values()]
    noted = next((call.note for call in reversed(calls) if call.note), "")
    if not records:
        return FormStart(content=noted)
    last = max(records, key=lambda form: form.called_at)
    said = "\n".join(dict.fromkeys(each for each in (last.content, noted) if each))
    return FormStart(last.category, said, last.caller_name, last.address)


def _try_of(tx: Transaction, dial: Dial) -> CallbackTry | None:
    tries = CallbackTryStore(tx).of([dial.object_id]).get(dial.object_id, [])
    return next((each for each in tries if each.dial_id == dial.id), None)


DIALLED = DialledKind("callback", _wish, _ended, _said, _after, _form)
