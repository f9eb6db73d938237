"""When and by whom a call ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.calls.events import FactKind
from hotline.domain.calls.fold.asked import asked_of
from hotline.domain.calls.fold.story import Leg, Story

#: The dialplan ends a call within it when our side has hung up.
_SIMULTANEOUS = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Ending:
    """`at`: when whoever began the call was gone. `by_channel`: whose phone hung up first, "" the system. `by_us`: no
    phone and no step of the call's way ended it, but Asterisk, which went down or was told to; `restarted`: it is known
    to have started anew since."""

    at: datetime
    by_channel: str
    cause: int
    restarted: bool = False
    by_us: bool = False


def ending_of(story: Story) -> Ending | None:
    """None while the call goes on."""
    first = story.first
    if first.hung_up_at is not None:
        who = _who(story)
        # A phone and the dialplan name themselves, a line that is lost has a cause. Whom we give up to dial has none.
        by_us = not (who or first.hang_up_source or first.hang_up_cause or story.is_dialled)
        return Ending(first.hung_up_at, who, first.hang_up_cause, by_us=by_us)
    if story.over_at is None:
        return None
    restarted = any(fact.kind is FactKind.PBX_RESTARTED for fact in story.facts)
    return Ending(story.over_at, "", 0, restarted, by_us=restarted)


def _who(story: Story) -> str:
    """The phone whose BYE came first. On the caller's channel Asterisk names the dialplan when our side hung up and
    the dialplan then ended the call; our side's own channel names itself."""
    first = story.first
    if first.hang_up_source == first.channel:
        return first.channel
    asked = asked_of(story)
    if asked is not None:
        # Nobody of ours was there any more: who does not hear it to the end has hung up.
        return "" if asked.over else first.channel
    before = [
        leg
        for leg in story.legs.values()
        if leg is not first and leg.answered_at and leg.hang_up_source == leg.channel and _ended_with(story, leg)
    ]
    if before:
        return max(before, key=lambda leg: leg.hung_up_at).channel  # type: ignore[arg-type, return-value]
    named = story.legs.get(first.hang_up_source)
    if named is None:
        return ""
    # Asterisk names on the caller's channel who hung up first of all. Where the caller went on after that (back to the
    # queue), it says nothing of the call's end: nobody but the caller is left who can have hung up.
    return named.channel if named.hung_up_at is None or _ended_with(story, named) else first.channel


def _ended_with(story: Story, leg: Leg) -> bool:
    """Whether the call ended with this leg: so soon after it, and nobody else had picked up in between."""
    first = story.first
    gone_at = leg.hung_up_at
    if gone_at is None or first.hung_up_at is None:
        return False
    others = [each.answered_at for each in story.legs.values() if each is not first and each is not leg]
    taken_on = any(answered_at is not None and answered_at > gone_at for answered_at in others)
    return not taken_on and first.hung_up_at - gone_at <= _SIMULTANEOUS
