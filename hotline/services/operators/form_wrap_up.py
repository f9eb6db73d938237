"""Ends the wrap-up when the log form is done: the operator may have the next call."""

from __future__ import annotations

import logging
from datetime import datetime

from hotline.domain.errors import PbxError
from hotline.domain.forms.form import Origin
from hotline.domain.forms.search import FormFilter
from hotline.domain.people import Actor
from hotline.services.forms.saving import finish_form
from hotline.services.forms.view import FormView
from hotline.services.operators.presence import finish_wrap_up
from hotline.services.pbx import Pbx
from hotline.settings import Settings
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage

log = logging.getLogger(__name__)


def finish_form_and_wrap_up(
    storage: Storage, settings: Settings, pbx: Pbx, form_id: int, version: int, actor: Actor, now: datetime
) -> FormView:
    """The record is done, and the owner's time for writing up over, if it is this call's. That Asterisk does not answer
    undoes no record: the time ends by itself. Raises as `finish_form`."""
    done = finish_form(storage, settings, form_id, version, actor, now)
    _end_wrap_up(storage, pbx, done)
    return done


def _end_wrap_up(storage: Storage, pbx: Pbx, form: FormView) -> None:
    if form.origin is not Origin.OPERATOR:
        return
    with storage.reading() as tx:
        latest = FormStore(tx).search(FormFilter(owners=(form.owner,)), limit=1)
    if not latest or latest[0].id != form.id:
        return
    try:
        finish_wrap_up(storage, pbx, form.owner)
    except PbxError as error:
        log.warning("the wrap-up of %s is not ended yet: %s", form.owner, error)
