"""Log forms as they are begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from hotline.domain.calls.call import Call
from hotline.domain.forms.form import CallForm, Origin


def open_form(call: Call, at: datetime, owner: str = "1002", **changes: Any) -> CallForm:
    """This operator's of that call, begun at that moment."""
    begun = CallForm(
        node=call.node,
        linkedid=call.linkedid,
        line=call.line,
        number=call.caller.number,
        called_at=call.started_at,
        origin=Origin.OPERATOR,
        owner=owner,
        owner_name="",
        created_at=at,
        updated_at=at,
        updated_by="",
    )
    return replace(begun, **changes)
