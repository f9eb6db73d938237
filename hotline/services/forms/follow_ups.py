"""What is opened from a log form: the request to block a nuisance caller. Callbacks and cases open theirs."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.cases.block_request import BlockRequest
from hotline.domain.errors import Conflict, Refused, WrongFields
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.text import clean
from hotline.services.forms.saving import read_form
from hotline.services.record_rights import require_for_form
from hotline.storage.audit import AuditLog
from hotline.storage.cases.block_requests import BlockRequestStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.transaction import Storage

MAX_DAYS = 3650


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
