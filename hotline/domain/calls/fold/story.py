"""The events of one call in order, sorted by kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter, eq

from hotline.domain.calls.dialled_id import is_customers, is_dialled
from hotline.domain.calls.events import CelType, ChannelEvent, Fact, FactKind
from hotline.domain.calls.fold.people import is_local

#: Order among events of the same microsecond (a hang-up, its channel's end and the call's end come together).
_RANK = {kind: rank for rank, kind in enumerate(CelType)}
_RANK[CelType.USER_DEFINED] = _RANK[CelType.APP_START]

_moment = attrgetter("at")

#: Looked up once: a member of an enumeration takes several times as long to find as a name.
_CHAN_START, _ANSWER, _HANGUP, _BRIDGE_ENTER, _PICKUP, _USER_DEFINED, _LINKEDID_END = (
    CelType.CHAN_START,
    CelType.ANSWER,
    CelType.HANGUP,
    CelType.BRIDGE_ENTER,
    CelType.PICKUP,
    CelType.USER_DEFINED,
    CelType.LINKEDID_END,
)

#: User events that say which number is dialled next, and whether whoever answers there must press a key.
_DIALS = {"HL_DUTY_DIAL": True, "HL_DIRECTORY_DIAL": False}

Note = tuple[datetime, dict[str, str]]


@dataclass(slots=True)
class Leg:
    """One channel of the call. `number`: for a mobile, the number it was dialled by. `by_key`: it counts as taken
    only when the key was pressed that says so."""

    channel: str
    started_at: datetime
    outgoing: bool
    number: str = ""
    by_key: bool = True
    answered_at: datetime | None = None
    bridged: bool = False
    taken_at: datetime | None = None
    declined: bool = False
    picked_up_by: str = ""
    picked_up_at: datetime | None = None
    hung_up_at: datetime | None = None
    hang_up_cause: int = 0
    hang_up_source: str = ""
    forwards: bool = False


@dataclass(slots=True)
class Story:
    """`legs` by channel name in order of their start, the first being whoever began the call. `is_dialled`: that was
    our side, and the customer's is the first leg over the callback trunk. `typed`: the events by their type.
    `has_local`: among the legs are channels between two parts of Asterisk."""

    start: ChannelEvent
    events: list[ChannelEvent]
    facts: list[Fact]
    legs: dict[str, Leg] = field(default_factory=dict)
    notes: dict[str, list[Note]] = field(default_factory=dict)
    typed: dict[CelType, list[ChannelEvent]] = field(default_factory=dict)
    has_local: bool = False
    over_at: datetime | None = None
    is_dialled: bool = False

    @property
    def caller(self) -> str:
        """The channel of the customer; "" while a call that we dial has not come to them."""
        return next(filter(is_customers, self.legs), "") if self.is_dialled else self.start.channel

    @property
    def first(self) -> Leg:
        """The leg with which the call begins and ends: the customer's, if there is one."""
        return self.legs[self.caller or self.start.channel]

    def number_of(self, channel: str) -> str:
        """By which number a mobile's channel was dialled; "" for others, and for a channel not known yet."""
        leg = self.legs.get(channel)
        return leg.number if leg else ""

    def of(self, name: str) -> list[Note]:
        """When each user event of this name came, with what it said."""
        return self.notes.get(name, [])

    def of_type(self, type: CelType) -> Sequence[ChannelEvent]:
        """The events of this type, in order."""
        return self.typed.get(type, ())


def tell(linkedid: str, events: Iterable[ChannelEvent], facts: Iterable[Fact]) -> Story | None:
    """Sort, leave out what came twice, and sort out; None when the first channel's start is not there."""
    ordered = _in_order(events)
    start = next((e for e in ordered if e.type is _CHAN_START and e.uniqueid == linkedid), None)
    if start is None:
        return None
    in_order = sorted(dict.fromkeys(facts), key=lambda f: f.at)
    story = Story(start, ordered, in_order, is_dialled=is_dialled(linkedid))
    mobile, by_key = "", True
    for event in ordered:
        story.typed.setdefault(event.type, []).append(event)
        if event.type is _USER_DEFINED:
            said = _pairs(event)
            story.notes.setdefault(event.user_event, []).append((event.at, said))
            if event.user_event in _DIALS:
                mobile, by_key = said.get("number", mobile), _DIALS[event.user_event]
        _leg(story, event, mobile, by_key)
        if event.type is _LINKEDID_END:
            story.over_at = event.at
    for fact in story.facts:
        if fact.kind is FactKind.FORWARDS and (leg := story.legs.get(fact.channel)):
            leg.forwards = True
    story.has_local = any(map(is_local, story.legs))
    restarted = next((f.at for f in story.facts if f.kind is FactKind.PBX_RESTARTED), None)
    story.over_at = story.over_at or restarted
    return story


def _in_order(events: Iterable[ChannelEvent]) -> list[ChannelEvent]:
    """Sorted, and each once. Two of the same moment are rare, and none came twice where there are none."""
    ordered = sorted(events, key=_moment)
    moments = [event.at for event in ordered]
    if not any(map(eq, moments, moments[1:])):
        return ordered
    return sorted(dict.fromkeys(ordered), key=lambda event: (event.at, _RANK[event.type]))


def _leg(story: Story, event: ChannelEvent, mobile: str, by_key: bool) -> None:
    leg = story.legs.get(event.channel)
    if leg is None:
        if not event.channel:
            return
        # A channel that came over from another Linkedid (attended transfer, pick-up) began there.
        leg = story.legs[event.channel] = Leg(event.channel, event.at, _is_rung(story, event), mobile, by_key)
    kind = event.type
    if kind is _ANSWER:
        leg.answered_at = leg.answered_at or event.at
    elif kind is _BRIDGE_ENTER:
        leg.bridged = True
    elif kind is _HANGUP:
        leg.hung_up_at = event.at
        leg.hang_up_cause = _whole(event.extra.get("hangupcause"))
        leg.hang_up_source = str(event.extra.get("hangupsource", ""))
    elif kind is _PICKUP:
        leg.picked_up_by = str(event.extra.get("pickup_channel", ""))
        leg.picked_up_at = event.at
    elif kind is _USER_DEFINED and event.user_event == "HL_DUTY_TAKEN":
        leg.taken_at = event.at
    elif kind is _USER_DEFINED and event.user_event == "HL_DUTY_DECLINED":
        leg.declined = True


def _is_rung(story: Story, event: ChannelEvent) -> bool:
    """Whether a leg that begins so is a phone of our side that is rung. Of a call that we dial that is the first one
    too, and the customer's is none."""
    begun = event.type is _CHAN_START and not is_local(event.channel)
    if story.is_dialled and event is story.start:
        return begun
    is_customer = story.is_dialled and is_customers(event.channel) and not story.caller
    return begun and event.exten == "s" and event.uniqueid != story.start.uniqueid and not is_customer


def _pairs(event: ChannelEvent) -> dict[str, str]:
    text = str(event.extra.get("extra", ""))
    return dict(part.split("=", 1) for part in text.split(";") if "=" in part)


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
