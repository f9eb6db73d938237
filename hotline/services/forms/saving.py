"""Saving a log form: drafts while they are typed, done, corrected, promises kept (B1, B3, B6).

Whoever saves says which version they had before their eyes: on top of a newer one nothing is written (Outdated).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from hotline.domain.calls.call import Party, PartyKind
from hotline.domain.calls.having import barges_in
from hotline.domain.errors import Forbidden, NotFound, Outdated, WrongFields
from hotline.domain.forms.form import ANSWER_CLOCK, CallForm, FormChange, FormState, changed_fields
from hotline.domain.forms.form_json import as_json
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.deadlines.keeping import stop
from hotline.services.forms.clocks import follow
from hotline.services.forms.fields import completed, require_ahead, with_place, written
from hotline.services.forms.forms import SAME_CHANGE, announce, begin_by_hand, form_of
from hotline.services.forms.view import FormView, form_view
from hotline.services.record_rights import may_finish, require, require_for_form, ties_to_call, writing
from hotline.services.recordings.transcription import hurry
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.forms.store import FormStore
from hotline.storage.links.store import LinkStore
from hotline.storage.transaction import Storage, Transaction

_LONGEST_AUDIT = 2000

#: A form as whoever saves is told of it when somebody else has changed it.
Shown = Callable[[Transaction, CallForm], object]


def link_object(form_id: int) -> str:
    """What a link to this log form leads to (B2)."""
    return f"form:{form_id}"


def read_form(tx: Transaction, form_id: int) -> CallForm:
    """Raises NotFound."""
    form = FormStore(tx).by_id(form_id)
    if form is None:
        raise NotFound("forms.no_form", id=form_id)
    return form


def form_of_call(
    storage: Storage,
    settings: Settings,
    call_id: int,
    changes: Mapping[str, Any],
    version: int | None,
    actor: Actor,
    now: datetime,
) -> FormView:
    """The form of this call, begun if it has none, with `changes` saved if there are any. Whoever begins it by hand
    owns it until somebody of ours talks with the caller. Raises as `save_form`."""
    with storage.writing() as tx:
        stored = CallStore(tx).by_id(call_id)
        if stored is None:
            raise NotFound("calls.no_call", id=call_id)
        form = form_of(tx, stored.call.node, stored.call.linkedid)
        if form is None:
            require(Act.BEGIN, actor, ties_to_call(stored.call, actor))
            owner = Party(PartyKind.OPERATOR, actor.extension or "", actor.display_name)
            form = begin_by_hand(tx, settings, stored.call, owner, actor.name, now)
            version = form.version
        if changes:
            form = _save(tx, settings, form, form.version if version is None else version, changes, actor, now)
    return _seen(storage, settings, form, actor, now)


def save_form(
    storage: Storage,
    settings: Settings,
    form_id: int,
    version: int,
    changes: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> FormView:
    """Raises NotFound, Forbidden, Outdated with the form as it is, and WrongFields."""
    with storage.writing() as tx:
        saved = _save(tx, settings, read_form(tx, form_id), version, changes, actor, now)
    return _seen(storage, settings, saved, actor, now)


def finish_form(
    storage: Storage, settings: Settings, form_id: int, version: int, actor: Actor, now: datetime
) -> FormView:
    """Done (B1). Doing it again changes nothing. Raises NotFound, Forbidden, Outdated, and WrongFields with every
    field that is missing (B3)."""
    with storage.writing() as tx:
        form = read_form(tx, form_id)
        require_for_form(tx, writing(form), form, actor, now)
        if not may_finish(form, actor):
            raise Forbidden("forms.passed_on")  # A12: it went with its caller to whoever talks with them now
        if _is_beside(tx, form, actor):
            raise Forbidden("forms.beside")
        done = finish(tx, settings, form, version, actor.name, now, _shown(settings, actor, now))
    return _seen(storage, settings, done, actor, now)


def _is_beside(tx: Transaction, form: CallForm, actor: Actor) -> bool:
    """They have barged in on the talk, which somebody else has and writes up."""
    call = CallStore(tx).get(form.node, form.linkedid) if actor.extension else None
    return call is not None and barges_in(call, actor.extension or "")


def finish(
    tx: Transaction, settings: Settings, form: CallForm, version: int, by: str, now: datetime, shown: Shown
) -> CallForm:
    """`finish_form` for whoever may."""
    assert form.id is not None
    if form.is_done:
        return form
    _require_version(tx, form, version, shown)
    done = replace(completed(with_place(form), settings), state=FormState.DONE, done_at=now, done_by=by)
    saved = _write(tx, settings, form, done, by, now, {"state": done.state.value, "done_by": by}, shown)
    LinkStore(tx).use_up(link_object(form.id), now)
    AuditLog(tx).add(now, by, "form.done", f"form:{form.id}")
    return saved


def keep_promise(
    storage: Storage, settings: Settings, form_id: int, note: str, actor: Actor, now: datetime
) -> FormView:
    """B6: the caller has heard from us. Raises NotFound when nothing is promised any more, Forbidden."""
    with storage.writing() as tx:
        form = read_form(tx, form_id)
        if not form.promise_is_open:
            raise NotFound("forms.no_open_promise", id=form_id)
        require_for_form(tx, Act.KEEP_PROMISE, form, actor, now)
        kept = replace(form, promise_kept_at=now)
        saved = _write(
            tx, settings, form, kept, actor.name, now, {"promise_kept_at": now, "note": note}, lambda *_now: None
        )
        AuditLog(tx).add(now, actor.name, "form.promise_kept", f"form:{form_id}", note[:_LONGEST_AUDIT])
    return _seen(storage, settings, saved, actor, now)


def give_answer(storage: Storage, settings: Settings, form_id: int, note: str, actor: Actor, now: datetime) -> FormView:
    """B5: who could not be helped on the phone has their answer. Raises NotFound when none is owed, Forbidden."""
    with storage.writing() as tx:
        form = read_form(tx, form_id)
        owed = DeadlineStore(tx).of(ANSWER_CLOCK, [form_id]).get(form_id)
        if owed is None or not owed.deadline.is_open:
            raise NotFound("forms.no_open_answer", id=form_id)
        require_for_form(tx, Act.KEEP_PROMISE, form, actor, now)
        stop(tx, ANSWER_CLOCK, form_id, now)
        AuditLog(tx).add(now, actor.name, "form.answered", f"form:{form_id}", note[:_LONGEST_AUDIT])
    return _seen(storage, settings, form, actor, now)


def _save(
    tx: Transaction,
    settings: Settings,
    form: CallForm,
    version: int,
    changes: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> CallForm:
    require_for_form(tx, writing(form), form, actor, now)
    return save(tx, settings, form, version, changes, actor.name, now, _shown(settings, actor, now))


def _shown(settings: Settings, actor: Actor, now: datetime) -> Shown:
    return lambda tx, form: form_view(tx, settings, form, actor, now).model_dump(mode="json")


def _seen(storage: Storage, settings: Settings, form: CallForm, actor: Actor, now: datetime) -> FormView:
    """After it was written, when nobody waits for the lock any more."""
    with storage.reading() as tx:
        return form_view(tx, settings, form, actor, now)


def save(
    tx: Transaction,
    settings: Settings,
    form: CallForm,
    version: int,
    changes: Mapping[str, Any],
    by: str,
    now: datetime,
    shown: Shown,
) -> CallForm:
    """`save_form` for whoever may."""
    _require_version(tx, form, version, shown)
    changed = written(form, changes, settings)
    if changed.customer_id not in (None, form.customer_id) and not CustomerStore(tx).by_ids([changed.customer_id]):
        raise WrongFields({"customer_id": "unknown_customer"})
    if changed.promise_due_at != form.promise_due_at:
        require_ahead("promise_due_at", changed.promise_due_at, now)
    if form.is_done:
        changed = completed(changed, settings)
    differing = changed_fields(form, changed)
    if not differing:
        return form
    if form.is_done:
        AuditLog(tx).add(now, by, "form.correct", f"form:{form.id}", _before_and_after(form, differing))
    return _write(tx, settings, form, changed, by, now, differing, shown)


def _require_version(tx: Transaction, form: CallForm, version: int, shown: Shown) -> None:
    if form.version != version:
        raise Outdated("forms.changed_meanwhile", current=shown(tx, form), username=form.updated_by)


def _write(
    tx: Transaction,
    settings: Settings,
    before: CallForm,
    after: CallForm,
    by: str,
    now: datetime,
    changed: Mapping[str, object],
    shown: Shown,
) -> CallForm:
    assert before.id is not None
    saved = replace(after, version=before.version + 1, updated_at=now, updated_by=by)
    if not FormStore(tx).update(saved, before.version):  # somebody has saved since this transaction read it
        current = read_form(tx, before.id)
        raise Outdated("forms.changed_meanwhile", current=shown(tx, current), username=current.updated_by)
    # Typing stands in the history as one change a minute; what is done or corrected stands alone.
    joining = SAME_CHANGE if not (before.is_done or after.is_done) else SAME_CHANGE * 0
    if FormStore(tx).note(FormChange(before.id, saved.version, now, by, changed), joining) and not after.is_done:
        AuditLog(tx).add(now, by, "form.write", f"form:{before.id}")
    if saved.complaint and not before.complaint:
        hurry(tx, saved.node, saved.linkedid)
    follow(tx, settings, before, saved, now)
    announce(tx, saved, now)
    return saved


def _before_and_after(form: CallForm, changed: Mapping[str, object]) -> str:
    """{"content": ["as it was", "as it became"]}."""
    before = as_json({name: getattr(form, name) for name in changed})
    pairs = {name: [before[name], value] for name, value in as_json(changed).items()}
    return json.dumps(pairs, ensure_ascii=False)[:_LONGEST_AUDIT]
