"""The operator ends the talk by handing the caller over, who says by a key how the call was (E9)."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.errors import Conflict, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.calls.asking import asks_rating
from hotline.services.operators.call_control import is_of, lead_away, talking_with
from hotline.services.operators.own_calls import in_progress
from hotline.services.pbx import Pbx
from hotline.services.recordings.pause import recorded_channel
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage

#: Of config/asterisk/extensions.conf.j2.
CONTEXT, EXTENSION = "hl-rating", "handed_over"


def hand_over(
    storage: Storage, settings: Settings, pbx: Pbx, call_id: int, actor: Actor, extension: str, now: datetime
) -> None:
    """The talk and its recording end, and the caller is asked. `extension`: theirs, who talks. Raises Forbidden,
    NotFound when the call is over, Conflict when it is not theirs to end, Refused where this call asks nothing,
    PbxError."""
    require_right(Act.HAND_TO_RATING, actor)
    call = in_progress(storage, call_id).call
    channel = recorded_channel(pbx, call.linkedid)
    _require_talks(pbx, call.linkedid, channel, extension)
    if not asks_rating(call, settings):
        raise Refused("satisfaction.not_asked")
    with storage.writing() as tx:
        AuditLog(tx).add(now, actor.name, "rating.hand_over", f"call:{call_id}")
    lead_away(pbx, call.linkedid, channel, EXTENSION, CONTEXT)


def _require_talks(pbx: Pbx, linkedid: str, caller: str, extension: str) -> None:
    """Whoever consults a colleague has the caller on hold, and comes back to them first."""
    if talking_with(pbx, [extension], caller):
        return
    if any(is_of(each, extension) and each.get("Linkedid") == linkedid for each in pbx.channels()):
        raise Conflict("satisfaction.consults")
    raise Conflict("satisfaction.not_your_talk")
