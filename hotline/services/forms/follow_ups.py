"""What is opened from a log form: a case, the request to block a nuisance caller. Callbacks open theirs themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.cases.block_request import BlockRequest
from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.errors import Conflict, Refused, WrongFields
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.text import clean
from hotline.services.forms.saving import read_form
from hotline.services.record_rights import require_for_form
from hotline.services.recordings.transcription import hurry
from hotline.storage.audit import AuditLog
from hotline.storage.cases.block_requests import BlockRequestStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.transaction import Storage

MAX_DAYS = 3650


def open_case(
    storage: Storage, form_id: int, kind: CaseKind, title: str, content: str, actor: Actor, now: datetime
) -> ServiceCase:
    """With the next number of the day. Who opens it is responsible for it (B7). Raises NotFound, WrongFields,
    Forbidden."""
    title = clean(title, several_lines=False).strip()
    if not title:
        raise WrongFields({"title": "required"})
    with storage.writing() as tx:
        form = read_form(tx, form_id)
        require_for_form(tx, Act.OPEN_CASE, form, actor, now)
        draft = ServiceCase(
            number="",
            kind=kind,
            title=title,
            content=clean(content, several_lines=True).strip(),
            owner=actor.name,
            opened_by=actor.name,
            opened_at=now,
            form_id=form.id,
            customer_id=form.customer_id,
            caller_number=form.number,
        )
        case = CaseStore(tx).add(draft, local_day(now))
        hurry(tx, form.node, form.linkedid)
        AuditLog(tx).add(now, actor.name, "case.open", f"case:{case.number}", f"form {form_id}")
    return case


def ask_to_block(
    storage: Storage, form_id: int, reason: str, days: int | None, actor: Actor, now: datetime
) -> BlockRequest:
    """A15: for `days` from the decision on, or until lifted. Raises NotFound, WrongFields without a reason, Refused
    for a number that is not known, Conflict while another request for it awaits its decision, Forbidden."""
    reason = clean(reason, several_lines=False).strip()
    if not reason:
        raise WrongFields({"reason": "required"})
    with storage.writing() as tx:
        form = read_form(tx, form_id)
        require_for_form(tx, Act.ASK_TO_BLOCK, form, actor, now)
        if not form.number:
            raise Refused("forms.number_withheld")
        if BlocklistStore(tx).active(form.number, now):
            raise Conflict("forms.blocked_already")
        request = BlockRequestStore(tx).add(
            BlockRequest(
                number=form.number,
                reason=reason,
                asked_by=actor.name,
                asked_at=now,
                node=form.node,
                linkedid=form.linkedid,
                expires_at=now + timedelta(days=days) if days else None,
            )
        )
        if request is None:
            raise Conflict("forms.block_asked_already")
        AuditLog(tx).add(now, actor.name, "block.ask", f"form:{form_id}", reason)
    return request
