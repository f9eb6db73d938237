"""B2: links by which duty people write up the calls that they took, without an account.

A link leads to one log form, is opened in one browser, and is used up when the form is done
(hotline.services.links).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from hotline.domain.errors import Conflict, Refused
from hotline.domain.forms.form import CallForm, Origin
from hotline.domain.links.link import Holder, HolderKind, Link
from hotline.services.forms.saving import Shown, finish, link_object, read_form, save
from hotline.services.forms.view import FormView, duty_form_view
from hotline.services.links import links
from hotline.services.links.links import NewLink, require_open, use_link
from hotline.settings import Settings
from hotline.storage.transaction import Storage, Transaction

PURPOSE = "duty"


def make_link(storage: Storage, settings: Settings, form_id: int, by: str, now: datetime) -> NewLink:
    """A new link to this log form; earlier ones let nobody in any more. Raises NotFound, Refused for a call that was
    not taken on the duty mobile and without web.public_url, Conflict when the form is done."""
    links.require_offered(storage, settings, now)
    expires_at = now + timedelta(hours=settings.form.link_hours)
    with storage.writing() as tx:
        form = read_form(tx, form_id)
        if form.origin is not Origin.DUTY:
            raise Refused("forms.link_only_for_duty")
        if form.is_done:
            raise Conflict("forms.record_done")
        holder = Holder(HolderKind.OTHER, name=form.owner_name)
        links.revoke_to(tx, link_object(form_id), by, now)
        return links.make_link(
            tx, settings, PURPOSE, link_object(form_id), holder, by=by, expires_at=expires_at, now=now
        )


def form_of_link(storage: Storage, settings: Settings, link: Link, now: datetime) -> FormView:
    """What the page of an open link shows. Raises NotFound."""
    with storage.reading() as tx:
        return duty_form_view(tx, settings, read_form(tx, link.object_id), now)


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
        link, form = _opened(tx, token, browser, now)
        allowed = {name: value for name, value in changes.items() if name != "customer_id"}
        saved = save(tx, settings, form, version, allowed, links.who(link), now, _shown(settings, now))
    return _seen(storage, settings, saved, now)


def finish_by_link(
    storage: Storage, settings: Settings, token: str, browser: str, version: int, now: datetime
) -> FormView:
    """The record is done, and the link used up. Raises as `save_by_link`."""
    with storage.writing() as tx:
        link, form = _opened(tx, token, browser, now)
        use_link(tx, link, now)
        done = finish(tx, settings, form, version, links.who(link), now, _shown(settings, now))
    return _seen(storage, settings, done, now)


def _opened(tx: Transaction, token: str, browser: str, now: datetime) -> tuple[Link, CallForm]:
    link = require_open(tx, PURPOSE, token, browser, now)
    return link, read_form(tx, link.object_id)


def _shown(settings: Settings, now: datetime) -> Shown:
    return lambda tx, form: duty_form_view(tx, settings, form, now).model_dump(mode="json")


def _seen(storage: Storage, settings: Settings, form: CallForm, now: datetime) -> FormView:
    with storage.reading() as tx:
        return duty_form_view(tx, settings, form, now)
