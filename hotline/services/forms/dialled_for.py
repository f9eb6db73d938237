"""What the call of a log form was dialled for, if we dialled it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from hotline.domain.calls.call import Call
from hotline.domain.calls.dialled_id import is_dialled
from hotline.domain.dialling.dial import Dial
from hotline.services.dialled import FormStart, dialled_kinds
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Transaction


class DialledFor(BaseModel):
    """The object: kind and id."""

    model_config = ConfigDict(extra="forbid")

    kind: str
    id: int


def form_start(tx: Transaction, call: Call) -> FormStart:
    """What is written in its form from the beginning."""
    dial = _dial_of(tx, call.node, call.linkedid)
    kind = dialled_kinds().get(dial.object_kind) if dial is not None else None
    if dial is None or kind is None or kind.form is None:
        return FormStart(content=dial.reason if dial is not None else "")
    return kind.form(tx, dial)


def dialled_for(tx: Transaction, node: str, linkedid: str) -> DialledFor | None:
    """What is kept of it; None for nothing."""
    dial = _dial_of(tx, node, linkedid)
    if dial is None or not dial.object_kind:
        return None
    return DialledFor(kind=dial.object_kind, id=dial.object_id)


def _dial_of(tx: Transaction, node: str, linkedid: str) -> Dial | None:
    """Other calls are not asked about."""
    return DialStore(tx).of_linkedid(node, linkedid) if is_dialled(linkedid) else None
