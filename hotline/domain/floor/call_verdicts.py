"""Verdicts of what the ledger tells of a call. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hotline.domain.calls.call import Call, Direction, PartyKind
from hotline.domain.floor.figures import CountsAs, answer_rings, counts_as
from hotline.domain.quality.rules import Answered
from hotline.domain.verdicts.judged import Judged, at_most, kept, not_applicable, not_judged, so
from hotline.domain.verdicts.verdict import Judgement, WhyJudged

#: Ways of having reached us.
_SERVED = frozenset({CountsAs.ANSWERED, CountsAs.CALLBACK, CountsAs.VOICEMAIL, CountsAs.SELF_SERVED})
_LEFT = frozenset({CountsAs.LEFT_QUEUE, CountsAs.LEFT_RINGING})
_LOST = frozenset({CountsAs.UNANSWERED, CountsAs.FAILED})

RULES = ("A1", "A3", "A5", "A7", "A8", "A12", "G1")


class PassedOn(NamedTuple):
    """A caller whom an operator passed on by the console, with consent and reason. `by`: the extension."""

    id: int
    by: str
    consent: bool
    has_reason: bool
    state: str


class FirstWords(NamedTuple):
    """`seconds` from picking up until we said something; `start` and `end` in the recording."""

    seconds: float
    start: float
    end: float


class CallLimits(NamedTuple):
    """As the settings were then. `announce_seconds`: by queue, how often its callers hear where they stand."""

    answered: Answered
    announce_seconds: Mapping[str, int]
    recorded: bool


class CallJudged(NamedTuple):
    """`by`: the extension of whose work it was, "" nobody's."""

    rule: str
    judged: Judged
    by: str = ""
    part: str = ""


def of_call(
    call: Call, passed_on: Sequence[PassedOn], limits: CallLimits, first_words: FirstWords | None = None
) -> Iterator[CallJudged]:
    """All that the ledger decides of a finished call. `first_words`: where they came too late."""
    if call.direction is Direction.LINE_TEST:
        yield CallJudged("A1", not_applicable(WhyJudged.LINE_TEST))
    elif call.direction is Direction.INBOUND:
        yield from _incoming(call, limits, first_words)
        yield from _notice(call, limits)
    elif call.direction in (Direction.OUTBOUND, Direction.DIALLED):
        yield CallJudged("A3", _dialled_out(call), _operator(call))
        if call.direction is Direction.DIALLED:
            yield from _notice(call, limits)
    if call.is_with_customer:
        yield from _passed_on(call, passed_on)


def _incoming(call: Call, limits: CallLimits, first_words: FirstWords | None) -> Iterator[CallJudged]:
    counted = counts_as(call)
    if counted is None:
        yield CallJudged("A1", not_applicable(WhyJudged.BLOCKLISTED))
        return
    by = _operator(call)
    yield CallJudged("A1", _reached(call, counted, limits), by)
    answered = _in_time(call, counted, limits)
    if answered is not None:
        if first_words is not None and answered.judgement is Judgement.KEPT:
            answered = _spoke_late(first_words, limits)
        yield CallJudged("A8", answered, by)
    if call.queues:
        rung = any(ring.party.kind is PartyKind.OPERATOR for ring in call.rings)
        yield CallJudged("A5", kept() if rung else not_applicable(WhyJudged.NOBODY_READY), by)
        yield from _told_of_place(call, limits)


def _reached(call: Call, counted: CountsAs, limits: CallLimits) -> Judged:
    """A1. Who left sooner than they must be answered was not kept waiting."""
    if counted in _SERVED:
        return kept()
    if counted in _LOST or (counted in _LEFT and call.wait_seconds > limits.answered.most_seconds):
        return Judged(Judgement.BROKEN, why=WhyJudged.NOT_ANSWERED.value, evidence={"waited": call.wait_seconds})
    return not_applicable(WhyJudged.CALLER_LEFT)


def _in_time(call: Call, counted: CountsAs, limits: CallLimits) -> Judged | None:
    """A8."""
    on = limits.answered
    if not on.enabled or counted not in (CountsAs.ANSWERED, CountsAs.UNANSWERED, *_LEFT):
        return None
    if counted is not CountsAs.ANSWERED:
        late = call.wait_seconds > on.most_seconds or counted is CountsAs.UNANSWERED
        if not late:
            return not_applicable(WhyJudged.CALLER_LEFT)
        return Judged(Judgement.BROKEN, call.wait_seconds, on.most_seconds, "s", WhyJudged.NOT_ANSWERED.value)
    rings = answer_rings(call)
    if call.wait_seconds <= on.most_seconds and rings is not None and rings > on.most_rings:
        return at_most(float(rings), float(on.most_rings), "rings", {"waited": call.wait_seconds})
    return at_most(call.wait_seconds, float(on.most_seconds), "s", {"rings": rings} if rings else {})


def _spoke_late(found: FirstWords, limits: CallLimits) -> Judged:
    """A8: whoever was answered in time, and then heard nothing of us for too long."""
    evidence = {"kind": "first_words", "from": found.start, "to": found.end}
    return Judged(Judgement.BROKEN, found.seconds, float(limits.answered.first_words_seconds), "s", "", evidence)


def _told_of_place(call: Call, limits: CallLimits) -> Iterator[CallJudged]:
    """A7: the queue itself says it, as often as it is set to; who waited less has nothing to hear."""
    stay = call.queues[-1]
    every = limits.announce_seconds.get(stay.queue)
    waited = (stay.left_at - stay.joined_at).total_seconds() if stay.left_at else 0.0
    if every and waited >= every:
        yield CallJudged("A7", kept(waited, float(every), "s", WhyJudged.BY_CONFIGURATION.value))


def _dialled_out(call: Call) -> Judged:
    """A3: what is dialled over the callback trunk is not the 400 line; over that every try is turned away."""
    if call.direction is Direction.DIALLED:
        return kept()
    connected = call.talk_started_at is not None
    return Judged(Judgement.BROKEN) if connected else kept(why=WhyJudged.REFUSED.value)


def _notice(call: Call, limits: CallLimits) -> Iterator[CallJudged]:
    """G1: whoever hears no notice is not recorded; the dialplan plays it before it records."""
    if limits.recorded and call.recordings:
        yield CallJudged("G1", kept(why=WhyJudged.BY_CONFIGURATION.value))


def _passed_on(call: Call, passed_on: Sequence[PassedOn]) -> Iterator[CallJudged]:
    """A12. What was passed on at the phone itself, past the console, tells neither consent nor reason."""
    done = [each for each in passed_on if each.state == "done"]
    for each in done:
        evidence = {"transfer": each.id, "consent": each.consent}
        yield CallJudged("A12", so(each.consent and each.has_reason, evidence=evidence), each.by, str(each.id))
    by_phone = [each for each in call.transfers if each.kind != "pickup" and each.from_party.kind is PartyKind.OPERATOR]
    for place in range(len(done), len(by_phone)):
        yield CallJudged("A12", not_judged(WhyJudged.NOT_SEEN), by_phone[place].from_party.id, f"phone-{place}")


def _operator(call: Call) -> str:
    by = call.answered_by
    return by.id if by is not None and by.kind is PartyKind.OPERATOR else ""
