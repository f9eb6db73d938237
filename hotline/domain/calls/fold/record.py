"""The parts put together into a `Call`: direction, caller, times, outcome."""

from __future__ import annotations

import re
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.calls.call import (
    SAFE_ROUTE,
    UNKNOWN_NUMBER,
    Call,
    Caller,
    Direction,
    HangUp,
    Outcome,
    Party,
    PartyKind,
    QueueStay,
    Ring,
    Talk,
)
from hotline.domain.calls.caller_phone import CALLER
from hotline.domain.calls.dialled_id import is_dialled
from hotline.domain.calls.fold import timeline
from hotline.domain.calls.fold.asked import asked_of
from hotline.domain.calls.fold.consults import consultations_of
from hotline.domain.calls.fold.dialled import customer_of, customers_ring, dial_end_of, is_in_the_notice, line_shown
from hotline.domain.calls.fold.ending import Ending
from hotline.domain.calls.fold.people import Directory, endpoint, party
from hotline.domain.calls.fold.rings import DROPPED, dropped_by, rings_of
from hotline.domain.calls.fold.story import Story
from hotline.domain.calls.fold.talks import together, union_seconds
from hotline.domain.calls.having import kept_waiting
from hotline.domain.numbers import NO_NUMBER, Number

_OF_A_LINE = (Direction.INBOUND, Direction.DIALLED, Direction.LINE_TEST, Direction.TEST)

#: A shorter message is a caller who hung up at the tone.
_SHORTEST_MESSAGE_SECONDS = 2.0


def compose(node: str, linkedid: str, story: Story, ending: Ending | None, directory: Directory) -> Call:
    """The record; `ending` None while the call goes on. Operators are who they were when the call came in."""
    directory = directory.at(story.start.at)
    direction = _direction(story, directory)
    over_at = ending.at if ending else None
    dropped = dropped_by(story)
    now = over_at or story.events[-1].at
    talks = tuple(
        Talk(party(t.channel, story.caller, story.number_of(t.channel), directory), t.started_at, t.ended_at)
        for t in together(story, over_at)
        if t.channel not in dropped and not is_in_the_notice(story, t)
    )
    rings = (*rings_of(story, ending, directory), *customers_ring(story, ending, directory))
    queues = timeline.queues_of(story, talks, ending)
    holds = timeline.holds_of(story, ending, directory)
    return Call(
        node=node,
        linkedid=linkedid,
        direction=direction,
        line=_line(story, directory) if direction in _OF_A_LINE else "",
        dialled=story.start.exten,
        caller=_caller(story, direction),
        started_at=story.start.at,
        answered_at=story.first.answered_at,
        ended_at=over_at,
        outcome=_outcome(story, direction, talks, queues, ending) if ending else None,
        answered_by=talks[0].party if talks else _announced(story),
        talk_started_at=talks[0].started_at if talks else None,
        wait_seconds=_wait(story, rings, queues, talks, over_at),
        ring_seconds=_rung(rings, talks, now),
        talk_seconds=union_seconds(((t.started_at, t.ended_at) for t in talks), now),
        hold_seconds=union_seconds(((h.started_at, h.ended_at) for h in kept_waiting(talks, holds)), now),
        menu=timeline.menu_of(story),
        routes=timeline.routes_of(story),
        queues=queues,
        rings=rings,
        talks=talks,
        holds=holds,
        pauses=timeline.pauses_of(story, ending),
        transfers=timeline.transfers_of(story, directory),
        recordings=timeline.recordings_of(story),
        hang_up=_hang_up(story, ending, directory) if ending else None,
        callback_number=_callback_number(story),
        remarks=_remarks(story, ending),
        consultations=consultations_of(story, over_at, directory),
        dial_end=dial_end_of(story) if story.is_dialled else None,
        asked=asked_of(story),
    )


def _direction(story: Story, directory: Directory) -> Direction:
    if story.of("HL_REFUSED"):
        return Direction.OUTBOUND
    if is_dialled(story.start.uniqueid):
        return Direction.DIALLED
    if story.of("HL_LINE_TEST"):
        return Direction.LINE_TEST
    if endpoint(story.caller) == CALLER:
        return Direction.TEST if story.of("HL_LINE") else Direction.INTERNAL
    from_carrier = directory.is_carrier(story.caller)
    # Extension s on the carrier's side is a call that we began ourselves: the outgoing half of a line test.
    return Direction.INBOUND if from_carrier and story.start.exten != "s" else Direction.INTERNAL


def _line(story: Story, directory: Directory) -> str:
    if story.is_dialled:
        return line_shown(story)
    said = story.of("HL_LINE")
    return said[0][1].get("line", "") if said else directory.lines.get(re.sub(r"[^0-9]", "", story.start.exten), "")


def _caller(story: Story, direction: Direction) -> Caller:
    if direction is Direction.DIALLED:
        return Caller(customer_of(story), "")
    original, name = story.start.number, story.start.name
    if direction in (Direction.OUTBOUND, Direction.INTERNAL):
        return Caller(NO_NUMBER, original, name)
    number, says_nothing = numbers.normalise(original), numbers.is_withheld(original)
    if any(said.get("withheld") == "1" for _at, said in story.of("HL_LINE")):
        return Caller(NO_NUMBER, original if says_nothing else "", withheld=True, kept_back=number)
    return Caller(number, original, name, says_nothing)


def _callback_number(story: Story) -> Number:
    """What the caller left to be called back on. The dialplan says it as the carrier sent it when our IVR is away."""
    said = story.of("HL_CALLBACK")
    return numbers.normalise(said[-1][1].get("number", "")) if said else NO_NUMBER


