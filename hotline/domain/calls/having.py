"""Who has the caller. Of several of ours in one bridge one has them; whoever barged in is beside. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hotline.domain.calls.call import BY_CALLER, Call, PartyKind, Span, Talk

#: Talks that end within it end together: the bridge lets its members go one by one.
_TOGETHER = timedelta(seconds=1)
_STILL = datetime.max.replace(tzinfo=UTC)


def in_turn(talks: Sequence[Talk]) -> tuple[Talk, ...]:
    """The talks of those who had the caller, one after the other. They go to whoever comes as the one goes, else to who
    has barged in and is left with them, else to whoever comes later. Who barges in does not take them, nor does who was
    beside when they were passed on."""
    turns: list[Talk] = []
    had = min(talks, key=lambda talk: talk.started_at, default=None)
    while had is not None:
        turns.append(had)
        had = _heir(had, talks)
    return tuple(turns)


def _heir(had: Talk, talks: Sequence[Talk]) -> Talk | None:
    """Whose the caller is next; None while `had` goes on, and where nobody's talk goes on beyond it."""
    if had.ended_at is None:
        return None
    gone, moment = had.ended_at, _TOGETHER
    outlast = [talk for talk in talks if (talk.ended_at or _STILL) - moment > gone]
    takes = [talk for talk in outlast if abs(talk.started_at - gone) <= moment]
    beside = [talk for talk in outlast if talk.started_at < gone - moment]
    return min(takes or beside or outlast, key=lambda talk: talk.started_at, default=None)


def last_talk(talks: Sequence[Talk]) -> Talk | None:
    """The talk of who has the caller now, or had them last."""
    turns = in_turn(talks)
    return turns[-1] if turns else None


def talk_now(call: Call) -> Talk | None:
    """The talk that goes on, not the one of who barged in on it; None in an ended call."""
    talk = last_talk(call.talks) if call.ended_at is None else None
    return talk if talk is not None and talk.ended_at is None else None


def has_caller(call: Call, extension: str) -> bool:
    """Whether this operator has the caller, on hold or not."""
    talk = talk_now(call)
    return talk is not None and talk.party.kind is PartyKind.OPERATOR and talk.party.id == extension


def barges_in(call: Call, extension: str) -> bool:
    """Whether this extension is in the talk of somebody else, who has the caller."""
    if call.ended_at is not None or talk_now(call) is None or has_caller(call, extension):
        return False
    parties = (talk.party for talk in call.talks if talk.ended_at is None)
    return any(party.kind is PartyKind.OPERATOR and party.id == extension for party in parties)


def hold_now(call: Call) -> Span | None:
    """The hold in which the caller waits now. Whoever barged in and holds their own phone keeps nobody waiting."""
    talk = talk_now(call)
    if talk is None:
        return None
    return next((hold for hold in call.holds if hold.ended_at is None and hold.by == talk.party.id), None)


def our_holds(call: Call) -> tuple[Span, ...]:
    """Those in which the caller waits for us (C6, A13), by whoever had them then. What the caller's own phone holds is
    their doing, and whoever barged in and holds their own phone keeps nobody waiting."""
    return kept_waiting(call.talks, call.holds)


def kept_waiting(talks: Sequence[Talk], holds: Sequence[Span]) -> tuple[Span, ...]:
    """`our_holds` of these. Who barged in, is on hold, and is left with the caller keeps them waiting from then on."""
    found: list[Span] = []
    for hold in holds:
        if hold.by == BY_CALLER:
            continue
        since = _had_since(talks, hold)
        if since is not None:
            found.append(replace(hold, started_at=max(hold.started_at, since)))
    return tuple(found)


def _had_since(talks: Sequence[Talk], hold: Span) -> datetime | None:
    """From when on whoever holds had the caller; None: not before the hold was over. Of whom no talk is known (they
    consult from before the first one) the caller is theirs."""
    theirs = [talk for talk in talks if talk.party.id == hold.by and talk.started_at <= (hold.ended_at or _STILL)]
    if not any((talk.ended_at or _STILL) > hold.started_at for talk in theirs):
        return hold.started_at
    began, had = datetime.min.replace(tzinfo=UTC), None
    for turn in in_turn(talks):
        begins = max(turn.started_at, began)
        during = begins < (hold.ended_at or _STILL) and (turn.ended_at or _STILL) > hold.started_at
        if turn.party.id == hold.by and during:
            had = min(had or begins, begins)
        began = turn.ended_at or _STILL
    return had
