"""How much of their talks with a caller each side speaks, both at once, and nobody. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hotline.domain.quality.material import JudgedTalk, Stretch
from hotline.domain.quality.voice import common, speech, without


class SpeechShares(NamedTuple):
    """Seconds. `ours` and `caller`: that side speaks, whatever the other does; `both` is in both."""

    heard: float
    ours: float
    caller: float
    both: float

    @property
    def nobody(self) -> float:
        return self.heard - self.ours - self.caller + self.both

    @property
    def in_milliseconds(self) -> Mapping[str, int]:
        """As measures of a call; whole numbers, so that sums do not depend on their order."""
        return {f"{name}_ms": round(1000 * seconds) for name, seconds in self._asdict().items()}


def shares_of_speech(talks: Iterable[JudgedTalk], above: float) -> SpeechShares | None:
    """Of all operators' talks of a call, holds and pauses of the recording left out; `above` in dBFS is speech. None:
    there is no sound of them."""
    parts = [_of_talk(talk, above) for talk in talks if talk.levels is not None]
    return SpeechShares(*(sum(each) for each in zip(*parts, strict=True))) if parts else None


def _of_talk(talk: JudgedTalk, above: float) -> SpeechShares:
    ours, caller = speech(talk, True, above), speech(talk, False, above)
    heard = without([talk.span], [*talk.holds, *talk.pauses])
    return SpeechShares(*(_seconds(each) for each in (heard, ours, caller, common(ours, caller))))


def _seconds(found: Sequence[Stretch]) -> float:
    return sum(each.seconds for each in found)
