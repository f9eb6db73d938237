"""Finding calls by what was said in them and written about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import WrongFields
from hotline.domain.forms.form import CallForm
from hotline.domain.people import MANAGERS, OVERSEERS, Actor
from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.recordings.transcript import Side, Transcript
from hotline.domain.search.search import (
    FORM,
    LONGEST_QUERY,
    TRANSCRIPT,
    SearchFilter,
    SearchHit,
    Snippet,
    TextRange,
    is_number_found,
    places,
    snippet,
    whose_marks,
    words_of,
)
from hotline.services.access import may_hear_recording
from hotline.services.looks import note_look
from hotline.services.shown import number_shown
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.search.store import SearchStore
from hotline.storage.transaction import Storage, Transaction

MAX_OFFSET = 10_000
#: Of one transcript or record so many places are shown.
_PLACES_SHOWN = 3
#: Hits of the index are looked through so many at a time.
_AT_ONCE = 100


class Where(StrEnum):
    """What is looked through."""

    ALL = "all"
    TRANSCRIPT = TRANSCRIPT
    FORM = FORM


@dataclass(frozen=True, slots=True)
class Question:
    """`q`: words divided by blanks; all must stand in what is found. `operator`: whose calls, by extension."""

    q: str
    since: datetime | None = None
    until: datetime | None = None
    where: Where = Where.ALL
    operator: str = ""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """One place. In a transcript `from_second` and `to_second` count from the recording's begin; in a record `field`
    says where."""

    snippet: Snippet
    from_second: float | None = None
    to_second: float | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class FoundText:
    """A transcript of one side, or a record, in which all words stand. `count`: in how many places; `shown`: the
    first of them. `number`: the caller's as whoever asks may see it, "" when withheld or not known."""

    kind: str
    called_at: datetime
    number: str
    count: int
    shown: tuple[FoundPlace, ...]
    stored: StoredCall | None = None
    recording: RecordingEntry | None = None
    side: Side | None = None
    form: CallForm | None = None

    @property
    def second(self) -> float | None:
        """Where to begin to listen."""
        return self.shown[0].from_second if self.shown else None


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The newest call first; `more`: there are others after these."""

    found: tuple[FoundText, ...]
    more: bool


def search(storage: Storage, asked: Question, actor: Actor, limit: int, now: datetime, offset: int = 0) -> FoundPage:
    """Where the words stand; operators find only in their own calls and records, and nobody what was said in a call
    that they may not hear. Each question stands in the audit
    log (F8). Raises WrongFields for a question that is too long."""
    if len(asked.q) > LONGEST_QUERY:
        raise WrongFields({"q": "too_long"})
    words = words_of(asked.q)
    if not words:
        return FoundPage((), False)
    wanted = SearchFilter(
        words, asked.since, asked.until, "" if asked.where is Where.ALL else asked.where.value, _whose(asked, actor)
    )
    with storage.reading() as tx:
        first = min(offset, MAX_OFFSET)
        hits = _hits(tx, wanted, actor, first + limit + 1)[first:]
        found = _found(tx, hits[:limit], words, actor)
    note_look(storage, actor, now, "search", "calls", f"{' '.join(words)}: {len(found)} found")
    return FoundPage(tuple(found), len(hits) > limit)


def _whose(asked: Question, actor: Actor) -> tuple[str, ...]:
    """Marks of whose calls and records may be found; () all. Whoever has no extension has no calls of their own."""
    if actor.has_role(*OVERSEERS):
        return whose_marks(asked.operator) if asked.operator else ()
    own = actor.extension or "\0nobody"
    if asked.operator and asked.operator != own:
        return whose_marks("\0nobody")
    return whose_marks(own, actor.display_name if actor.user_id is not None else "")


def _hits(tx: Transaction, wanted: SearchFilter, actor: Actor, wanted_hits: int) -> list[SearchHit]:
    """The first of what they may read: of calls that they may not hear nothing that was said, nor that it was."""
    if actor.has_role(*MANAGERS):
        return SearchStore(tx).find(wanted, wanted_hits)
    hits: list[SearchHit] = []
    at = 0
    while len(hits) < wanted_hits and (some := SearchStore(tx).find(wanted, _AT_ONCE, at)):
        at += len(some)
        silent = _not_to_be_heard(tx, [hit.source_id for hit in some if hit.kind == TRANSCRIPT], actor)
        hits += [hit for hit in some if hit.kind != TRANSCRIPT or hit.source_id not in silent]
    return hits[:wanted_hits]


def _not_to_be_heard(tx: Transaction, transcript_ids: Sequence[int], actor: Actor) -> set[int]:
    found = SearchStore(tx).transcripts(transcript_ids)
    heard: dict[int, bool] = {}
    for said in found.values():
        if said.recording_id not in heard:
            heard[said.recording_id] = may_hear_recording(tx, said.recording_id, actor)
    return {id for id in transcript_ids if id not in found or not heard[found[id].recording_id]}


def _found(tx: Transaction, hits: Sequence[SearchHit], words: Sequence[str], actor: Actor) -> list[FoundText]:
    """What was deleted since it was found is left out."""
    said = SearchStore(tx).transcripts([hit.source_id for hit in hits if hit.kind == TRANSCRIPT])
    found = (
        _in_transcript(tx, said.get(hit.source_id), words, actor)
        if hit.kind == TRANSCRIPT
        else _in_form(tx, FormStore(tx).by_id(hit.source_id), words, actor)
        for hit in hits
    )
    return [each for each in found if each is not None]


def _in_transcript(tx: Transaction, said: Transcript | None, words: Sequence[str], actor: Actor) -> FoundText | None:
    recording = RecordingStore(tx).by_id(said.recording_id) if said else None
    if said is None or recording is None:
        return None
    standing = places(said.text, words)
    stored = _call(tx, recording.node, recording.linkedid)
    shown = tuple(_said_at(said, standing[place:]) for place in range(min(len(standing), _PLACES_SHOWN)))
    return FoundText(
        TRANSCRIPT,
        stored.call.started_at if stored else recording.started_at,
        _number(stored, actor),
        len(standing),
        shown,
        stored,
        recording,
        said.side,
    )


def _in_form(tx: Transaction, form: CallForm | None, words: Sequence[str], actor: Actor) -> FoundText | None:
    if form is None:
        return None
    shown: list[FoundPlace] = []
    count = 0
    for field, text in form.searched:
        standing = places(text, words)
        count += len(standing)
        if standing:
            shown.append(FoundPlace(snippet(text, standing), field=field))
    for field, number in form.searched_numbers:
        if is_number_found(number, words):
            count += 1
            whole = number_shown(number, actor.has_role(*OVERSEERS))
            shown.append(FoundPlace(Snippet(((whole, True),), False, False), field=field))
    stored = _call(tx, form.node, form.linkedid)
    return FoundText(
        FORM,
        form.called_at,
        number_shown(form.number, actor.has_role(*OVERSEERS)) if form.number else "",
        count,
        tuple(shown[:_PLACES_SHOWN]),
        stored,
        form=form,
    )


def _said_at(said: Transcript, standing: Sequence[TextRange]) -> FoundPlace:
    """The first of these places. A transcript's text is its words one after the other."""
    place = standing[0]
    first = last = None
    at = 0
    for word in said.words:
        end = at + len(word.text)
        if first is None and end > place.start:
            first = word
        if at < place.end:
            last = word
        at = end
    return FoundPlace(snippet(said.text, standing), first.start if first else None, last.end if last else None)


def _call(tx: Transaction, node: str, linkedid: str) -> StoredCall | None:
    call_id = CallStore(tx).id_of(node, linkedid)
    return CallStore(tx).by_id(call_id) if call_id is not None else None


def _number(stored: StoredCall | None, actor: Actor) -> str:
    if stored is None or stored.call.caller.withheld:
        return ""
    caller = stored.call.caller
    return number_shown(caller.number or caller.original, actor.has_role(*OVERSEERS))
