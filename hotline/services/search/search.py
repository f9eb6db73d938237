"""Finding calls by what was said in them and written about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import WrongFields
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.search.search import LONGEST_QUERY, Marked, SearchFilter, SearchHit, marked, words_of
from hotline.services.looks import note_look
from hotline.services.searched import FoundText, found_kinds
from hotline.services.staff.whose import whose, within
from hotline.storage.search.store import SearchStore
from hotline.storage.transaction import Storage, Transaction

MAX_OFFSET = 10_000
#: Hits of the index are looked through so many at a time.
_AT_ONCE = 100
#: All kinds of texts are looked through.
ALL = "all"


def kinds() -> tuple[str, ...]:
    """What can be looked through: all, or one kind of text."""
    return (ALL, *found_kinds())


@dataclass(frozen=True, slots=True)
class Question:
    """`q`: words divided by blanks; all must stand in what is found. `where`: one of `kinds`. `operator`: whose calls
    (hotline.services.staff.whose)."""

    q: str
    since: datetime | None = None
    until: datetime | None = None
    where: str = ALL
    operator: str = ""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The newest call first; `more`: there are others after these."""

    found: tuple[FoundText, ...]
    more: bool


def search(storage: Storage, asked: Question, actor: Actor, limit: int, now: datetime, offset: int = 0) -> FoundPage:
    """Where the words stand; operators find only in their own calls and log forms, leaders in those of whom they lead
    too, and nobody what a feature hides from them. Each question stands in the audit log (F8). Raises WrongFields
    for a question that is too long."""
    if len(asked.q) > LONGEST_QUERY:
        raise WrongFields({"q": "too_long"})
    words = words_of(asked.q)
    if not words:
        return FoundPage((), False)
    with storage.reading() as tx:
        where = "" if asked.where == ALL else asked.where
        theirs = _whose(tx, asked, actor, now)
        wanted = SearchFilter(words, asked.since, asked.until, where, marked=theirs)
        first = min(offset, MAX_OFFSET)
        hits = _hits(tx, wanted, actor, first + limit + 1)[first:]
        found = _found(tx, hits[:limit], words, actor)
    note_look(storage, actor, now, "search", "calls", f"{' '.join(words)}: {len(found)} found")
    return FoundPage(tuple(found), len(hits) > limit)


def _whose(tx: Transaction, asked: Question, actor: Actor, now: datetime) -> tuple[Marked, ...] | None:
    """Whose calls and records may be found; None: all. Whoever had no extension has no calls of their own."""
    theirs = within(Act.SEARCH, actor, whose(tx, asked.operator, now))
    if may(Act.SEARCH, actor.roles):
        return None if theirs is None else marked(theirs)
    own = asked.operator in ("", actor.extension) and actor.user_id is not None
    return marked(theirs or (), actor.display_name if own else "")


def _hits(tx: Transaction, wanted: SearchFilter, actor: Actor, wanted_hits: int) -> list[SearchHit]:
    """The first of what they may read, or know of."""
    if may(Act.HEAR, actor.roles):
        return SearchStore(tx).find(wanted, wanted_hits)
    hits: list[SearchHit] = []
    at = 0
    while len(hits) < wanted_hits and (some := SearchStore(tx).find(wanted, _AT_ONCE, at)):
        at += len(some)
        hidden = _hidden(tx, some, actor)
        hits += [hit for hit in some if hit not in hidden]
    return hits[:wanted_hits]


def _hidden(tx: Transaction, hits: Sequence[SearchHit], actor: Actor) -> set[SearchHit]:
    """Those that no feature lets them know of."""
    kinds = found_kinds()
    of_kind = {kind: [hit.source_id for hit in hits if hit.kind == kind] for kind in kinds}
    hidden = {kind: each.hidden(tx, of_kind[kind], actor) for kind, each in kinds.items()}
    return {hit for hit in hits if hit.kind not in kinds or hit.source_id in hidden[hit.kind]}


def _found(tx: Transaction, hits: Sequence[SearchHit], words: Sequence[str], actor: Actor) -> list[FoundText]:
    """What was deleted since it was found is left out."""
    found = {
        (kind, source_id): text
        for kind, each in found_kinds().items()
        for source_id, text in each.read(tx, [hit.source_id for hit in hits if hit.kind == kind], words, actor).items()
    }
    return [found[hit.kind, hit.source_id] for hit in hits if (hit.kind, hit.source_id) in found]
