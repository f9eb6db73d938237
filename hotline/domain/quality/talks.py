"""A call of the ledger as the talks that are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.calls import call as ledger
from hotline.domain.calls.call import Call, Direction, PartyKind
from hotline.domain.calls.having import in_turn, our_holds
from hotline.domain.quality.material import JudgedTalk, Levels, Ringing, Stretch
from hotline.domain.quality.voice import without
from hotline.domain.recordings.transcript import Word

#: The same operator again after so short a while is the same talk: a browser that was loaded anew in mid-call.
_SAME_TALK_SECONDS = 60.0
_TRANSFER_WITHIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class RecordingContent:
    """What a recording gives: words of each side (None: no transcript) and its levels (None: not measured)."""

    caller: tuple[Word, ...] | None = None
    ours: tuple[Word, ...] | None = None
    levels: Levels | None = None


@dataclass(frozen=True, slots=True)
class _Spell:
    """One operator with the caller."""

    party: ledger.Party
    started_at: datetime
    ended_at: datetime


def talks_of(
    call: Call, begun_at: datetime, heard: RecordingContent, complaint: bool = False
) -> tuple[JudgedTalk, ...]:
    """The operators' talks of a finished call, in order; seconds count from `begun_at`, the recording's begin. What
    the duty mobile talked is not judged, nor who barged in, nor a call between our phones. `complaint`: the call is
    one."""
    spells = _joined(
        [_Spell(t.party, t.started_at, ended) for t in in_turn(call.talks) if (ended := t.ended_at or call.ended_at)]
    )
    return tuple(
        replace(_talk(call, spell, index, spells, begun_at, heard), complaint=complaint)
        for index, spell in enumerate(spells)
        if spell.party.kind is PartyKind.OPERATOR
    )


def _joined(spells: Sequence[_Spell]) -> list[_Spell]:
    found: list[_Spell] = []
    for spell in sorted(spells, key=lambda s: s.started_at):
        again = found and found[-1].party == spell.party
        if again and (spell.started_at - found[-1].ended_at).total_seconds() <= _SAME_TALK_SECONDS:
            found[-1] = _Spell(spell.party, found[-1].started_at, max(spell.ended_at, found[-1].ended_at))
        else:
            found.append(spell)
    return found


def _talk(
    call: Call, spell: _Spell, index: int, spells: Sequence[_Spell], begun_at: datetime, heard: RecordingContent
) -> JudgedTalk:
    def second(moment: datetime) -> float:
        return round(max((moment - begun_at).total_seconds(), 0.0), 3)

    def stretch(start: datetime, end: datetime | None) -> Stretch:
        return Stretch(second(start), second(end or spell.ended_at))

    # While the caller's own phone holds us nobody can be spoken with: not judged, as where the recording was paused.
    theirs = [hold for hold in call.holds if hold.by == ledger.BY_CALLER]
    ours = our_holds(call)
    held = [stretch(h.started_at, h.ended_at) for h in ours]
    last = index == len(spells) - 1
    passed_on = next((t.at for t in call.transfers if t.kind != "pickup" and _by(t, spell)), None)
    return JudgedTalk(
        extension=spell.party.id,
        span=stretch(spell.started_at, spell.ended_at),
        ringing=_ringing(call, spell),
        holds=tuple(stretch(h.started_at, h.ended_at) for h in ours if _during(h, spell)),
        pauses=tuple(stretch(p.started_at, p.ended_at) for p in (*call.pauses, *theirs) if _during(p, spell)),
        transferred_at=None if passed_on is None else second(passed_on),
        transferred_in=index > 0,
        before=tuple(without([stretch(s.started_at, s.ended_at) for s in spells[:index]], held)),
        dialled=call.direction is Direction.DIALLED,
        name=spell.party.name,
        last=last,
        hung_up_at=second(call.hang_up.at) if last and call.hang_up else None,
        we_hung_up=_we_hung_up(call) if last else None,
        handed_over=last and call.asked is not None,
        caller_words=heard.caller,
        our_words=heard.ours,
        levels=heard.levels,
    )


def _by(transfer: ledger.Transfer, spell: _Spell) -> bool:
    """Whether this spell ended by passing the caller on."""
    apart = abs((transfer.at - spell.ended_at).total_seconds())
    return transfer.from_party == spell.party and apart <= _TRANSFER_WITHIN_SECONDS


def _during(span: ledger.Span, spell: _Spell) -> bool:
    return spell.started_at <= span.started_at < spell.ended_at


def _ringing(call: Call, spell: _Spell) -> Ringing | None:
    """The ring that this operator answered; how long the caller had waited for a person by then. Nobody waits for us
    where we call."""
    if call.direction is Direction.DIALLED:
        return None
    rings = [r for r in call.rings if r.party == spell.party and r.result == "answered" and r.ended_at]
    ring = next((r for r in reversed(rings) if r.started_at <= spell.started_at), None)
    if ring is None:
        return None
    since = min([*(stay.joined_at for stay in call.queues), *(r.started_at for r in call.rings)])
    return Ringing(ring.rings, max((spell.started_at - since).total_seconds(), 0.0))


def _we_hung_up(call: Call) -> bool | None:
    if call.hang_up is None or call.hang_up.by.kind is PartyKind.UNKNOWN:
        return None
    return call.hang_up.by.kind in (PartyKind.OPERATOR, PartyKind.MOBILE)
