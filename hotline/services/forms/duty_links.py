"""B2: links by which duty people write up the calls that they took, without an account.

A link leads to one record, is opened in one browser, and is used up when the record is done. Only hashes of what opens
it are kept.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.domain.forms.duty_link import DutyLink, LinkState, link_state
from hotline.domain.forms.form import CallForm, Origin
from hotline.services.forms.saving import Shown, finish, read_form, save
from hotline.services.forms.view import FormView, duty_form_view
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.forms.duty_links import DutyLinkStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage, Transaction

#: Bytes of chance in a link, and in what its browser is given.
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class NewDutyLink:
    """`token` exists nowhere else."""

    token: str
    form_id: int
    person: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A link as a browser finds it; `form` only where that browser may write it."""

    state: LinkState
    link: DutyLink
    form: FormView | None = None


def make_link(storage: Storage, settings: Settings, form_id: int, by: str, now: datetime) -> NewDutyLink:
    """A new link to this record; earlier ones let nobody in any more. Raises NotFound, Refused for a call that was not
    taken on the duty mobile, Conflict when the record is done."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    expires_at = now + timedelta(hours=settings.form.link_hours)
    with storage.writing() as tx:
        form = read_form(tx, form_id)
        if form.origin is not Origin.DUTY:
            raise Refused("forms.link_only_for_duty")
        if form.is_done:
            raise Conflict("forms.record_done")
        DutyLinkStore(tx).withdraw(form_id, now)
        DutyLinkStore(tx).add(DutyLink(_hash(token), form_id, form.owner_name, now, by, expires_at))
        AuditLog(tx).add(now, by, "duty_link.make", f"form:{form_id}", f"for {form.owner_name}"[:200])
    return NewDutyLink(token, form_id, form.owner_name, expires_at)


def take_back(storage: Storage, made: NewDutyLink, by: str, now: datetime) -> None:
    """Nobody could be told of this link: as if it had never been made."""
    with storage.writing() as tx:
        DutyLinkStore(tx).forget(_hash(made.token))
        AuditLog(tx).add(now, by, "duty_link.take_back", f"form:{made.form_id}")


def look(storage: Storage, settings: Settings, token: str, browser: str, now: datetime) -> OpenedLink | None:
    """What the link is to the browser with that secret ("" for none); None: there is no such link."""
    with storage.reading() as tx:
        found = _look(tx, token, browser, now)
        if found is None:
            return None
        form = duty_form_view(tx, settings, found.form, now) if found.form else None
        return OpenedLink(found.state, found.link, form)


def open_link(storage: Storage, token: str, now: datetime) -> str | None:
    """Bind the link to whoever opens it first: the secret that their browser must show from now on. None when it is
    not to be opened any more."""
    browser = secrets.token_urlsafe(_TOKEN_BYTES)
    with storage.writing() as tx:
        found = _look(tx, token, "", now)
        if found is None or found.state is not LinkState.NEW or found.link.id is None:
            return None
        if not DutyLinkStore(tx).open(found.link.id, _hash(browser), now):
            return None
        AuditLog(tx).add(now, _who(found.link), "duty_link.open", f"form:{found.link.form_id}")
    return browser


def save_by_link(
    storage: Storage,
    settings: Settings,
    token: str,
    browser: str,
    version: int,
    changes: Mapping[str, Any],
    now: datetime,
) -> FormView:
    """Raises Forbidden when the link does not let this browser in, Outdated with the form as it is, WrongFields."""
    with storage.writing() as tx:
        link, form = _require_open(tx, token, browser, now)
        allowed = {name: value for name, value in changes.items() if name != "customer_id"}
        saved = save(tx, settings, form, version, allowed, _who(link), now, _shown(settings, now))
    return _seen(storage, settings, saved, now)


def finish_by_link(
    storage: Storage, settings: Settings, token: str, browser: str, version: int, now: datetime
) -> FormView:
    """The record is done, and the link used up. Raises as `save_by_link`."""
    with storage.writing() as tx:
        link, form = _require_open(tx, token, browser, now)
        assert link.id is not None
        done = finish(tx, settings, form, version, _who(link), now, _shown(settings, now))
        DutyLinkStore(tx).use(link.id, now)
    return _seen(storage, settings, done, now)


@dataclass(frozen=True, slots=True)
class _Found:
    state: LinkState
    link: DutyLink
    form: CallForm | None


def _look(tx: Transaction, token: str, browser: str, now: datetime) -> _Found | None:
    link = DutyLinkStore(tx).by_token(_hash(token))
    if link is None:
        return None
    form = FormStore(tx).by_id(link.form_id)
    if form is None:
        return None
    state = link_state(link, _hash(browser) if browser else "", now)
    if form.is_done:
        state = LinkState.USED
    return _Found(state, link, form if state is LinkState.OPEN else None)


def _require_open(tx: Transaction, token: str, browser: str, now: datetime) -> tuple[DutyLink, CallForm]:
    found = _look(tx, token, browser, now)
    if found is None or found.form is None:
        raise Forbidden("forms.link_over")
    return found.link, found.form


def _shown(settings: Settings, now: datetime) -> Shown:
    return lambda tx, form: duty_form_view(tx, settings, form, now).model_dump(mode="json")


def _seen(storage: Storage, settings: Settings, form: CallForm, now: datetime) -> FormView:
    with storage.reading() as tx:
        return duty_form_view(tx, settings, form, now)


def _who(link: DutyLink) -> str:
    """As the audit log and the record's history have the duty person."""
    return f"duty:{link.person}" if link.person else "duty"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
