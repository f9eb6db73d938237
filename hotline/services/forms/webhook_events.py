"""What web hooks are told of log forms."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from pydantic import Field

from hotline.domain.forms.form import CallForm, FormState
from hotline.services.outbox_topics import FORM
from hotline.services.webhook_event import Happening, Show, Snapshot, Told, WebhookEvents
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Transaction


class RecordTold(Told):
    call_id: int | None = Field(description="its call's row in the ledger")
    line: str
    state: FormState
    owner: str = Field(description="extension, or `duty`: the duty mobile")
    caller_number: str = Field(description="empty when withheld")
    category: str
    solved: bool | None
    complaint: bool | None
    called_at: datetime
    done_at: datetime | None
    due_at: datetime | None = Field(description="when it must be done (B2)")
    promise_due_at: datetime | None = Field(description="when something was promised by (B6)")
    promise_kept_at: datetime | None


def _happened(payload: Mapping[str, object]) -> Iterator[Happening]:
    form_id = payload.get("form_id")
    if isinstance(form_id, int):
        yield Happening("record.opened", form_id, f"record.opened:{form_id}")
        if payload.get("state") == FormState.DONE.value:
            yield Happening("record.done", form_id, f"record.done:{form_id}:{payload.get('version')}")


def _read(tx: Transaction, ids: Collection[int], show: Show) -> dict[int, Snapshot]:
    forms = FormStore(tx).by_ids(ids)
    calls = CallStore(tx).ids_by_call((form.node, form.linkedid) for form in forms)
    return {
        form.id: Snapshot(form.called_at, _told(form.id, form, calls.get((form.node, form.linkedid)), show))
        for form in forms
        if form.id is not None
    }


def _told(form_id: int, form: CallForm, call_id: int | None, show: Show) -> RecordTold:
    return RecordTold(
        id=form_id,
        call_id=call_id,
        line=form.line,
        state=form.state,
        owner=form.owner if form.origin == "operator" else form.origin.value,
        caller_number=show(form.number),
        category=form.category,
        solved=form.solved,
        complaint=form.complaint,
        called_at=form.called_at,
        done_at=form.done_at,
        due_at=form.due_at,
        promise_due_at=form.promise_due_at,
        promise_kept_at=form.promise_kept_at,
    )


EVENTS = WebhookEvents("record", FORM, ("record.opened", "record.done"), RecordTold, _happened, _read)
