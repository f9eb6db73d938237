"""Whoever is let in no more is offered no call any more, at a desk phone either (业务电话 12)."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.errors import PbxError
from hotline.domain.operators.presence import AWAY
from hotline.services.accounts.let_in_no_more import extensions_let_in_no_more
from hotline.services.pbx import Pbx
from hotline.storage.transaction import Storage


def sign_out_those_shut_out(storage: Storage, pbx: Pbx, now: datetime) -> list[str]:
    """Out of every queue, whoever's account is deactivated or over; a talk goes on. "queue extension" of each. Where
    Asterisk's own file keeps somebody, they are paused until it has read the file without them (`for_asterisk`). An
    Asterisk that is away is left to the next time."""
    with storage.reading() as tx:
        over = extensions_let_in_no_more(tx, now)
    if not over:
        return []
    gone = []
    try:
        for member in pbx.queue_members():
            queue, extension = member.get("Queue", ""), member.get("Location", "").removeprefix("PJSIP/")
            if extension in over and _taken_out(pbx, queue, extension, member.get("Membership"), member.get("Paused")):
                gone.append(f"{queue} {extension}")
    except PbxError:
        return gone
    return gone


def _taken_out(pbx: Pbx, queue: str, extension: str, membership: str | None, paused: str | None) -> bool:
    """False when nothing was left to do."""
    if membership != "static":
        pbx.queue_remove(queue, extension)
    elif paused == "1":
        return False
    else:
        pbx.queue_pause(extension, True, AWAY, queue)
    return True
