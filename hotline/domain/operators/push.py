"""Whom a change concerns, and what a call is to one operator. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.calls.call import Call, Direction, Party, PartyKind, Ring, Talk
from hotline.domain.calls.having import barges_in, hold_now, last_talk, talk_now
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may


class Mine(StrEnum):
    """What a call is to an operator whose phone rang for it or who talked on it.

    TAKEN: another took it. LEFT: the caller went while this phone rang. ENDED: this operator's talk is over.
    OFFERED_NO_MORE: this phone stopped ringing, and the caller still waits. ASKED: a colleague consults this operator,
    and the caller waits. BARGED_IN: this supervisor is in the talk of a colleague, who has the caller. CALLING: this
    operator dials a customer, and they do not talk yet.
    """

    RINGING = "ringing"
    TALKING = "talking"
    HOLDING = "holding"
    ASKED = "asked"
    BARGED_IN = "barged_in"
    TAKEN = "taken"
    LEFT = "left"
    ENDED = "ended"
    OFFERED_NO_MORE = "offered_no_more"
    CALLING = "calling"


#: What an operator has something to do with now.
ACTIVE = frozenset({Mine.RINGING, Mine.TALKING, Mine.HOLDING, Mine.ASKED, Mine.BARGED_IN, Mine.CALLING})


@dataclass(frozen=True, slots=True)
class Share:
    """`mine`, and `by` whom the call is had instead (TAKEN, BARGED_IN) or now (ENDED by passing it on), or who asks
    (ASKED): a name, or ""."""

    mine: Mine
    by: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the stream, in which session. `floor`: wants all calls and operators. `bell`: wants nothing but how
    many notifications they have not read, and is no operator's console, whoever they are."""

    who: Actor
    session_id: int | None = None
    floor: bool = False
    bell: bool = False

    @property
    def extension(self) -> str:
        """The operator that this person is, "" for none."""
        return "" if self.bell else self.who.extension or ""

    def follows(self, extensions: Iterable[str], at: datetime) -> bool:
        """Whether they watch all that goes on on the floor, or one of these operators is of those whom they lead."""
        if not self.floor:
            return False
        led = {Tie.LED} if self.who.led.had(extensions, at) else ()
        return may(Act.WATCH_FLOOR, self.who.roles, led)


def operators_of(call: Call) -> frozenset[str]:
    """The extensions that the call rang at or talked with; of calls that operators serve only."""
    if not call.is_served:
        return frozenset()
    parties = [*(ring.party for ring in call.rings), *(talk.party for talk in call.talks)]
    return frozenset(party.id for party in parties if party.kind is PartyKind.OPERATOR and party.id)


def share_of(call: Call, extension: str) -> Share | None:
    """What the call is to this operator; None when it never rang at their phone and they never talked."""
    if extension not in operators_of(call):
        return None
    if call.direction is Direction.DIALLED and not call.talks:
        return Share(Mine.CALLING if call.ended_at is None else Mine.ENDED)
    mine = [talk for talk in call.talks if _is(talk.party, extension)]
    rung = [ring for ring in call.rings if _is(ring.party, extension)]
    latest = max(mine, key=lambda talk: talk.started_at, default=None)
    last_ring = max(rung, key=lambda ring: ring.started_at, default=None)
    if latest is not None and (latest.ended_at is None or not _since(last_ring, latest)):
        return _talked(call, latest)
    assert last_ring is not None  # operators_of found one or the other
    return _rang(call, last_ring)


def own_share(call: Call, actor: Actor) -> Share | None:
    """What the call is to this person: by the extension that was theirs when it rang or they talked."""
    parties = [*((ring.party, ring.started_at) for ring in call.rings)]
    parties += [(talk.party, talk.started_at) for talk in call.talks]
    own = (party.id for party, at in reversed(parties) if _is_theirs(party, at, actor))
    extension = next(own, "")
    return share_of(call, extension) if extension else None


def _is_theirs(party: Party, at: datetime, actor: Actor) -> bool:
    return party.kind is PartyKind.OPERATOR and actor.had_extension(party.id, at)


def _is(party: Party, extension: str) -> bool:
    return party.kind is PartyKind.OPERATOR and party.id == extension


def _since(ring: Ring | None, talk: Talk) -> bool:
    """Whether the phone has rung anew after the talk: the caller came back."""
    return ring is not None and ring.started_at > (talk.ended_at or talk.started_at)


