"""Compares a call of the ledger with what a case's expected.toml says, in the short words used there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from hotline.domain.calls.call import Call, Party, PartyKind
from tests.support.tones import seconds_of_tone

#: Scripted seconds meet real phones: what may lie between them.
TOLERANCE = 0.9
#: Of what is expected: in the longer there are more steps, and each comes a little late on a busy machine.
STEPS_LATE = 0.03


def is_near(found: float, expected: float) -> bool:
    return abs(found - expected) <= TOLERANCE + STEPS_LATE * expected


def differences(call: Call, expected: Mapping[str, object]) -> list[str]:
    """One line for each expected key that the call does not meet; unknown keys are differences too."""
    said = words_of(call)
    found = []
    for key, wanted in expected.items():
        if key not in said:
            found.append(f"{key}: no such key; there are {', '.join(said)}")
        elif not _alike(said[key], wanted):
            found.append(f"{key}: expected {wanted!r}, got {said[key]!r}")
    return found


def words_of(call: Call) -> dict[str, object]:
    """The call in the words of expected.toml: `who result seconds` and the like."""
    return {
        "direction": str(call.direction),
        "line": call.line,
        "caller": call.caller.number,
        "outcome": str(call.outcome or ""),
        "answered_by": who(call.answered_by),
        "hung_up_by": who(call.hang_up.by) if call.hang_up else "",
        "remarks": list(call.remarks),
        "menu": [f"{step.menu} {step.key or '-'} {step.target or '-'}" for step in call.menu],
        "routes": [f"{step.kind} {step.reason}" for step in call.routes],
        "queues": [f"{stay.queue} {stay.result}" for stay in call.queues],
        "rings": [f"{who(ring.party)} {ring.result} {ring.seconds:.1f}" for ring in call.rings],
        "talks": [f"{who(talk.party)} {_seconds(talk.started_at, talk.ended_at):.1f}" for talk in call.talks],
        "holds": [f"{hold.by} {_seconds(hold.started_at, hold.ended_at):.1f}" for hold in call.holds],
        "pauses": [f"{_seconds(pause.started_at, pause.ended_at):.1f}" for pause in call.pauses],
        "transfers": [f"{t.kind} {who(t.from_party)} {who(t.to_party)}" for t in call.transfers],
        "consultations": [
            f"{who(c.by)} {who(c.asked)} {'answered' if c.answered_at else 'unanswered'}" for c in call.consultations
        ],
        "recordings": [recording.kind for recording in call.recordings],
        "talk_seconds": f"{call.talk_seconds:.1f}",
        "callback_number": call.callback_number,
    }


def who(party: Party | None) -> str:
    if party is None:
        return ""
    return party.id if party.kind in (PartyKind.OPERATOR, PartyKind.MOBILE) else str(party.kind)


def tone_differences(recording: Path, expected: Mapping[str, Sequence[str]]) -> list[str]:
    """`left = ["440 5.0"]`: seconds of each pitch in that channel, ± TOLERANCE; `"440 >1.0"`: more than so many."""
    found = []
    for channel, side in enumerate(("left", "right")):
        for words in expected.get(side, ()):
            hertz, seconds = words.split()
            heard = seconds_of_tone(recording, channel, float(hertz))
            least = float(seconds[1:]) if seconds.startswith(">") else None
            if heard <= least if least is not None else not is_near(heard, float(seconds)):
                found.append(f"{side}: expected {seconds} s of {hertz} Hz, heard {heard:g} s")
    return found


def _seconds(start: datetime, end: datetime | None) -> float:
    return (end - start).total_seconds() if end else -1.0


def _alike(said: object, wanted: object) -> bool:
    if isinstance(said, list) and isinstance(wanted, list):
        return len(said) == len(wanted) and _matched(list(said), list(wanted))
    return _alike_words(str(said), str(wanted))


def _matched(said: list[str], wanted: list[str]) -> bool:
    """Whether each of these can be one of those, whatever the order: `*` may be anybody."""
    if not wanted:
        return True
    return any(
        _alike_words(one, wanted[0]) and _matched(said[:place] + said[place + 1 :], wanted[1:])
        for place, one in enumerate(said)
    )


def _alike_words(said: str, wanted: str) -> bool:
    """Word by word; numbers with a decimal point within TOLERANCE; `*` is anything."""
    pairs = list(zip(said.split(), wanted.split(), strict=False))
    if len(said.split()) != len(wanted.split()):
        return False
    for one, other in pairs:
        if other == "*" or one == other:
            continue
        if "." not in other or not _is_number(one) or not is_near(float(one), float(other)):
            return False
    return True


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
