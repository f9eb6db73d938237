"""A call as the screens show it while it lasts: one shape for the operator's page, the floor and the push."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.calls.call import Call, HangUp, Outcome, Party, PartyKind, Ring, Span, Talk
from hotline.domain.calls.fold.rings import cycles
from hotline.domain.calls.having import hold_now, talk_now
from hotline.domain.calls.ledger import StoredCall
from hotline.services.calls.asking import asks_rating
from hotline.services.shown import caller_shown, company, line_number, queue_name, region
from hotline.settings import Settings

Stage = Literal["ivr", "queue", "ringing", "talking", "holding", "asked", "voicemail", "duty", "ended"]


class _View(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LineView(_View):
    """The line that was called; `number_shown` as printed."""

    id: str
    number_shown: str
    company: str


class QueueView(_View):
    id: str
    name: str


class RingView(_View):
    """An operator's phone that rings. `rings`: ring cycles begun when this was told (A8); later ones count from
    `since`."""

    extension: str
    name: str
    since: datetime
    rings: int


class TalkView(_View):
    """Who of ours talks. `extension` is empty for a mobile, whose number nobody is shown (A14)."""

    kind: PartyKind
    extension: str
    name: str
    since: datetime


class ConsultationView(_View):
    """One of ours asks another while the caller waits (A12). No `answered_at`: it still rings there. Extensions are
    empty for a mobile, whose number nobody is shown (A14)."""

    by_extension: str
    by_name: str
    asked_extension: str
    asked_name: str
    since: datetime
    answered_at: datetime | None


class LiveCall(_View):
    """A call in its present stage. `number` is null for who may not see it whole; `number_shown` is masked then.

    `waiting_since`: the caller waits for somebody of ours, since then. `hung_up_by`: caller, operator, mobile, system
    or unknown. An ended call keeps `queue`.
    """

    call_id: int
    node: str
    linkedid: str
    stage: Stage
    line: LineView
    number: str | None
    number_shown: str
    withheld: bool
    is_test: bool = Field(description="an administrator plays the caller: nothing is written down of it")
    level: str = Field(description="what the settings call that of the customer; empty: the usual one")
    region: str
    subject: str = Field(description="what the caller chose in the menus")
    queue: QueueView | None
    arrived_at: datetime
    waiting_since: datetime | None
    ringing: tuple[RingView, ...]
    talking: TalkView | None
    holding_since: datetime | None
    asks_rating: bool = Field(description="whoever talks may hand the caller over, to say how the call was")
    consultation: ConsultationView | None
    recording_paused_since: datetime | None
    outcome: Outcome | None
    ended_at: datetime | None
    hung_up_by: PartyKind | None


def live_call(
    stored: StoredCall, settings: Settings, now: datetime, whole_numbers: bool = False, level: str = ""
) -> LiveCall:
    """The call as it is shown `now`, to who may see whole numbers or not. `level`: of the customer, see levels_of."""
    call = stored.call
    talk, held, ringing = talk_now(call), hold_now(call), rings_now(call)
    return LiveCall(
        call_id=stored.id,
        node=call.node,
        linkedid=call.linkedid,
        stage=stage_of(call),
        line=line_view(settings, call.line),
        number=call.caller.number if whole_numbers else None,
        number_shown=caller_shown(call.caller, whole_numbers),
        withheld=call.caller.withheld,
        is_test=call.is_test,
        level=level,
        region=region(call.caller.number),
        subject=subject_of(call),
        queue=queue_view(call, settings),
        arrived_at=call.started_at,
        waiting_since=waiting_since(call),
        ringing=tuple(_ring(ring, settings, now) for ring in ringing),
        talking=_talk(talk) if talk else None,
        holding_since=held.started_at if held else None,
        asks_rating=asks_rating(call, settings),
        consultation=_consultation(call),
        recording_paused_since=_open_since(call.pauses, call),
        outcome=call.outcome,
        ended_at=call.ended_at,
        hung_up_by=_kind(call.hang_up),
    )


def stage_of(call: Call) -> Stage:
    """Where the caller is in their way through us."""
    if call.ended_at is not None:
        return "ended"
    if talk_now(call) is not None:
        return "holding" if hold_now(call) else "talking"
    if call.asked is not None:
        return "asked"
    ringing = rings_now(call)
    if ringing:
        return "duty" if all(ring.party.kind is PartyKind.MOBILE for ring in ringing) else "ringing"
    if any(stay.left_at is None for stay in call.queues):
        return "queue"
    if call.recordings and call.recordings[-1].kind == "voicemail":
        return "voicemail"
    return "duty" if call.routes and call.routes[-1].kind == "duty" else "ivr"


def rings_now(call: Call) -> tuple[Ring, ...]:
    """The phones of ours that ring."""
    return tuple(ring for ring in call.rings if ring.ended_at is None) if call.ended_at is None else ()


def waiting_since(call: Call) -> datetime | None:
    """Since when the caller waits for one of ours, again after a talk; None while nobody is asked, while somebody
    talks, and afterwards."""
    still = any(stay.left_at is None for stay in call.queues) or rings_now(call)
    if call.ended_at is not None or talk_now(call) is not None or not still:
        return None
    talked_until = max((talk.ended_at for talk in call.talks if talk.ended_at), default=call.started_at)
    begun = [*(stay.joined_at for stay in call.queues), *(ring.started_at for ring in call.rings)]
    return min((at for at in begun if at >= talked_until), default=talked_until)


def subject_of(call: Call) -> str:
    """What the caller chose last in the menus; "" when they chose nothing that has a name."""
    return next((step.subject for step in reversed(call.menu) if step.subject), "")


def line_view(settings: Settings, line_id: str) -> LineView:
    return LineView(id=line_id, number_shown=line_number(settings, line_id), company=company(settings, line_id))


def queue_view(call: Call, settings: Settings) -> QueueView | None:
    if not call.queues:
        return None
    queue = call.queues[-1].queue
    return QueueView(id=queue, name=queue_name(settings, queue))


def _ring(ring: Ring, settings: Settings, now: datetime) -> RingView:
    seconds = max((now - ring.started_at).total_seconds(), 0.0)
    return RingView(
        extension=_extension(ring.party),
        name=ring.party.name,
        since=ring.started_at,
        rings=cycles(seconds, settings.asterisk.ring_cycle_seconds),
    )


def _talk(talk: Talk) -> TalkView:
    party = talk.party
    return TalkView(kind=party.kind, extension=_extension(party), name=party.name, since=talk.started_at)


def _consultation(call: Call) -> ConsultationView | None:
    """The one that goes on."""
    found = next((c for c in call.consultations if c.ended_at is None), None)
    if found is None or call.ended_at is not None:
        return None
    return ConsultationView(
        by_extension=_extension(found.by),
        by_name=found.by.name,
        asked_extension=_extension(found.asked),
        asked_name=found.asked.name,
        since=found.started_at,
        answered_at=found.answered_at,
    )


def _extension(party: Party) -> str:
    return party.id if party.kind is PartyKind.OPERATOR else ""


def _open_since(spans: Sequence[Span], call: Call) -> datetime | None:
    if call.ended_at is not None:
        return None
    return next((span.started_at for span in spans if span.ended_at is None), None)


def _kind(hang_up: HangUp | None) -> PartyKind | None:
    return hang_up.by.kind if hang_up else None
