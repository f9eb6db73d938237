"""Transcripts that a search found: of one side of a call, with the second at which the words were said."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.calls.ledger import StoredCall
from hotline.domain.people import Actor
from hotline.domain.recordings.transcript import TRANSCRIPT, Transcript
from hotline.domain.rights.acts import Act, may
from hotline.domain.search.search import TextRange, places, snippet
from hotline.services.access import may_hear_recording
from hotline.services.searched import PLACES_SHOWN, FoundKind, FoundPlace, FoundText, call_of
from hotline.services.shown import number_shown
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Transaction


class _Transcripts(FoundKind):
    kind = TRANSCRIPT

    def hidden(self, tx: Transaction, source_ids: Sequence[int], actor: Actor) -> set[int]:
        """Of calls that they may not hear."""
        found = TranscriptStore(tx).by_ids(source_ids)
        heard: dict[int, bool] = {}
        for said in found.values():
            if said.recording_id not in heard:
                heard[said.recording_id] = may_hear_recording(tx, said.recording_id, actor)
        return {id for id in source_ids if id not in found or not heard[found[id].recording_id]}

    def read(
        self, tx: Transaction, source_ids: Sequence[int], words: Sequence[str], actor: Actor
    ) -> dict[int, FoundText]:
        said = TranscriptStore(tx).by_ids(source_ids)
        found = {id: _found(tx, id, each, words, actor) for id, each in said.items()}
        return {id: each for id, each in found.items() if each is not None}


def _found(tx: Transaction, source_id: int, said: Transcript, words: Sequence[str], actor: Actor) -> FoundText | None:
    recording = RecordingStore(tx).by_id(said.recording_id)
    if recording is None:
        return None
    standing = places(said.text, words)
    stored = call_of(tx, recording.node, recording.linkedid)
    return FoundText(
        TRANSCRIPT,
        source_id,
        stored.call.started_at if stored else recording.started_at,
        _number(stored, actor),
        len(standing),
        tuple(_said_at(said, standing[place:]) for place in range(min(len(standing), PLACES_SHOWN))),
        stored,
        said.recording_id,
        said.side,
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


def _number(stored: StoredCall | None, actor: Actor) -> str:
    if stored is None or stored.call.caller.withheld:
        return ""
    caller = stored.call.caller
    return number_shown(caller.number or caller.original, may(Act.SEE_NUMBERS, actor.roles))


FOUND = _Transcripts()
