"""The record of a call is written: its operator may have the next call."""

from __future__ import annotations

import logging

from hotline.domain.call_form import CallForm, Origin
from hotline.services.errors import PbxError
from hotline.services.ports import Pbx, Storage
from hotline.services.ports_forms import FormFilter
from hotline.services.presence import finish_wrap_up

log = logging.getLogger(__name__)


def end_wrap_up(storage: Storage, pbx: Pbx, form: CallForm) -> None:
    """End the time for writing up, if it is this call's. That Asterisk does not answer undoes no record: the time
    ends by itself."""
    if form.origin is not Origin.OPERATOR:
        return
    with storage.reading() as work:
        latest = work.forms.search(FormFilter(owners=(form.owner,)), limit=1)
    if not latest or latest[0].id != form.id:
        return
    try:
        finish_wrap_up(storage, pbx, form.owner)
    except PbxError as error:
        log.warning("the wrap-up of %s is not ended yet: %s", form.owner, error)
