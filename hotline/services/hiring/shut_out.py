"""Whoever is let in no more is offered no call any more, at a desk phone either (业务电话 12)."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.errors import PbxError
from hotline.services.pbx import Pbx
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.transaction import Storage


def sign_out_those_shut_out(storage: Storage, settings: Settings, pbx: Pbx, now: datetime) -> list[str]:
    """Out of every queue, whoever's account is deactivated or over; a talk goes on. "queue extension" of each. Queues
    in which the settings keep somebody are left to the settings, and an Asterisk that is away to the next time."""
    with storage.reading() as tx:
        over = {user.extension for user in UserStore(tx).all() if user.extension and not user.may_enter(now)}
    if not over:
        return []
    gone = []
    try:
        for member in pbx.queue_members():
            queue, extension = member.get("Queue", ""), member.get("Location", "").removeprefix("PJSIP/")
            kept = queue in settings.queues and extension in settings.queues[queue].members
            if extension in over and not kept:
                pbx.queue_remove(queue, extension)
                gone.append(f"{queue} {extension}")
    except PbxError:
        return gone
    return gone
