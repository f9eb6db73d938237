"""When and by whom a call ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.events import FactKind
from hotline.domain.fold.story import Story


@dataclass(frozen=True, slots=True)
class Ending:
    """`at`: when whoever began the call was gone. `by_channel`: whose phone hung up first, "" the system.
    `restarted`: Asterisk ended in mid-call."""

    at: datetime
    by_channel: str
    cause: int
    restarted: bool = False


def ending_of(story: Story) -> Ending | None:
    """None while the call goes on."""
    first = story.first
    if first.hung_up_at is not None:
        return Ending(first.hung_up_at, _who(story), first.hang_up_cause)
    if story.over_at is None:
        return None
    restarted = any(fact.kind is FactKind.PBX_RESTARTED for fact in story.facts)
    return Ending(story.over_at, "", 0, restarted)


def _who(story: Story) -> str:
    """The phone whose BYE came first. On the caller's channel Asterisk names the dialplan when our side hung up and
    the dialplan then ended the call; our side's own channel names itself."""
    first = story.first
    if first.hang_up_source == first.channel:
        return first.channel
    before = [leg for leg in story.legs.values()
              if leg is not first and leg.hung_up_at and leg.hang_up_source == leg.channel and leg.answered_at]
    if before:
        return max(before, key=lambda leg: leg.hung_up_at).channel  # type: ignore[arg-type, return-value]
    return first.hang_up_source if first.hang_up_source in story.legs else ""
