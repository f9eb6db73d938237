"""Calls kept, measured and examined, and people who examine."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from hotline.bootstrap import Hotline
from hotline.domain.accounts.user import User
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.people import Actor, Role
from hotline.domain.quality.results import StoredFinding
from hotline.services.calls.ledger import record
from hotline.services.consequences import consequences
from hotline.services.quality.measuring import measure_call
from hotline.storage.accounts.users import UserStore
from hotline.storage.calls.store import CallStore
from tests.support.sample_calls import MONDAY_TEN, answered_call


def keep_call(hotline: Hotline, linkedid: str, start: datetime = MONDAY_TEN, **changes: object) -> StoredCall:
    """An answered call of 1002, who passed the caller on to 1001, with its record."""
    call = dataclasses.replace(answered_call(linkedid, start), **changes)  # type: ignore[arg-type]
    record(
        hotline.storage, call.node, [call], [], lambda _call: None, hotline.clock(), also=consequences(hotline.settings)
    )
    with hotline.storage.reading() as tx:
        stored = CallStore(tx).by_id(CallStore(tx).id_of(call.node, linkedid) or 0)
    assert stored is not None
    return stored


def measure(hotline: Hotline, stored: StoredCall) -> list[StoredFinding]:
    with hotline.storage.writing() as tx:
        return measure_call(tx, hotline.settings, stored, None, hotline.clock())


def a_person(hotline: Hotline, username: str, *roles: Role, extension: str | None = None) -> Actor:
    """Somebody with an account, as they act."""
    with hotline.storage.writing() as tx:
        user = UserStore(tx).add(
            User(username, username.title(), "x", roles, False, True, hotline.clock(), extension=extension)
        )
    return Actor(username, roles, user.display_name, user.id, extension)
