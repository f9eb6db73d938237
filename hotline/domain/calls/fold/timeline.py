"""The call's timeline apart from its talks: menus, decisions, queues, transfers, holds, recordings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hotline.domain.calls.call import (
    BY_CALLER,
    MenuStep,
    Party,
    PartyKind,
    QueueStay,
    RecordingStart,
    RouteStep,
    Span,
    Talk,
    Transfer,
)
from hotline.domain.calls.events import CelType, ChannelEvent, Fact, FactKind
from hotline.domain.calls.fold.consults import asked_channel, consults_of
from hotline.domain.calls.fold.ending import Ending
from hotline.domain.calls.fold.people import Directory, is_local, operator, party
from hotline.domain.calls.fold.rings import picked_up_and_dropped
from hotline.domain.calls.fold.story import Story

#: QUEUESTATUS (Asterisk's Queue application) in the ledger's words.
_QUEUE_LEFT = {
    "TIMEOUT": "timeout",
    "FULL": "full",
    "JOINEMPTY": "empty",
    "LEAVEEMPTY": "empty",
    "JOINUNAVAIL": "empty",
    "LEAVEUNAVAIL": "empty",
    "CONTINUE": "answered",
}


#: Callers who are passed on or taken.
_TRANSFERS = frozenset({CelType.BLINDTRANSFER, CelType.ATTENDEDTRANSFER, CelType.PICKUP})


def menu_of(story: Story) -> tuple[MenuStep, ...]:
    return tuple(
        MenuStep(at, said.get("menu", ""), said.get("key", ""), said.get("target", ""), said.get("subject", ""))
        for at, said in story.of("HL_MENU")
    )


def routes_of(story: Story) -> tuple[RouteStep, ...]:
    return tuple(
        RouteStep(at, said.get("kind", ""), said.get("target", ""), said.get("reason", ""))
        for at, said in story.of("HL_ROUTE")
    )


def recordings_of(story: Story) -> tuple[RecordingStart, ...]:
    return tuple(
        RecordingStart(at, said.get("kind", ""), said.get("file", ""))
        for at, said in story.of("HL_RECORDING")
        if said.get("file")
    )


def queues_of(story: Story, talks: tuple[Talk, ...], ending: Ending | None) -> tuple[QueueStay, ...]:
    """Each Queue() the caller was in. A stay is over when somebody takes the call, though Queue() runs on."""
    first = story.caller
    joined = [e for e in story.of_type(CelType.APP_START) if e.app == "Queue" and e.channel == first]
    return tuple(_stay(story, event, talks, ending) for event in joined)


def _stay(story: Story, joined: ChannelEvent, talks: tuple[Talk, ...], ending: Ending | None) -> QueueStay:
    queue = joined.app_data.partition(",")[0]
    done = next(
        (
            e.at
            for e in story.of_type(CelType.APP_END)
            if e.app == "Queue" and e.at >= joined.at and e.channel == joined.channel
        ),
        ending.at if ending else None,
    )
    taken = next(
        (t.started_at for t in talks if t.started_at >= joined.at and (done is None or t.started_at <= done)), None
    )
    if taken is not None:
        return QueueStay(queue, joined.at, taken, "answered")
    if done is None:
        return QueueStay(queue, joined.at, None, "")
    if any(joined.at <= at <= done for at in picked_up_and_dropped(story)):
        return QueueStay(queue, joined.at, done, "dropped")
    status = next((said.get("status", "") for at, said in story.of("HL_QUEUE_LEFT") if at >= joined.at), "")
    if any(at >= joined.at for at, _said in story.of("HL_CALLBACK")) and status not in _QUEUE_LEFT:
        return QueueStay(queue, joined.at, done, "callback")
    left = "ended" if ending and ending.by_us else "abandoned"
    return QueueStay(queue, joined.at, done, _QUEUE_LEFT.get(status, left))


def transfers_of(story: Story, directory: Directory) -> tuple[Transfer, ...]:
    """Blind and attended transfers, and pick-ups of a phone ringing for this call."""
    transfers: list[Transfer] = []
    if not story.typed.keys() & _TRANSFERS:
        return ()
    for event in story.events:
        if event.type is CelType.BLINDTRANSFER:
            to = _target(story, event, directory)
            transfers.append(Transfer(event.at, "blind", _party(story, event.channel, directory), to))
        elif event.type is CelType.ATTENDEDTRANSFER:
            target = _joined(story, event)
            if target:
                transfers.append(
                    Transfer(
                        event.at, "attended", _party(story, event.channel, directory), _party(story, target, directory)
                    )
                )
        elif event.type is CelType.PICKUP:
            to = _party(story, str(event.extra.get("pickup_channel", "")), directory)
            transfers.append(Transfer(event.at, "pickup", _party(story, event.channel, directory), to))
    return tuple(transfers)


def _joined(story: Story, event: ChannelEvent) -> str:
    """The channel that the caller was passed on to; "" for nobody. Of a consultation Asterisk names a half of its Local
    channel, or "N/A" where that has moved on already, and tells of a transfer as soon as the operator hangs up: it is
    one once whoever was asked answers."""
    target = str(event.extra.get("transfer_target_channel_name", ""))
    if target in story.legs and not is_local(target):
        return target
    asked = story.legs.get(asked_channel(story, event.channel, event.at))
    return asked.channel if asked and asked.answered_at else ""


def _target(story: Story, event: ChannelEvent, directory: Directory) -> Party:
    """Of a blind transfer: an operator, or a person of the directory (dir<id>) by the number that was dialled."""
    extension = str(event.extra.get("extension", ""))
    if not extension.startswith("dir"):
        return operator(extension, directory)
    dialled = [said for at, said in story.of("HL_DIRECTORY_DIAL") if at >= event.at]
    number = next((said.get("number", "") for said in dialled if said.get("person") == extension[3:]), "")
    if not number:
        return Party(PartyKind.UNKNOWN, extension)
    if number in directory.operators:
        return operator(number, directory)
    return Party(PartyKind.MOBILE, number, directory.mobiles.get(number, ""))


def holds_of(story: Story, ending: Ending | None, directory: Directory) -> tuple[Span, ...]:
    """Holds of the phones, and consultations, during which the caller waits as well; in order of their start."""
    spans = [*_phone_holds(story, ending, directory)]
    for consult in consults_of(story):
        ends = [at for at in (consult.ended_at, ending.at if ending else None) if at]
        held = any(
            span.started_at <= consult.started_at and (span.ended_at or consult.started_at) >= consult.started_at
            for span in spans
        )
        if not held:
            by = _party(story, consult.channel, directory).id
            spans.append(Span(consult.started_at, min(ends, default=None), by))
    return tuple(sorted(spans, key=lambda span: span.started_at))


def _phone_holds(story: Story, ending: Ending | None, directory: Directory) -> tuple[Span, ...]:
    """A hold ends with the unhold, with the phone that held, or with the call."""
    found: list[Span] = []
    unheld = [fact for fact in story.facts if fact.kind is FactKind.UNHOLD]
    for fact in story.facts:
        if fact.kind is not FactKind.HOLD:
            continue
        leg = story.legs.get(fact.channel)
        ends = [f.at for f in unheld if f.channel == fact.channel and f.at >= fact.at]
        ends += [at for at in (leg.hung_up_at if leg else None, ending.at if ending else None) if at and at >= fact.at]
        holder = _holder(_party(story, fact.channel, directory))
        # Told twice by one phone it is one hold; of two phones (somebody has barged in) each has its own.
        before = next((span for span in reversed(found) if span.by == holder), None)
        if before is None or before.ended_at is None or before.ended_at <= fact.at:
            found.append(Span(fact.at, min(ends, default=None), holder))
    return tuple(found)


def _holder(party: Party) -> str:
    return BY_CALLER if party.kind is PartyKind.CALLER else party.id


def pauses_of(story: Story, ending: Ending | None) -> tuple[Span, ...]:
    """Gaps that were made in the recording on purpose (G2)."""
    return pauses_in(story.facts, ending.at if ending else None)


def pauses_in(facts: Iterable[Fact], ended_at: datetime | None) -> tuple[Span, ...]:
    """The gaps between the marks among these facts, in their order; the last may still last."""
    found: list[Span] = []
    begun: datetime | None = None
    for fact in facts:
        if fact.kind is FactKind.RECORDING_PAUSED:
            begun = begun or fact.at
        elif fact.kind is FactKind.RECORDING_RESUMED and begun:
            found.append(Span(begun, fact.at))
            begun = None
    if begun:
        found.append(Span(begun, max(begun, ended_at) if ended_at else None))
    return tuple(found)


def _party(story: Story, channel: str, directory: Directory) -> Party:
    if not channel:
        return Party(PartyKind.UNKNOWN)
    return party(channel, story.caller, story.number_of(channel), directory)
