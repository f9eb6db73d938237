"""What our side said in a stretch of the talk, and how far the recogniser is to be believed there."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.domain.quality.material import JudgedTalk, Stretch
from hotline.domain.quality.pinyin import Syllable, syllables
from hotline.domain.quality.rules import Rules
from hotline.domain.quality.voice import spoken_seconds, within

#: Speech of so many seconds that gave no words at all was not understood.
_NOT_UNDERSTOOD_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Said:
    """`confidence`: the mean of the words'; without words 1 where our side was silent, 0 where it was not
    understood. `whole`: no part of it was left out of the recording (G2)."""

    stretch: Stretch
    syllables: tuple[Syllable, ...]
    confidence: float
    whole: bool = True

    def tells_what_is_missing(self, least_confidence: float) -> bool:
        """What is not found here was not said; otherwise a person has to check."""
        return self.whole and self.confidence >= least_confidence

    @property
    def words(self) -> str:
        return "".join(s.character for s in self.syllables)

    @property
    def evidence(self) -> tuple[float, float]:
        """From the first word to the last; the whole stretch where there is none."""
        if not self.syllables:
            return round(self.stretch.start, 2), round(self.stretch.end, 2)
        return round(self.syllables[0].start, 2), round(self.syllables[-1].end, 2)


def said_in(talk: JudgedTalk, stretch: Stretch, rules: Rules) -> Said:
    words = [word for word in talk.our_words or () if stretch.covers(word.start)]
    whole = not within(talk.pauses, stretch)
    if words:
        return Said(stretch, syllables(words), sum(word.confidence for word in words) / len(words), whole)
    silent = spoken_seconds(talk, stretch, rules.speech_level) < _NOT_UNDERSTOOD_SECONDS
    return Said(stretch, (), 1.0 if silent else 0.0, whole)
