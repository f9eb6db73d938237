"""An example as everybody hears and reads it (F9): its part alone, without what tells who the customer is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import Field

from hotline.domain.calls.call import Call
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import Forbidden, NotFound
from hotline.domain.examination.masking import masked, names_of
from hotline.domain.examination.records import Example
from hotline.domain.people import Actor
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.domain.recordings.transcript import Side, Transcript, TranscriptState, Word
from hotline.domain.rights.hearing import ExamplePart, may_hear
from hotline.services.access import hearing_of
from hotline.services.examination.examples import list_examples
from hotline.services.examination.improvement_view import ExampleView, example_view
from hotline.services.examination.quality_view import WordView
from hotline.services.examination.view import ExaminationPart
from hotline.services.quality.measuring import talk_recording
from hotline.storage.calls.store import CallStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.examination.corrective_actions import ExampleStore
from hotline.storage.forms.store import FormStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage, Transaction

#: A word that the part's edge cuts by no more than that is still in it.
_EDGE_SECONDS = 0.2


class SaidView(ExaminationPart):
    """Of one side; seconds from the clip's begin."""

    side: str = Field(description="caller or ours")
    words: list[WordView]


class ExampleShownView(ExampleView):
    """`seconds` of the clip, null while its sound is not there. Numbers and the customer's name are hidden by ＊."""

    seconds: float | None
    said: list[SaidView]
    withheld: bool = Field(description="it is of a call of their own that whoever asks may not hear, or not yet")


@dataclass(frozen=True, slots=True)
class ClipSource:
    """Where a clip is cut from, and what of it is silent."""

    entry: RecordingEntry
    start: float
    end: float
    silenced: tuple[Side, ...]


def clip_source(storage: Storage, example_id: int, actor: Actor) -> ClipSource:
    """Raises NotFound: unknown, no longer shown, or without sound; Forbidden for who may not hear its call."""
    with storage.reading() as tx:
        example = _shown(tx, example_id)
        stored = _call(tx, example)
        entry = _sound(stored)
        if stored is None or entry is None:
            raise NotFound("examination.example_recording_gone")
        person, part = hearing_of(tx, stored.call, actor), ExamplePart(example.caller_allowed)
    if not may_hear(person, Side.OURS, part):
        raise Forbidden("examination.example_not_to_be_heard")
    silenced = tuple(side for side in Side if not may_hear(person, side, part))
    return ClipSource(entry, example.begins, example.ends, silenced)


def shown_example(storage: Storage, example_id: int, actor: Actor) -> ExampleShownView:
    """Raises NotFound."""
    with storage.reading() as tx:
        return _with_words(tx, _shown(tx, example_id), actor)


def examples_with_words(storage: Storage, actor: Actor, limit: int) -> list[ExampleShownView]:
    """Newest first."""
    with storage.reading() as tx:
        return [_with_words(tx, each, actor) for each in list_examples(tx, limit)]


def _with_words(tx: Transaction, example: Example, actor: Actor) -> ExampleShownView:
    """The example with what was said in its part, unless it is of a call that this person may not hear. The caller's
    words are read even where their voice is not heard: what tells who they are is hidden in them."""
    stored = _call(tx, example)
    heard = stored is not None and may_hear(hearing_of(tx, stored.call, actor), Side.OURS, ExamplePart())
    entry = _sound(stored) if heard else None
    view = example_view(tx, example, actor)
    return ExampleShownView(
        **view.model_dump(),
        seconds=_seconds(example, entry) if entry else None,
        said=_said(tx, example, stored, entry) if stored and entry else [],
        withheld=stored is not None and not heard,
    )


def _shown(tx: Transaction, example_id: int) -> Example:
    found = ExampleStore(tx).by_id(example_id)
    if found is None or found.removed_at is not None:
        raise NotFound("examination.no_example", id=example_id)
    return found


def _call(tx: Transaction, example: Example) -> StoredCall | None:
    call_id = CallStore(tx).id_of(example.node, example.linkedid)
    return CallStore(tx).by_id(call_id) if call_id is not None else None


def _sound(stored: StoredCall | None) -> RecordingEntry | None:
    entry = talk_recording(stored) if stored else None
    return entry if entry is not None and entry.state is RecordingState.READY and entry.path else None


def _seconds(example: Example, entry: RecordingEntry) -> float | None:
    if entry.seconds is None and example.to_second is None:
        return None
    return round(max(min(example.ends, entry.seconds or example.ends) - example.begins, 0.0), 3)


def _said(tx: Transaction, example: Example, stored: StoredCall, entry: RecordingEntry) -> list[SaidView]:
    secrets = _secrets(tx, stored.call)
    transcripts = TranscriptStore(tx).of(entry.id) if entry.id is not None else []
    return [
        SaidView(
            side="caller" if each.side is Side.CALLER else "ours",
            words=[
                WordView(text=w.text, start=w.start, end=w.end, confidence=w.confidence)
                for w in _part(each, example, secrets)
            ],
        )
        for each in transcripts
        if each.state is TranscriptState.DONE
    ]


def _part(transcript: Transcript, example: Example, secrets: tuple[str, ...]) -> list[Word]:
    """Hidden before it is cut: a name at the edge would be told by its half."""
    start, end = example.begins, example.ends
    return [
        replace(word, start=round(max(word.start - start, 0.0), 3), end=round(word.end - start, 3))
        for word in masked(transcript.words, secrets)
        if word.start >= start - _EDGE_SECONDS and word.end <= end + _EDGE_SECONDS
    ]


def _secrets(tx: Transaction, call: Call) -> tuple[str, ...]:
    """What is known of who the customer is; digits are hidden anyway."""
    form = FormStore(tx).of_calls(call.node, [call.linkedid]).get(call.linkedid)
    customers = CustomerStore(tx).of_number(call.caller.number) if call.caller.number else []
    names = [call.caller.name, form.caller_name if form else "", *(customer.name for customer in customers)]
    others = [form.address if form else "", *(text for each in customers for text in (each.address, each.company))]
    return (*(each for name in names for each in names_of(name)), *filter(None, others))
