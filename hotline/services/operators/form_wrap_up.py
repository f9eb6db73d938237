"""Ends the wrap-up when the log form is done: the operator may have the next call."""

from __future__ import annotations

import logging

from hotline.domain.errors import PbxError
from hotline.domain.forms.form import CallForm, Origin
from hotline.domain.forms.search import FormFilter
from hotline.services.operators.presence import finish_wrap_up
from hotline.services.pbx import Pbx
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage

log = logging.getLogger(__name__)


def end_wrap_up(storage: Storage, pbx: Pbx, form: CallForm) -> None:
    """End the time for writing up, if it is this call's. That Asterisk does not answer undoes no record: the time
    ends by itself."""
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