def _outcome(
    story: Story, direction: Direction, talks: tuple[Talk, ...], queues: tuple[QueueStay, ...], ending: Ending
) -> Outcome:
    if direction is Direction.OUTBOUND or story.of("HL_BLOCKED"):
        return Outcome.BLOCKED
    if direction is Direction.LINE_TEST:
        return Outcome.ANSWERED if story.first.answered_at else Outcome.FAILED
    if talks:
        return Outcome.FORWARDED_ANSWERED if talks[0].party.kind is PartyKind.MOBILE else Outcome.ANSWERED
    if direction is Direction.DIALLED and ending.by_us:
        return Outcome.FAILED
    if direction in (Direction.INTERNAL, Direction.DIALLED):
        return Outcome.NO_ANSWER
    if story.of("HL_CALLBACK"):
        return Outcome.CALLBACK_REQUESTED
    if _left_message(story, ending.at):
        return Outcome.VOICEMAIL
    if ending.by_us or story.first.answered_at is None:
        return Outcome.FAILED
    return _unanswered(story, queues)


def _unanswered(story: Story, queues: tuple[QueueStay, ...]) -> Outcome:
    if story.of("HL_DUTY_DIAL"):
        return Outcome.FORWARDED_UNANSWERED
    kinds = {said.get("kind") for _at, said in story.of("HL_ROUTE")}
    if queues:
        return Outcome.ABANDONED_QUEUE if queues[-1].result == "abandoned" else Outcome.NO_ANSWER
    if _announced(story):
        return Outcome.ANSWERED
    if "queue" in kinds:  # left while the operator who had them before was rung
        return Outcome.ABANDONED_QUEUE
    return Outcome.NO_ANSWER if kinds & {"duty", "voicemail"} else Outcome.ABANDONED_IVR


def _announced(story: Story) -> Party | None:
    """The caller heard the announcement they chose, to the end: served, by nobody."""
    heard = any(said.get("kind") == "goodbye" for _at, said in story.of("HL_ROUTE"))
    return Party(PartyKind.SYSTEM) if heard else None


def _left_message(story: Story, over_at: datetime) -> bool:
    begun = [at for at, said in story.of("HL_RECORDING") if said.get("kind") == "voicemail"]
    if not begun:
        return False
    done = story.of("HL_VOICEMAIL")
    if done and done[-1][1].get("status") == "ERROR":
        return False
    return ((done[-1][0] if done else over_at) - begun[-1]).total_seconds() >= _SHORTEST_MESSAGE_SECONDS


def _wait(
    story: Story,
    rings: tuple[Ring, ...],
    queues: tuple[QueueStay, ...],
    talks: tuple[Talk, ...],
    over_at: datetime | None,
) -> float:
    """From when the call was passed to people until one took it, or it left them (voicemail, callback, hang-up). Whom
    we dial does not wait for us."""
    if story.is_dialled:
        return 0.0
    begun = [q.joined_at for q in queues[:1]] + [r.started_at for r in rings[:1]]
    begun += [at for at, _said in story.of("HL_DUTY_DIAL")[:1]]
    if not begun:
        return 0.0
    left = [t.started_at for t in talks[:1]] or [q.left_at for q in queues[-1:] if q.result == "callback" and q.left_at]
    left = left or [at for at, said in story.of("HL_RECORDING") if said.get("kind") == "voicemail"]
    until = left[0] if left else over_at or story.events[-1].at
    return max(0.0, round((until - min(begun)).total_seconds(), 3))


def _rung(rings: tuple[Ring, ...], talks: tuple[Talk, ...], now: datetime) -> float:
    """Seconds during which at least one of our phones rang, up to the first answer (A8)."""
    until = talks[0].started_at if talks else now
    rings = tuple(ring for ring in rings if ring.party.kind is not PartyKind.CALLER)
    rung = [r for r in rings if r.started_at < until]
    return union_seconds(((r.started_at, min(r.ended_at or until, until)) for r in rung), until)


def _hang_up(story: Story, ending: Ending, directory: Directory) -> HangUp:
    if not ending.by_channel:
        return HangUp(Party(PartyKind.SYSTEM), ending.at, ending.cause)
    leg = story.legs[ending.by_channel]
    who = party(leg.channel, story.caller, leg.number, directory)
    return HangUp(who, leg.hung_up_at or ending.at, leg.hang_up_cause)


def _remarks(story: Story, ending: Ending | None) -> tuple[str, ...]:
    """What was unusual, in stable words."""
    found = [f"{SAFE_ROUTE}:{said.get('reason', '')}" for _at, said in story.of("HL_SAFE")]
    found += ["transfer_returned" for _ in story.of("HL_TRANSFER_RETURNED")]
    back = [said.get("reason", "") for _at, said in story.of("HL_ROUTE")]
    found += [reason for reason in back if reason in ("operator_lost", DROPPED)]
    found += ["rejoined" for _ in story.of("HL_REJOIN")]
    found += [f"refused:{said.get('number', '')}" for _at, said in story.of("HL_REFUSED")]
    found += [f"{UNKNOWN_NUMBER}:{said.get('number', '')}" for _at, said in story.of("HL_UNKNOWN_NUMBER")]
    if ending and ending.restarted:
        found.append("ended_by_restart")
    elif ending and ending.by_us:
        found.append("ended_by_system")
    return tuple(dict.fromkeys(found))
