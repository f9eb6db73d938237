"""Reading the audit log (F8), and proving that it is what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.accounts.audit import AuditEntry, AuditFilter, ChainVerdict, verify
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.rights.seeing import without_numbers
from hotline.services.looks import note_look
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries, newest first. `older`: the `before` of the next page, None on the last one. `people`: the user names of
    all who have an account."""

    entries: Sequence[AuditEntry]
    older: int | None
    people: Sequence[str]


def read_audit(
    storage: Storage,
    actor: Actor,
    now: datetime,
    wanted: AuditFilter,
    limit: int,
    before: int | None = None,
    asked: str | None = None,
) -> AuditPage:
    """A page of the log. Whoever reads it stands in it, from then on: with what they `asked` for in words, once for
    all pages; without (None) with how many entries each page had. Who sees numbers masked sees them so here too, and
    finds nothing by one."""
    shown = _as_it_is if may(Act.SEE_NUMBERS, actor.roles) else _masked
    hidden = not may(Act.SEARCH_NUMBERS, actor.roles) and without_numbers(wanted.object) != wanted.object
    with storage.reading() as tx:
        found = [] if hidden else AuditLog(tx).search(wanted, limit + 1, before)
        people = [user.username for user in UserStore(tx).all()]
    page = [shown(entry) for entry in found[:limit]]
    if asked is None:
        note_look(storage, actor, now, "audit.view", "audit", f"{len(page)} entries")
    elif before is None:
        note_look(storage, actor, now, "audit.view", "audit", asked)
    return AuditPage(page, page[-1].id if len(found) > limit else None, people)


def _as_it_is(entry: AuditEntry) -> AuditEntry:
    return entry


def _masked(entry: AuditEntry) -> AuditEntry:
    """The hash of an entry in which something is hidden would tell it to whoever tries all numbers."""
    object_, detail = without_numbers(entry.object), without_numbers(entry.detail)
    if (object_, detail) == (entry.object, entry.detail):
        return entry
    return replace(entry, object=object_, detail=detail, hash="")


def search_audit(storage: Storage, wanted: AuditFilter, limit: int, before: int | None = None) -> list[AuditEntry]:
    """Newest first; with an id less than `before`, if given."""
    with storage.reading() as tx:
        return AuditLog(tx).search(wanted, limit, before)


def verify_audit(storage: Storage, noted: str = "") -> ChainVerdict:
    """Walk along the whole chain. `noted`: the newest hash as it was written down elsewhere some time ago."""
    with storage.reading() as tx:
        return verify(AuditLog(tx).chain(), noted)
