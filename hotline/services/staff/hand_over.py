"""The moment at which an extension passed on, put right: whoever enters a hand-over late has the rest follow."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from hotline.domain.calls.ledger import CallFilter
from hotline.domain.calls.renamed import renamed
from hotline.domain.errors import NotFound, Refused
from hotline.domain.people import Actor
from hotline.domain.staff.records import Tenure
from hotline.domain.staff.spans import require_forward, require_sole_holder
from hotline.services.staff.people import person_of
from hotline.services.staff.rights import require_to_change
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.transaction import Storage, Transaction

_AT_ONCE = 200


def correct(storage: Storage, person_id: int, tenure_id: int, since: datetime, actor: Actor, now: datetime) -> Tenure:
    """They have had this extension since then, and whoever had it before until then. Names in the ledger and in log
    forms follow; all else asks who it was. Raises Forbidden, NotFound, Refused."""
    require_to_change(actor)
    with storage.writing() as tx:
        tenures = TenureStore(tx).search()
        old = next((each for each in tenures if each.id == tenure_id and each.person_id == person_id), None)
        if old is None:
            raise NotFound("staff.no_tenure")
        moved = _moved(old, since, now)
        before = next((each for each in tenures if each.extension == old.extension and each.until == old.since), None)
        others = [each for each in tenures if each not in (old, before)]
        require_sole_holder(others, moved)
        if before is not None:
            shortened = dataclasses.replace(before, until=since)
            require_forward(shortened)
            require_sole_holder(others, shortened)
            TenureStore(tx).end(before.id or 0, since)
        TenureStore(tx).begin(tenure_id, since)
        _rename(tx, old, moved, before, now)
        AuditLog(tx).add(now, actor.name, "extension.correct", f"person:{person_id}", _said(old, moved))
    return moved


def _moved(old: Tenure, since: datetime, now: datetime) -> Tenure:
    if old.since is None:
        raise Refused("staff.first_holder")
    if since > now:
        raise Refused("staff.not_yet")
    moved = dataclasses.replace(old, since=since)
    require_forward(moved)
    return moved


def _rename(tx: Transaction, old: Tenure, moved: Tenure, before: Tenure | None, now: datetime) -> None:
    """What lies between the two moments; of an extension that nobody had before, the names stay."""
    assert old.since is not None and moved.since is not None
    holder = moved if moved.since < old.since else before
    if holder is None:
        return
    name = person_of(tx, holder.person_id).name
    since, until = sorted((old.since, moved.since))
    FormStore(tx).name_owner(old.extension, since, until, name)
    between, offset = CallFilter(since=since, until=until), 0
    while some := CallStore(tx).search(between, _AT_ONCE, offset).calls:
        CallStore(tx).save([renamed(each.call, old.extension, name) for each in some], now)
        offset += len(some)


def _said(old: Tenure, moved: Tenure) -> str:
    assert old.since is not None and moved.since is not None
    return f"{old.extension}: {old.since.isoformat()} -> {moved.since.isoformat()}"