def _talked(call: Call, talk: Talk) -> Share:
    if call.ended_at is not None or talk.ended_at is not None:
        return Share(Mine.ENDED, "" if call.ended_at else _talker(call, talk.started_at, talk.party.id))
    had = talk_now(call)
    if had is not None and barges_in(call, talk.party.id):
        return Share(Mine.BARGED_IN, _name(had.party))
    return Share(Mine.HOLDING if hold_now(call) else Mine.TALKING)


def _rang(call: Call, ring: Ring) -> Share:
    if ring.result == "answered":  # picked up; the talk itself is told a moment later
        return _answered(call, ring)
    other = _talker(call, ring.started_at, ring.party.id) or _answerer(call, ring)
    if other:
        return Share(Mine.TAKEN, other)
    if call.ended_at is not None:
        return Share(Mine.LEFT if ring.result in ("", "cancelled", "failed") else Mine.OFFERED_NO_MORE)
    return Share(Mine.RINGING if ring.ended_at is None else Mine.OFFERED_NO_MORE)


def _answered(call: Call, ring: Ring) -> Share:
    """Picked up, and no talk with the caller yet: it begins in a moment, or it was a colleague's consultation."""
    asked = next((c for c in call.consultations if c.asked == ring.party and c.answered_at == ring.ended_at), None)
    if call.ended_at is not None or (asked is not None and asked.ended_at is not None):
        return Share(Mine.ENDED, _name(asked.by) if asked else "")
    return Share(Mine.ASKED, _name(asked.by)) if asked else Share(Mine.TALKING)


def _talker(call: Call, since: datetime, but: str) -> str:
    """Who of ours has had the caller since then, other than this operator: the last."""
    found = last_talk(call.talks)
    return _name(found.party) if found and found.started_at >= since and not _is(found.party, but) else ""


def _answerer(call: Call, ring: Ring) -> str:
    """Whose phone was picked up while this one rang."""
    others = (o for o in call.rings if o.result == "answered" and not _is(o.party, ring.party.id))
    return next((_name(o.party) for o in others if o.ended_at is None or o.ended_at >= ring.started_at), "")


def _name(party: Party) -> str:
    """Never a mobile's number (A14)."""
    return party.name or (party.id if party.kind is PartyKind.OPERATOR else party.kind.value)


def owners_of(payload: Mapping[str, object]) -> frozenset[str]:
    """Whom the change of a form concerns: whose it is, and whose it was before."""
    owners = (payload.get("owner"), payload.get("owner_before"))
    return frozenset(owner for owner in owners if isinstance(owner, str) and owner)


def ends_session(payload: Mapping[str, object], reader: Reader) -> bool:
    """Whether it is this reader's session that has ended, alone or with all of the person's."""
    if payload.get("session_id") is not None:
        return payload["session_id"] == reader.session_id
    return reader.who.user_id is not None and payload.get("user_id") == reader.who.user_id


@dataclass(frozen=True, slots=True)
class ToldCall:
    """What a reader was told of a call: what it is to them, and all of it that they are shown."""

    share: Share | None
    shown: tuple[object, ...]


def telling(call: Call, reader: Reader) -> ToldCall | None:
    """What this reader is to be told of the call as it is now; None when it does not concern them. The same again need
    not be told: an operator whom a call passed by does not follow its further way."""
    share = own_share(call, reader.who)
    if call.is_with_customer and reader.follows(operators_of(call), call.started_at):
        return ToldCall(share, _all_of(call))
    if share is None:
        return None
    return ToldCall(share, _mine_of(call) if share.mine in (*ACTIVE, Mine.ENDED) else ())


def brings_pop(before: ToldCall | None, now: ToldCall) -> bool:
    """With the first that an operator hears of a call, and each time that it comes to them anew."""
    if now.share is None or now.share.mine not in ACTIVE:
        return False
    return before is None or before.share is None or before.share.mine not in ACTIVE


def _mine_of(call: Call) -> tuple[object, ...]:
    """Who else's phone rings is not worth an event to each whose does."""
    return (
        tuple((talk.party, talk.ended_at) for talk in call.talks),
        tuple((span.started_at, span.ended_at) for span in (*call.holds, *call.pauses)),
        call.consultations,
        call.outcome,
        call.hang_up.by.kind if call.hang_up else None,
    )


def _all_of(call: Call) -> tuple[object, ...]:
    rings = tuple((ring.party, ring.started_at) for ring in call.rings if ring.ended_at is None)
    stays = tuple((stay.queue, stay.left_at) for stay in call.queues)
    return (*_mine_of(call), rings, stays, call.menu, call.routes, len(call.recordings), call.ended_at)
