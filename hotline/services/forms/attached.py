"""Files that callers sent stand with the log form of their call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hotline.domain.errors import Forbidden
from hotline.domain.people import Actor
from hotline.domain.retention.privacy import KeptCall
from hotline.domain.rights.seeing import may_see
from hotline.services.attached import AttachedTo
from hotline.services.forms.saving import read_form
from hotline.services.record_rights import may_write, require_for_form, writing
from hotline.services.sight import sight_of
from hotline.storage.transaction import Transaction


def _require_see(tx: Transaction, form_id: int, actor: Actor, now: datetime) -> None:
    """A photograph or a document tells who the caller is: it is for who writes the form, or sees the number whole
    (A14)."""
    form = read_form(tx, form_id)
    if not may_write(tx, form, actor, now) and not may_see(sight_of(tx, actor), form.number):
        raise Forbidden("attachments.not_yours_to_see")


def _require_add(tx: Transaction, form_id: int, actor: Actor, now: datetime) -> None:
    form = read_form(tx, form_id)
    require_for_form(tx, writing(form), form, actor, now)


def _of_call(call: KeptCall) -> Iterable[int]:
    return (call.form.id,) if call.form is not None and call.form.id is not None else ()


ATTACHED = AttachedTo("form", _require_see, _require_add, _of_call)
